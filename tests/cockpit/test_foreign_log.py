"""The figures of the board over a log that another system wrote, against a count that knows the CSV alone.

`tests/data/incident_log_60.csv` is of a ServiceNow instance: 60 incidents, a row for each update
(tests/data/README.md).
"""

import csv
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from houqin.cockpit.reports import measures
from houqin.cockpit.reports.scope import BoardScope, DateSpan
from houqin.desk.demands.models import Demand
from houqin.desk.intake.tests.conftest import Desk, house
from houqin.kernel.clock.models import Clock, Pause
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.models import Event
from houqin.ui.timeline import timeline

__all__ = ["house"]
pytestmark = pytest.mark.engine
LOG = Path(settings.BASE_DIR) / "tests/data/incident_log_60.csv"


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


class Incident:
    """One incident, from its rows and from nothing of ours."""

    def __init__(self, rows):
        self.rows, last = rows, rows[-1]
        self.opened = moment(last["opened_at"])
        steps = sorted(
            (
                (max(moment(row["sys_updated_at"]), self.opened), row["incident_state"])
                for row in rows
            ),
            key=lambda step: step[0],
        )
        self.answered = next(at for at, state in steps if state != "New")
        resolved = [at for at, state in steps if state == "Resolved"]
        self.done = moment(last["resolved_at"]) if last["resolved_at"] else resolved[-1]
        self.on_time = last["made_sla"] == "TRUE"
        self.reassigned, self.reopened = int(last["reassignment_count"]), int(last["reopen_count"])
        states = [state for at, state in steps if at < self.done]
        self.waits = sum(
            state.startswith("Awaiting") and before != state
            for before, state in zip(["", *states], states, strict=False)
        )


@pytest.fixture(scope="module")
def incidents():
    results = defaultdict(list)
    with LOG.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            results[row["number"]].append(row)
    return {number: Incident(rows) for number, rows in results.items()}


@pytest.fixture
def imported(client, house):
    desk = Desk(client, house).sign_in(house.chen)
    columns = {"ended_at": "resolved_at", "title": "subcategory", "grade": "priority"}
    file = desk.bring(LOG.read_bytes(), "log.csv", columns=columns, timezone="UTC")
    assert (file.status, file.handled) == ("done", 60), file.errors[:5]
    return house


def span():
    return DateSpan(datetime(2016, 1, 1, tzinfo=UTC), datetime(2016, 12, 31, tzinfo=UTC), now())


def mean(lengths):
    lengths = list(lengths)
    return sum(lengths, timedelta()) / len(lengths)


def test_the_board_says_of_the_log_what_the_log_says(imported, incidents):
    moments, every = BoardScope(source="import").moments(imported.chen), list(incidents.values())
    results = measures.passed(moments, span())
    assert (
        results["submitted"]
        == results["finished"]
        == results["response"]
        == results["handling"]
        == 60
    )
    assert results["handling_late"] == sum(not each.on_time for each in every) > 0
    assert results["reopened"] == results["rework"] == sum(each.reopened > 0 for each in every) > 0
    assert results["reassigned"] == sum(each.reassigned > 0 for each in every) > 0
    assert results["times_reassigned"] == sum(each.reassigned for each in every)
    assert results["times_reopened"] == sum(each.reopened for each in every)
    second = timedelta(seconds=1)
    assert abs(results["answer"] - mean(each.answered - each.opened for each in every)) < second
    assert abs(results["repair"] - mean(each.done - each.opened for each in every)) < second
    assert (
        not BoardScope().rows(imported.chen).exists()
    )  # history stays out of what was handled here


def test_every_incident_has_the_moments_of_its_rows(imported, incidents):
    for number, incident in incidents.items():
        demand = Demand.objects.get(imported_as__external=number)
        clocks = {(clock.kind, clock.round): clock for clock in demand.clocks.all()}
        assert clocks["response", 1].stopped_at == incident.answered
        last = clocks["handling", 1 + incident.reopened]
        assert (demand.submitted_at, last.stopped_at) == (incident.opened, incident.done)
        assert Pause.objects.filter(clock__in=clocks.values()).count() == incident.waits
    assert Clock.objects.filter(kind="handling", round=2).count() == 1
    told = timeline(Demand.objects.get(imported_as__external="INC0000102"), inner=True)
    assert any("Awaiting User Info" in entry["sentence"] for entry in told)
    assert Event.objects.filter(name="demand.logged", at__year=2016).count() > 100


LINES = [
    "number,state,sys_updated_at,opened_at,resolved_at,title,priority",
    "A1,新建,2026-03-02 09:00,2026-03-02 09:00,,漏水,常规",
    "A1,处理中,2026-03-02 10:00,2026-03-02 09:00,,漏水,常规",
    "A1,挂起,2026-03-03 10:00,2026-03-02 09:00,,漏水,常规",
    "A1,处理中,2026-03-12 10:00,2026-03-02 09:00,,漏水,常规",
    "A1,已解决,2026-03-12 12:00,2026-03-02 09:00,,漏水,常规",
]


def test_without_a_verdict_our_standard_judges_and_leaves_out_the_waits(client, house):
    desk = Desk(client, house).sign_in(house.chen)
    assert desk.bring("\n".join(LINES).encode()).status == "done"
    clock = Clock.objects.get(kind="handling")
    assert (clock.result, clock.pauses.count()) == ("met", 1)
    without = [line.replace("挂起", "处理中").replace("A1", "A2") for line in LINES]
    assert desk.bring("\n".join(without).encode()).status == "done"
    assert Clock.objects.filter(kind="handling").order_by("pk").last().result == "breached"


def test_a_state_that_nobody_knows_is_told_by_its_row(client, house):
    lines = [*LINES, "A1,量子态,昨天,2026-03-02 09:00,,漏水,常规"]
    file = Desk(client, house).sign_in(house.chen).bring("\n".join(lines).encode())
    assert file.status == "failed"
    assert {(row, column) for row, column, _sentence in file.errors} == {
        (7, "state"),
        (7, "sys_updated_at"),
    }
    assert any("量子态" in sentence for _row, _column, sentence in file.errors)
