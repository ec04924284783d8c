"""Codes of the rows of a form, which stay what they were: what was saved before refers to them."""

from __future__ import annotations

from collections.abc import Iterable


class FreeCodes:
    """Gives each row its code; a new row, or one whose code is taken, gets a free one: `prefix`-0, -1, …"""

    def __init__(self, prefix: str, known: Iterable[str]) -> None:
        self.prefix, self.known, self.used = prefix, set(known), set[str]()

    def take(self, code: str) -> str:
        """`code` if it is one that no row before has, else a free one."""
        if not code or code in self.used:
            code = self._free()
        self.used.add(code)
        return code

    def _free(self) -> str:
        codes = (f"{self.prefix}-{number}" for number in range(100))
        return next(code for code in codes if code not in self.known | self.used)
