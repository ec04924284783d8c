"""What others use of each box of the platform: its public surface, which docs/boxes.md lists (ADR 0035)."""

from __future__ import annotations

import ast
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "boxes.md"
HEAD = """# The boxes of the platform

A box is used, not read: what is imported of it from outside is its public surface. `tests/test_boxes.py`
reads it from the imports and compares; with `BOXES=write` it writes this page: a box that grows shows here.

"""
Surface = dict[str, dict[str, set[str]]]


def surface() -> Surface:
    """The names that are imported from outside, by box and module."""
    names: Surface = defaultdict(lambda: defaultdict(set))
    for path in sorted((ROOT / "houqin").rglob("*.py")):
        for module, name in imported(path):
            box, _, inner = module.removeprefix("houqin.platform.").partition(".")
            own = path.is_relative_to(ROOT / "houqin" / "platform" / box)
            if not own and "tests" not in path.parts:
                names[box][inner].add(name)
    return names


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Each name of a box that a file uses, with the module that it comes from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("houqin.platform."):
            module = node.module or ""
            for alias in node.names:
                if module.count(".") > 2:
                    yield module, alias.name
                else:  # a whole module
                    name = alias.asname or alias.name
                    yield from ((f"{module}.{alias.name}", used) for used in attributes(tree, name))


def attributes(tree: ast.AST, name: str) -> Iterator[str]:
    """What a file takes of what it calls `name`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == name
        ):
            yield node.attr


def page(names: Surface) -> str:
    lines = [
        f"| `{box}` | `{module}` | {', '.join(f'`{name}`' for name in sorted(modules[module]))} |"
        for box, modules in sorted(names.items())
        for module in sorted(modules)
    ]
    return HEAD + "\n".join(["| box | module | names |", "|---|---|---|", *lines]) + "\n"


def test_what_others_use_of_a_box_is_what_its_page_lists():
    now = page(surface())
    if os.environ.get("BOXES") == "write":
        PAGE.write_text(now, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == now, (
        "run it with BOXES=write and read the difference"
    )
