"""What `bin/check --changed` runs: at least the tests of what changed and of all that needs it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def runs(monkeypatch):
    """`runs(test, changed)`: whether a change in the file `changed` runs the test."""
    monkeypatch.syspath_prepend(ROOT / ".ci")
    import affected  # noqa: PLC0415  is no package and not on the path otherwise

    yield lambda test, changed: _covers(affected.affected([Path(changed)]), Path(test))
    sys.modules.pop("affected")


def _covers(paths, test):
    return bool({test, *test.parents} & paths)


CALLBACKS = "houqin/desk/callbacks/tests/test_callbacks.py"
NUMBERS = "houqin/kernel/numbers/tests/test_numbers.py"
AUDIT = "houqin/setup/tests/test_administration.py"
LISTS = "tests/work/test_lists.py"
MATRIX = "tests/test_role_matrix.py"
UPGRADE = "tests/upgrade/test_upgrade.py"


@pytest.mark.parametrize(
    ("changed", "yes", "no"),
    [
        ("houqin/desk/callbacks/models.py", [CALLBACKS, MATRIX], [NUMBERS, LISTS]),
        ("houqin/setup/audit/templates/audit/trail.html", [AUDIT, MATRIX], [NUMBERS, CALLBACKS]),
        ("houqin/kernel/flow.py", [CALLBACKS, LISTS, MATRIX], [NUMBERS]),
        ("houqin/desk/callbacks/long_gone.py", [CALLBACKS], [NUMBERS]),
        ("houqin/desk/callbacks/migrations/0002_later.py", [CALLBACKS, UPGRADE], [NUMBERS, LISTS]),
        ("tests/work/conftest.py", [LISTS], [CALLBACKS, MATRIX]),
        ("tests/cast.py", [LISTS, MATRIX], [NUMBERS]),
        ("docs/api.md", ["tests/test_docs.py"], [LISTS]),
        ("pyproject.toml", [CALLBACKS, NUMBERS, AUDIT, LISTS, MATRIX], []),
    ],
)
def test_a_change_runs_the_tests_of_what_it_reaches(runs, changed, yes, no):
    assert [test for test in yes if not runs(test, changed)] == []
    assert [test for test in no if runs(test, changed)] == []
