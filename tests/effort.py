"""How much of what could be tried is tried: a little in every check, ten times that with `bin/check --all`.

`EFFORT=100` before a command tries a hundred times that: every naughty string through every field, three
hundred calls of each operation of the API.
"""

import os

EFFORT = int(os.environ.get("EFFORT", "1"))


def times(few: int, most: int | None = None) -> int:
    """`few` examples in a check, as many times that as the effort says, `most` at the most."""
    return min(few * EFFORT, most or few * EFFORT)
