"""How big a thing may get before it has to be two things. A longer one stands here with its reason."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE, TEST_FILE, FUNCTION, TEMPLATE = 300, 400, 30, 80
SCRIPT, WIDGET = 390, 95  # what every page loads; what one page loads when it needs it (ADR 0009)
VAGUE = {"utils", "util", "helpers", "common", "base", "manager", "managers", "misc"}

# Path, or path:function → why splitting it would make it harder to read.
LONGER: dict[str, str] = {
    "houqin/ui/tests/gallery/urls.py:context": "sample data for every part, read as one table",
    "tests/browser/test_pages.py:pages_of": "every address of every role, read as one table",
}


def python_files():
    for pattern in ("houqin/**/*.py", "config/**/*.py", "tests/**/*.py", "*.py", ".ci/*.py"):
        yield from (path for path in sorted(ROOT.glob(pattern)) if "migrations" not in path.parts)


def name(path):
    return str(path.relative_to(ROOT))


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def lines_of_code(path):
    """Without blank lines and whole-line comments."""
    text = path.read_text(encoding="utf-8").splitlines()
    return sum(not re.match(r"\s*(//|/\*|\*|$)", line) for line in text)


def is_test(path):
    return "tests" in path.parts or path.name == "conftest.py"


def check(problems):
    longer = [row for row in problems if row[1] > row[2] and row[0] not in LONGER]
    assert not longer, "".join(
        f"\n{what} has {size} lines, {limit} is the limit" for what, size, limit in longer
    )


def test_no_file_is_longer_than_one_reading():
    sizes = [
        (name(path), lines(path), TEST_FILE if is_test(path) else FILE) for path in python_files()
    ]
    check(sizes)


def test_no_function_is_longer_than_one_screen():
    sizes = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                sizes.append((f"{name(path)}:{node.name}", size, FUNCTION))
    check(sizes)


def test_no_template_is_longer_than_one_part():
    sizes = [(name(path), lines(path), TEMPLATE) for path in sorted(ROOT.glob("houqin/**/*.html"))]
    check(sizes)


def test_our_own_script_in_the_browser_stays_small():
    sources = [*ROOT.glob("frontend/*.ts"), *ROOT.glob("frontend/ts/*.ts")]
    assert sum(lines_of_code(path) for path in sources) <= SCRIPT
    check(
        [
            (name(path), lines_of_code(path), WIDGET)
            for path in ROOT.glob("frontend/ts/widgets/*.ts")
        ]
    )


def test_every_module_says_what_is_in_it():
    vague = [name(path) for path in python_files() if path.stem in VAGUE]
    assert vague == []


def test_every_exception_is_still_needed():
    known = {name(path) for path in python_files()} | {
        name(path) for path in ROOT.glob("houqin/**/*.html")
    }
    assert {entry.split(":")[0] for entry in LONGER} <= known
