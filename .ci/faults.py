"""Two dozen faults, sown one after the other in a copy of the house: tests that a check runs must find each.

`.venv/bin/python .ci/faults.py [WORD …]` sows those whose name contains one of the words, or all.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DEMAND = "houqin/desk/demands/models/demand.py"
DEMAND_FLOW = "houqin/desk/demands/models/flow.py"
ORDERS = "houqin/work/orders/models/queryset.py"
REVIEW = "houqin/desk/demands/actions/review.py"
DESK_TESTS = "houqin/desk/demands/tests"
PYTEST = ".venv/bin/python -m pytest -p no:cacheprovider -q -x"


@dataclass(frozen=True)
class Fault:
    """`right`, which stands once in `file`, becomes `wrong`; `tests` are where it is looked for."""

    name: str
    file: str
    right: str
    wrong: str
    tests: str


FAULTS = [
    Fault(
        "a role too many",
        DEMAND_FLOW,
        '"grade": Step({S.SUBMITTED}, S.GRADED, STAFF,',
        '"grade": Step({S.SUBMITTED}, S.GRADED, STAFF | {"requester"},',
        f"{DESK_TESTS}/test_flow.py {DESK_TESTS}/test_grade.py",
    ),
    Fault(
        "a role too few",
        DEMAND_FLOW,
        '"sign": Step({S.DONE}, S.ACCEPTED, {"requester", Role.HEAD},',
        '"sign": Step({S.DONE}, S.ACCEPTED, {"requester"},',
        DESK_TESTS,
    ),
    Fault(
        "a state too many",
        DEMAND_FLOW,
        '"reject": Step({S.SUBMITTED}, S.REJECTED, STAFF,',
        '"reject": Step({S.SUBMITTED, S.GRADED}, S.REJECTED, STAFF,',
        DESK_TESTS,
    ),
    Fault(
        "a lost event",
        "houqin/work/orders/models/order.py",
        'Step(UNDER_WAY, None, {"executor"}, "photographed", moves=False)',
        'Step(UNDER_WAY, None, {"executor"}, moves=False)',
        "tests/work tests/test_flows.py",
    ),
    Fault(
        "a clock kept running",
        REVIEW,
        "    stop_clock(demand, Kind.REVIEW, at=at)\n    cancel_clocks(demand, at=at)\n",
        "    stop_clock(demand, Kind.REVIEW, at=at)\n",
        DESK_TESTS,
    ),
    Fault(
        "an unseen demand shown",
        "houqin/desk/demands/models/queryset.py",
        'reached = user.reach(SEES_DEMANDS, place="place", department="department")',
        "reached = Q(pk__gt=0)",
        DESK_TESTS,
    ),
    Fault(
        "an unseen order shown",
        ORDERS,
        'return self.filter(one_of([user.reach(SEES_WORK, place="place"), *own]))',
        "return self.filter(one_of([Q(pk__gt=0), *own]))",
        "tests/work",
    ),
    Fault(
        "an unseen request shown to whoever sees few",
        "houqin/desk/demands/models/queryset.py",
        "return self.filter(found_by(self.model.objects, own))",
        "return self.filter(found_by(self.model.objects, [*own, Q(pk__gt=0)]))",
        "houqin/desk/demands/tests",
    ),
    Fault(
        "an unseen request found among the newest",
        "houqin/platform/search/reports.py",
        "if may_see and len(chosen) < most:",
        "if len(chosen) < most:",
        "tests/cockpit/test_search.py",
    ),
    Fault(
        "rows of the same moment left out of the next page",
        "houqin/ui/keyset.py",
        'return Q(**{f"{lookup}__{side}e": value}) & past',
        'return Q(**{f"{lookup}__{side}": value}) & past',
        "houqin/ui/tests/test_keyset.py",
    ),
    Fault(
        "a thousand counted as 999",
        "houqin/kernel/counting.py",
        "LIMIT {most + 1}",
        "LIMIT {most}",
        "tests/cockpit/test_menu_numbers.py",
    ),
    Fault(
        "inner notes of an order shown to finance",
        ORDERS,
        "user.reach(SEES_WORK - {Role.FINANCE}",
        "user.reach(SEES_WORK",
        "tests/work",
    ),
    Fault(
        "a column missing in the workbook",
        "houqin/ui/exports.py",
        "yield [column.written(row) for column in listing.sheet]",
        "yield [column.written(row) for column in listing.sheet[:-1]]",
        "tests/test_exports.py",
    ),
    Fault(
        "no compare-and-set",
        "houqin/kernel/flow.py",
        ", version=obj.version, status=obj.status)",
        ")",
        "tests/test_races.py",
    ),
    Fault(
        "a number read before it is moved",
        "houqin/kernel/numbers/models.py",
        'AND year = %s RETURNING last"',
        'AND year = %s RETURNING last - 1"',
        "houqin/kernel/numbers",
    ),
    Fault(
        "a row skipped between two pages",
        "houqin/ui/keyset.py",
        'return rows.order_by(F(lookup).desc(nulls_first=True), "-pk")',
        "return rows.order_by(F(lookup).desc(nulls_first=True))",
        "houqin/ui/tests/test_keyset.py",
    ),
    Fault(
        "told of one's own deed",
        "houqin/platform/notices/actions.py",
        "if person.pk != event.actor_id and",
        "if",
        "houqin/platform/notices houqin/desk/demands/tests/test_who_is_told.py",
    ),
    Fault(
        "told after one has left",
        "houqin/platform/notices/actions.py",
        " and person.is_active and",
        " and",
        "houqin/platform/notices houqin/desk/demands/tests/test_who_is_told.py",
    ),
    Fault(
        "an alarm that does not move on to the next",
        "houqin/kernel/clock/sweeps.py",
        '    clock.save(update_fields=["next_alarm", "next_alarm_at"])\n',
        "",
        "tests/test_races.py houqin/kernel/clock",
    ),
    Fault(
        "the trail may be changed",
        "houqin/kernel/constraints.py",
        'VERBS = ("update", "delete")',
        'VERBS = ("delete",)',
        "houqin/kernel/trail houqin/platform/audit_chain",
    ),
    Fault(
        "somebody else's shift given away",
        "houqin/work/roster/swapping.py",
        "if shift.user_id != actor.pk:",
        "if False:",
        "tests/work/test_swaps.py",
    ),
    Fault(
        "a shift that has begun is swapped",
        "houqin/work/roster/swapping.py",
        "if any(swapped.starts_at <= at for",
        "if any(swapped.starts_at > swapped.ends_at for",
        "tests/work/test_swaps.py",
    ),
    Fault(
        "an import that writes the good rows of a wrong file unasked",
        "houqin/platform/sheets/taking_in.py",
        "if problems and not (file.leave_out and good):",
        "if problems and not good:",
        "houqin/desk/intake",
    ),
    Fault(
        "an import that takes back what was used",
        "houqin/kernel/trail/records.py",
        "    try:\n        row.delete()\n",
        "    try:\n        row.pk = None\n",
        "tests/work/test_import_codes.py",
    ),
    Fault(
        "a filter too few",
        "houqin/ui/lists/listing.py",
        "for chip, values in self.wanted(asked):",
        "for chip, values in self.wanted(asked)[1:]:",
        "houqin/desk/demands/tests/test_queue.py tests/work/test_lists.py",
    ),
    Fault(
        "a no-show that keeps its room",
        "houqin/lines/rooms/actions/presence.py",
        "ended_at=at)\n    free_room(meeting, at)\n    call_off_services",
        "ended_at=at)\n    call_off_services",
        "houqin/lines/rooms/tests",
    ),
    Fault(
        "an approval by whose matter it is",
        "houqin/shared/approvals/routing.py",
        "barred = matter.own | set(",
        "barred = set(",
        "tests/shared/approvals",
    ),
    Fault(
        "a workbook that runs formulas",
        "houqin/platform/sheets/writing.py",
        'return f"\'{text}"',
        "return text",
        "tests/test_exports.py",
    ),
    Fault(
        "finished without the demanded photos",
        "houqin/work/orders/actions/completion.py",
        "    return [tag for tag in (BEFORE, AFTER) if tag not in have]",
        "    return [tag for tag in (BEFORE, AFTER) if not have]",
        "tests/work",
    ),
    Fault(
        "a board that an order does not reach",
        "houqin/cockpit/moments.py",
        "target.subject_type_id == _demands().pk",
        "target.subject_type_id != _demands().pk",
        "tests/cockpit",
    ),
    Fault(
        "a demand that counts twice in a stretch",
        "houqin/cockpit/reports/figures.py",
        "repeats = self.kind in Moment.JUDGED",
        "repeats = False",
        "tests/cockpit",
    ),
    Fault(
        "a note thrown away while moments are written",
        "houqin/cockpit/moments.py",
        "OutdatedDemand.objects.filter(pk__in=outdated).delete()",
        "OutdatedDemand.objects.filter(demand__in=outdated.values()).delete()",
        "tests/cockpit",
    ),
]


def copy_of_the_house(folder: Path) -> None:
    """What git knows of it as it stands here, with the packages and the front end of this clone."""
    names = subprocess.check_output(["git", "-C", str(ROOT), "ls-files", "-z"], text=True)
    for name in filter(None, names.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, folder / name)
    for name in (".venv", "frontend/dist", "frontend/node_modules"):
        (folder / name).symlink_to((ROOT / name).resolve())


def is_found(fault: Fault, folder: Path) -> bool:
    """Whether the tests fail with it; ends the program where the fault no longer fits the code."""
    file = folder / fault.file
    text = file.read_text()
    if text.count(fault.right) != 1:
        sys.exit(f"{fault.name}: {fault.file} has {text.count(fault.right)} times {fault.right!r}")
    file.write_text(text.replace(fault.right, fault.wrong))
    command = [*PYTEST.split(), "-m", "not browser", *fault.tests.split()]
    env = os.environ | {"DATA_DIR": str(folder / "data")}
    ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    file.write_text(text)
    if ran.returncode not in (0, 1):
        sys.exit(f"{fault.name}: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    sys.stdout.write(f"{'found ' if ran.returncode else 'MISSED'}  {fault.name}\n")
    sys.stdout.flush()
    return ran.returncode == 1


def main(words: list[str]) -> None:
    chosen = [one for one in FAULTS if not words or any(word in one.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="houqin-faults-") as name:
        copy_of_the_house(Path(name))
        missed = [fault.name for fault in chosen if not is_found(fault, Path(name))]
    sys.exit(f"{len(missed)} of {len(chosen)} were missed." if missed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
