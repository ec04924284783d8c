"""The figures of the board, worked out again in plain Python."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from houqin.cockpit.reports import costs, measures
from houqin.cockpit.reports.figures import PASSING, STANDING, counts
from houqin.cockpit.reports.measures import Spread
from houqin.cockpit.reports.scope import BoardScope, DateSpan, span_of
from houqin.desk.demands.models import Demand, Rating
from houqin.kernel.clock.models import Clock
from houqin.work.orders.models import Material, WorkOrder
from tests.cast import NOW
from tests.cockpit.board_history import history
from tests.cockpit.test_figures import within
from tests.demonstrated import demonstration
from tests.effort import EFFORT

__all__ = ["demonstration", "history"]
pytestmark = pytest.mark.engine
OPEN = {
    "submitted",
    "pending",
    "returned",
    "graded",
    "done",
    "dispatched",
    "responded",
    "working",
    "on_hold",
    "rework",
}


def judged(demand, kind, span):
    return [
        clock
        for clock in Clock.objects.filter(
            target_id=demand.pk, kind=kind, result__in=["met", "breached"]
        )
        if span.since <= clock.stopped_at < span.until
    ]


def finished_in(demand, span):
    """Whether its work was done in that stretch and has not been refused since."""
    return bool(
        demand.done_at
        and span.since <= demand.done_at < span.until
        and demand.status in ("done", "accepted", "closed")
    )


def passed_by_hand(rows, span):
    """Each figure of a stretch, one demand after the other."""
    found = dict.fromkeys(PASSING, 0)
    for one in rows:
        came = span.since <= one.submitted_at < span.until
        done = finished_in(one, span)
        rating = Rating.objects.filter(demand=one, at__gte=span.since, at__lt=span.until).first()
        found["submitted"] += came
        found["finished"] += done
        found["rework"] += done and one.round > 1
        for kind in ("review", "response", "handling"):
            ended = [clock.result for clock in judged(one, kind, span)]
            found[kind] += bool(ended)
            found[f"{kind}_late"] += "breached" in ended
        for key, true in (
            ("rejected", one.status == "rejected"), ("cancelled", one.status == "cancelled"),
            ("reassigned", one.reassigned), ("reopened", one.round > 1), ("urged", one.urges),
            ("supervised", one.supervised),
        ):  # fmt: skip
            found[key] += bool(came and true)
        backs = WorkOrder.objects.filter(subject_id=one.pk, status="handed_back")
        found["handed_back"] += bool(came and backs.exists())
        found["rated"] += rating is not None
        found["unhappy"] += (
            rating is not None and min(rating.speed, rating.attitude, rating.solution) <= 2
        )
    return found


def test_figures_equal_counts_by_hand(history):
    for who, period in (("chen", "week"), ("chen", "month"), ("li", "weeks"), ("qin", "year")):
        user, span = getattr(history, who), span_of(period, NOW)
        rows = BoardScope().rows(user)
        assert counts(rows, PASSING, span) == passed_by_hand(within(user), span)
        assert counts(rows, PASSING, span.before()) == passed_by_hand(within(user), span.before())
    for user in (history.chen, history.qin):
        what_stands(user, within(user))
    answers, repairs = lengths_by_hand(within(history.chen), span_of("weeks", NOW))
    assert len(answers) > 10 < len(repairs)
    means_and_courses(history.chen, within(history.chen))
    parts_add_up(history)
    how_often(history)
    person_by_person(history)
    what_it_cost(history)


def test_so_do_those_of_the_demonstration(demonstration):
    """Whoever manages all sites sees every demand of these days; what was merged counts as the other."""
    lin, ours = (
        demonstration.people["lin"],
        list(Demand.objects.exclude(status="merged").order_by("pk")),
    )
    assert len(ours) > 20
    for period in ("week", "month", "weeks"):
        span = span_of(period, NOW)
        found = counts(BoardScope().rows(lin), PASSING, span)
        assert found == passed_by_hand(ours, span)
    assert all(found[key] for key in ("submitted", "finished", "handling", "response"))
    what_stands(lin, ours)
    if EFFORT > 1:  # in the few days of a check nobody has rated anything yet
        assert found["rated"]
        means_and_courses(lin, ours)


def what_stands(user, ours):
    span, midnight = span_of("weeks", NOW), NOW.replace(hour=0, minute=0) + timedelta(days=1)
    found = dict.fromkeys(STANDING, 0)
    for one in [one for one in ours if one.status in OPEN]:
        due, age = one.next_due_at, NOW - one.submitted_at
        state = (
            "still"
            if due is None
            else "over"
            if due < NOW
            else "today"
            if due < midnight
            else "later"
        )
        days = max(day for day in (0, 1, 3, 7, 14) if age >= timedelta(days=day))
        review = one.graded_at is None and one.status not in ("returned", "pending")
        waits = [
            key
            for key, true in (("to_review", review), ("to_dispatch", one.status == "graded"))
            if true
        ]
        for key in ("open", f"open_{state}", f"age_{days}", *waits):
            found[key] += 1
    assert counts(BoardScope().rows(user), STANDING, span) == found


def nearest_rank(taken, percent):
    """Of the lengths in order, the first one that `percent` of them do not exceed."""
    ordered = sorted(taken)
    return next(
        (one for nth, one in enumerate(ordered, 1) if 100 * nth >= percent * len(ordered)), None
    )


def same_spread(found, taken):
    assert found.count == len(taken)
    mean = sum(taken, timedelta()) / len(taken) if taken else None
    for known, wanted in (
        (found.mean, mean), (found.median, nearest_rank(taken, 50)), (found.ninety, nearest_rank(taken, 90))
    ):  # fmt: skip
        assert (known is None) == (wanted is None)
        assert wanted is None or abs(known - wanted) < timedelta(milliseconds=2)


def lengths_by_hand(ours, span):
    """How long it took to answer, and to finish what was not refused since."""
    answers = [
        clock.stopped_at - clock.started_at
        for one in ours
        for clock in judged(one, "response", span)
    ]
    repairs = [one.done_at - one.submitted_at for one in ours if finished_in(one, span)]
    return answers, repairs


def means_and_courses(user, ours):
    span = span_of("weeks", NOW)
    rows = BoardScope().rows(user)
    answers, repairs = lengths_by_hand(ours, span)
    found = measures.passed(rows, span, PASSING)
    same_spread(measures.answers(rows, span), answers)
    same_spread(measures.repairs(rows, span, found["finished"], found["repair"]), repairs)
    for campus, row in measures.compared(rows, "place", span).items():
        there = lengths_by_hand([one for one in ours if one.place.path.startswith(campus)], span)
        same_spread(row.get("answer", Spread()), there[0])
        same_spread(row.get("repair", Spread()), there[1])
    for step, shares in measures.course(rows, span):
        for kind, share in shares.items():
            ended = [[clock.result for clock in judged(one, kind, step)] for one in ours]
            assert share.judged == sum(bool(one) for one in ended)
            assert share.late == sum("breached" in one for one in ended)
    stars = Rating.objects.filter(at__gte=span.since, at__lt=span.until)
    assert found["speed"] == pytest.approx(sum(one.speed for one in stars) / len(stars))


def parts_add_up(history):
    span = span_of("year", NOW)
    rows = BoardScope().rows(history.chen)
    whole = counts(rows, PASSING, span)
    for by in measures.DIMENSIONS:
        parts = measures.compared(rows, by, span).values()
        for key in (
            "submitted",
            "finished",
            "rework",
            "response",
            "handling",
            "handling_late",
            "rated",
            "reassigned",
        ):
            assert (by, key, sum(part.get(key, 0) for part in parts)) == (by, key, whole[key])
    teams = measures.compared(rows, "team", span)
    assert len(teams) == 3  # two teams, and what nobody has been given yet
    assert sum(measures.load(rows, span).values()) == whole["submitted"]
    for (day, hour), count in measures.load(rows, span).items():
        there = [localtime(one.submitted_at) for one in within(history.chen)]
        assert count == sum(
            at.isoweekday() == day and at.hour == hour and at >= span.since for at in there
        )


def last_order(demand):
    """The one that is neither handed back nor cancelled, the latest."""
    lasting = WorkOrder.objects.filter(subject_id=demand.pk).exclude(
        status__in=["handed_back", "cancelled"]
    )
    return lasting.order_by("pk").last()


def person_by_person(history):
    span, ours = span_of("year", NOW), within(history.chen)
    rows = BoardScope().rows(history.chen)
    found, loaded = measures.compared(rows, "person", span), measures.loaded(rows, "person", span)
    for person in {*found, *loaded}:
        theirs = [one for one in ours if getattr(last_order(one), "executor_id", None) == person]
        passed = passed_by_hand(theirs, span)
        for key in ("finished", "rework", "handling", "handling_late", "rated", "unhappy"):
            assert (person, key, found.get(person, {}).get(key, 0)) == (person, key, passed[key])
        still = [one for one in theirs if one.status in OPEN]
        over = [one for one in still if one.next_due_at and one.next_due_at < NOW]
        has = loaded.get(person, {"open": 0, "open_over": 0})
        assert (has["open"], has["open_over"]) == (len(still), len(over))
    backs = measures.handed_back(rows, span)
    assert sum(backs.values()) == WorkOrder.objects.filter(status="handed_back").count() == 2
    assert len(found) > 1 < len(loaded)


def spend():
    """Hours, bills from outside and material on what was done, of each more here and less there."""
    done = list(WorkOrder.objects.filter(status="done").order_by("pk"))
    for nth, order in enumerate(done):
        WorkOrder.objects.filter(pk=order.pk).update(
            labour_minutes=nth * 7, outside_fen=nth % 3 * 1250
        )
        for quantity, price in [("0.15", 10), ("0.29", 50), ("1.33", 333)][: nth % 4]:
            Material.objects.create(
                order=order, name="螺丝", quantity=quantity, unit="个", price_fen=price
            )


def what_it_cost(history):
    """In fen, line by line: 0.15 × ¥0.10 is 2 fen, as the card of the order says it."""
    spend()
    span = span_of("year", NOW)
    orders = [one for one in WorkOrder.objects.filter(status="done") if one.done_at >= span.since]
    rows = costs.finished_orders(history.xu, BoardScope(), span)
    found = costs.whole(rows)
    costs_by_hand(found, orders)
    costs_add_up(rows, span, found)
    near = costs.finished_orders(
        history.xu, BoardScope(place=history.near.path, line="facilities"), span
    )
    theirs = [one for one in orders if one.place.path.startswith(history.near.path)]
    assert costs.whole(near)["spent"][1] == sum(one.cost_fen for one in theirs) < found["spent"][1]


def costs_by_hand(found, orders):
    assert found["spent"] == (
        sum(one.cost_fen > 0 for one in orders),
        sum(one.cost_fen for one in orders),
    )
    assert found["material"][1] == sum(one.material_fen for one in orders) > 0
    assert found["outside"][1] == sum(one.outside_fen for one in orders) > 0
    assert found["labour"][1] == sum(one.labour_minutes for one in orders)
    assert found["done"] == (len(orders), len(orders))


def costs_add_up(rows, span, found):
    for parts in [costs.compared(rows, by).values() for by in costs.DIMENSIONS] + [
        dict(costs.course(rows, span)).values()
    ]:
        assert {
            key: tuple(map(sum, zip(*(part[key] for part in parts), strict=True)))
            for key in costs.COSTS
        } == found


def how_often(history):
    span = span_of("year", NOW)
    found = measures.passed(BoardScope().rows(history.chen), span, ("submitted",))
    rounds = sum(one.round - 1 for one in within(history.chen))
    assert [found[f"times_{key}"] for key in ("reassigned", "reopened", "urged")] == [5, rounds, 8]
    assert rounds > 0


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Shanghai", 10), ("Asia/Kathmandu", 8), ("Asia/Kolkata", 7)]
)
def test_the_load_is_by_the_clock_of_the_house_whatever_its_zone(cast, zone, hour):
    """10:24 in Shanghai is 8:09 in Kathmandu and 7:54 in Kolkata."""
    cast.submit()
    with timezone.override(zone):
        assert measures.load(BoardScope().rows(cast.chen), span_of("week", NOW)) == {(1, hour): 1}


def test_steps_cover_the_stretch_without_a_gap():
    for period, first in (("week", 1), ("month", 5), ("weeks", 12), ("year", 11)):
        span = span_of(period, NOW)
        steps = span.steps()
        assert (period, len(steps)) == (period, first)
        assert [steps[0].since, steps[-1].until] == [span.since, span.until]
        assert all(one.until == following.since for one, following in pairwise(steps))
    december = DateSpan(NOW.replace(day=1, hour=0, minute=0), NOW.replace(year=2027, month=12), NOW)
    assert [localtime(one.since).day for one in december.steps()] == [1] * 14
