"""What the boards count is kept as it was, whatever happens and however many are at it."""

from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from houqin.cockpit import moments
from houqin.cockpit.models import Moment, OutdatedDemand
from houqin.cockpit.moments import bring_up_to_date, differing, write_outdated
from houqin.cockpit.reports.boards import BOARDS
from houqin.cockpit.reports.figures import PAST, counts
from houqin.cockpit.reports.measures import course
from houqin.cockpit.reports.scope import BoardScope, span_of
from houqin.cockpit.sweeps import refresh_boards
from houqin.desk.demands.actions import grade_demand, merge_demand, reject_demand
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.roles import SEES_DEMANDS
from houqin.work.orders.actions import hand_over_order
from tests.cast import NOW, cast
from tests.cockpit.board_history import history
from tests.racing import errors, race

__all__ = ["cast", "history"]
pytestmark = pytest.mark.engine


def test_what_a_board_is_about_is_seen_by_whoever_opens_it():
    """So that it need not ask which demands are visible, but where the post is held alone."""
    assert all(board.roles <= SEES_DEMANDS for board in BOARDS.values())


def test_after_a_long_history_nothing_differs(history):
    everything = set(Demand.objects.values_list("pk", flat=True))
    assert differing(everything) == everything  # nobody has looked yet
    bring_up_to_date()
    assert not OutdatedDemand.objects.exists()
    assert differing(everything) == set()
    assert Moment.objects.count() > 3 * len(everything)


def test_what_happened_in_this_very_transaction_is_counted(cast):
    span = span_of("week", NOW)
    demand = cast.submit()
    assert counts(BoardScope().moments(cast.chen), ["rejected"], span) == {"rejected": 0}
    reject_demand(cast.chen, demand, reason="不归后勤")
    assert counts(BoardScope().moments(cast.chen), ["rejected"], span) == {"rejected": 1}


def test_what_is_undone_leaves_no_note(cast):
    demand = cast.submit()
    bring_up_to_date()
    with transaction.atomic():
        grade_demand(cast.chen, demand, grade="urgent")
        transaction.set_rollback(True)
    assert not OutdatedDemand.objects.exists()


def test_what_happens_while_moments_are_written_is_written_next_time(cast, monkeypatch):
    demand, write = cast.submit(), moments.write

    def slowly(demands):
        write(demands)
        grade_demand(cast.chen, Demand.objects.get(pk=demand.pk), grade="urgent")

    monkeypatch.setattr(moments, "write", slowly)
    write_outdated()
    assert OutdatedDemand.objects.filter(demand=demand).exists()


def test_what_was_merged_counts_where_it_went(cast):
    first, second = cast.submit(), cast.submit()
    bring_up_to_date()
    merge_demand(cast.chen, second, into=first)
    bring_up_to_date()
    assert set(Moment.objects.values_list("demand", flat=True)) == {first.pk}


def test_an_order_outdates_its_demand(cast):
    """Also where nothing happens to the demand itself: somebody else of the team does it."""
    order = cast.order(executor=cast.wang)
    bring_up_to_date()
    assert list(Moment.objects.values_list("executor", flat=True).distinct()) == [cast.wang.pk]
    colleague = cast.person("gu", "顾工", cast.hq)
    cast.crew("一班", cast.near, wang=[], gu=[])
    hand_over_order(cast.wang, order, executor=colleague, reason="我下班了")
    bring_up_to_date()
    assert list(Moment.objects.values_list("executor", flat=True).distinct()) == [colleague.pk]


def test_to_write_many_costs_as_many_queries_as_to_write_one(cast):
    def queries(count):
        for _nth in range(count):
            cast.submit()
        with CaptureQueriesContext(connection) as seen:
            assert refresh_boards(NOW) >= count
        return len(seen)

    assert queries(1) == queries(7)
    with CaptureQueriesContext(connection) as seen:
        assert write_outdated() == 0
    assert len(seen) == 1  # and no lock


def test_a_board_says_so_when_very_much_has_changed(cast, as_user, monkeypatch):
    monkeypatch.setattr(moments, "BATCH", 2)
    monkeypatch.setattr(moments, "PATIENCE", 2)
    for _nth in range(3):
        cast.order()
    assert OutdatedDemand.objects.count() > 4
    client = as_user(cast.chen)
    answer = client.get("/dashboard/")
    assert (answer.status_code, "过几分钟再打开" in answer.content.decode()) == (409, True)
    call_command("refresh_figures")
    assert client.get("/dashboard/").status_code == 200


def test_what_differs_is_found_and_written_anew(history):
    bring_up_to_date()
    wrong = Moment.objects.order_by("pk").first()
    Moment.objects.filter(pk=wrong.pk).update(at=wrong.at - timedelta(days=1))
    out = StringIO()
    call_command("refresh_figures", check=True, stdout=out)
    assert out.getvalue() == f"1 differed [{wrong.demand_id}]\n"
    assert differing(list(Demand.objects.values_list("pk", flat=True))) == set()


@pytest.mark.django_db(transaction=True)
def test_many_write_while_many_look(cast):
    """Forty demands are decided while ten people keep a board open: nothing is lost, nothing stands twice."""
    demands = [cast.submit() for _nth in range(40)]
    span = span_of("week", NOW)

    def act(nth):
        if nth < len(demands):
            reject_demand(cast.chen, demands[nth], reason="不归后勤")
        else:
            counts(BoardScope().moments(cast.chen), PAST, span)

    assert errors(race(len(demands) + 10, act)) == []
    results = counts(BoardScope().moments(cast.chen), PAST, span)
    assert (results["submitted"], results["rejected"]) == (40, 40)
    assert differing([demand.pk for demand in demands]) == set()
    assert Moment.objects.filter(kind="submitted").count() == 40


def test_what_was_done_again_counts_once_in_every_stretch(cast):
    """Three demands, each handled eight times in two weeks: in any stretch each counts once, and once as
    late."""
    random, rows = Random(8), []
    for _nth in range(3):
        demand = cast.submit()
        last = demand.clocks.get(kind="handling")
        for number in range(1, 9):
            last.pk, last.round = None, number + 1
            last.result = random.choice(["met", "breached"])
            last.started_at = last.stopped_at = NOW - timedelta(hours=random.randint(1, 14 * 24))
            last.due_at = last.next_alarm_at = last.next_alarm = None
            last.save(force_insert=True)
            rows.append((demand.pk, last.stopped_at, last.result == "breached"))
    seen, keys = BoardScope().moments(cast.chen), ["handling", "handling_late"]
    for period in ("week", "month", "weeks"):
        span = span_of(period, NOW)
        for stretch in (span, *span.steps()):
            inside = [row for row in rows if stretch.since <= row[1] < stretch.until]
            assert counts(seen, keys, stretch) == {
                "handling": len({row[0] for row in inside}),
                "handling_late": len({row[0] for row in inside if row[2]}),
            }
        for step, shares in course(seen, span):
            wanted = counts(seen, keys, step)
            assert [shares["handling"].judged, shares["handling"].late] == list(wanted.values())
