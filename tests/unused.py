"""Names the functions, methods and classes that nobody calls: python -m tests.unused (vulture).

Fields and settings are left out, because Django reads them by name.
"""

import re
import sys
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parent.parent
SOURCES = ["houqin", "config"]
EXCLUDED = ["*/tests/*", "*/migrations/*"]
# What registers the function below it, for others to call.
DECORATORS = ["@API.*", "@counts", "@router.*", "@provide_*", "@register.*", "@sweep"]
# Called by Django, Ninja and the standard library under these names.
HOOKS = [
    "*Config", "Command", "add_arguments", "as_sqlite", "clean_*", "compress", "decompress",
    "get_help_text", "get_queryset", "handle", "label_from_instance", "password_changed",
    "process_exception", "process_view", "validate", "value_from_datadict",
]  # fmt: skip
# Read by name (`first_of` in notices), or what a box offers to the domains that come next.
OFFERED = ["is_urgent", "must_hold", "start_policy", "start_promise"]
KINDS = {"function", "method", "class", "property"}


def named_in_texts():
    """Every word of the templates, and of what names things by strings: settings and migrations."""
    texts = [*ROOT.glob("houqin/**/templates/**/*.*"), *ROOT.glob("config/*.py")]
    texts += [*ROOT.glob("houqin/**/typ/*.typ"), *ROOT.glob("houqin/**/migrations/0*.py")]
    return {word for text in texts for word in re.findall(r"\w+", text.read_text())}


def main():
    finder = Vulture(ignore_names=HOOKS + OFFERED, ignore_decorators=DECORATORS)
    finder.scavenge([ROOT / source for source in SOURCES], exclude=EXCLUDED)
    words = named_in_texts()
    unused = [item for item in finder.get_unused_code() if item.typ in KINDS]
    unused = [item for item in unused if item.name not in words]
    for item in unused:
        print(f"{item.filename}:{item.first_lineno}: nobody calls {item.typ} {item.name}")  # noqa: T201
    return bool(unused)


if __name__ == "__main__":
    sys.exit(main())
