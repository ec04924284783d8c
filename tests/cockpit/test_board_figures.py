"""The figures of the board, worked out again in plain Python."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from houqin.cockpit.reports import costs, measures
from houqin.cockpit.reports.figures import NOW as NOW_FIGURES
from houqin.cockpit.reports.figures import PAST, counts, standing
from houqin.cockpit.reports.measures import Spread
from houqin.cockpit.reports.scope import BoardScope, DateSpan, span_of
from houqin.desk.demands.models import Rating
from houqin.kernel.clock.models import Clock
from houqin.work.orders.models import Material, WorkOrder
from tests.cast import NOW
from tests.cockpit.board_history import history
from tests.cockpit.test_figures import within

__all__ = ["history"]
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
    tally = dict.fromkeys(PAST, 0)
    for demand in rows:
        came = span.since <= demand.submitted_at < span.until
        done = finished_in(demand, span)
        rating = Rating.objects.filter(demand=demand, at__gte=span.since, at__lt=span.until).first()
        tally["submitted"] += came
        tally["finished"] += done
        tally["rework"] += done and demand.round > 1
        for kind in ("review", "response", "handling"):
            ended = [clock.result for clock in judged(demand, kind, span)]
            tally[kind] += bool(ended)
            tally[f"{kind}_late"] += "breached" in ended
        for key, true in (
            ("rejected", demand.status == "rejected"), ("cancelled", demand.status == "cancelled"),
            ("reassigned", demand.reassigned), ("reopened", demand.round > 1), ("urged", demand.urges),
            ("supervised", demand.supervised),
        ):  # fmt: skip
            tally[key] += bool(came and true)
        backs = WorkOrder.objects.filter(subject_id=demand.pk, status="handed_back")
        tally["handed_back"] += bool(came and backs.exists())
        tally["rated"] += rating is not None
        tally["unhappy"] += (
            rating is not None and min(rating.speed, rating.attitude, rating.solution) <= 2
        )
    return tally


def test_figures_equal_counts_by_hand(history):
    for who, period in (("chen", "week"), ("chen", "month"), ("li", "weeks"), ("qin", "year")):
        user, span = getattr(history, who), span_of(period, NOW)
        moments = BoardScope().moments(user)
        assert counts(moments, PAST, span) == passed_by_hand(within(user), span)
        assert counts(moments, PAST, span.before()) == passed_by_hand(within(user), span.before())
    for user in (history.chen, history.qin):
        what_stands(user, within(user))
    answers, repairs = lengths_by_hand(within(history.chen), span_of("weeks", NOW))
    assert len(answers) > 10 < len(repairs)
    means_and_courses(history.chen, within(history.chen))
    parts_add_up(history)
    how_often(history)
    person_by_person(history)
    what_it_cost(history)


def what_stands(user, ours):
    span, midnight = span_of("weeks", NOW), NOW.replace(hour=0, minute=0) + timedelta(days=1)
    tally = dict.fromkeys(NOW_FIGURES, 0)
    for demand in [demand for demand in ours if demand.status in OPEN]:
        due, age = demand.next_due_at, NOW - demand.submitted_at
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
        review = demand.graded_at is None and demand.status not in ("returned", "pending")
        waits = [
            key
            for key, true in (("to_review", review), ("to_dispatch", demand.status == "graded"))
            if true
        ]
        for key in ("open", f"open_{state}", f"age_{days}", *waits):
            tally[key] += 1
    assert standing(BoardScope().rows(user), NOW_FIGURES, span) == tally


def nearest_rank(taken, percent):
    """Of the lengths in order, the first one that `percent` of them do not exceed."""
    ordered = sorted(taken)
    return next(
        (each for nth, each in enumerate(ordered, 1) if 100 * nth >= percent * len(ordered)), None
    )


def same_spread(spread, taken):
    assert spread.count == len(taken)
    mean = sum(taken, timedelta()) / len(taken) if taken else None
    for known, wanted in (
        (spread.mean, mean), (spread.median, nearest_rank(taken, 50)),
        (spread.ninety, nearest_rank(taken, 90)),
    ):  # fmt: skip
        assert (known is None) == (wanted is None)
        assert wanted is None or abs(known - wanted) < timedelta(milliseconds=2)


def lengths_by_hand(ours, span):
    """How long it took to answer, and to finish what was not refused since."""
    answers = [
        clock.stopped_at - clock.started_at
        for demand in ours
        for clock in judged(demand, "response", span)
    ]
    repairs = [demand.done_at - demand.submitted_at for demand in ours if finished_in(demand, span)]
    return answers, repairs


def means_and_courses(user, ours):
    span = span_of("weeks", NOW)
    moments = BoardScope().moments(user)
    answers, repairs = lengths_by_hand(ours, span)
    results = measures.passed(moments, span)
    spreads = measures.spreads(moments, span, results)
    same_spread(spreads["answer"], answers)
    same_spread(spreads["repair"], repairs)
    for campus, row in measures.compared(moments, "place", span).items():
        there = lengths_by_hand(
            [demand for demand in ours if demand.place.path.startswith(campus)], span
        )
        same_spread(row.get("answer", Spread()), there[0])
        same_spread(row.get("repair", Spread()), there[1])
    for step, shares in measures.course(moments, span):
        for kind, share in shares.items():
            ended = [[clock.result for clock in judged(demand, kind, step)] for demand in ours]
            assert share.judged == sum(bool(demand) for demand in ended)
            assert share.late == sum("breached" in demand for demand in ended)
    stars = Rating.objects.filter(at__gte=span.since, at__lt=span.until)
    assert results["speed"] == pytest.approx(sum(demand.speed for demand in stars) / len(stars))


def parts_add_up(history):
    span = span_of("year", NOW)
    moments = BoardScope().moments(history.chen)
    whole = counts(moments, PAST, span)
    for by in measures.DIMENSIONS:
        parts = measures.compared(moments, by, span).values()
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
    teams = measures.compared(moments, "team", span)
    assert len(teams) == 3  # two teams, and what nobody has been given yet
    assert sum(measures.load(moments, span).values()) == whole["submitted"]
    for (day, hour), count in measures.load(moments, span).items():
        there = [localtime(demand.submitted_at) for demand in within(history.chen)]
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
    moments = BoardScope().moments(history.chen)
    results, loaded = (
        measures.compared(moments, "person", span),
        measures.loaded(rows, "person", span),
    )
    for person in {*results, *loaded}:
        theirs = [
            demand for demand in ours if getattr(last_order(demand), "executor_id", None) == person
        ]
        passed = passed_by_hand(theirs, span)
        for key in ("finished", "rework", "handling", "handling_late", "rated", "unhappy"):
            assert (person, key, results.get(person, {}).get(key, 0)) == (person, key, passed[key])
        still = [demand for demand in theirs if demand.status in OPEN]
        over = [demand for demand in still if demand.next_due_at and demand.next_due_at < NOW]
        has = loaded.get(person, {"open": 0, "open_over": 0})
        assert (has["open"], has["open_over"]) == (len(still), len(over))
    backs = measures.handed_back(moments, span)
    assert sum(backs.values()) == WorkOrder.objects.filter(status="handed_back").count() == 2
    assert len(results) > 1 < len(loaded)


def spend():
    """Hours, bills from outside and material on what was done, of each more here and less there."""
    done = list(WorkOrder.objects.filter(status="done").order_by("pk"))
    for nth, order in enumerate(done):
        used = [
            Material.objects.create(
                order=order, name="螺丝", quantity=quantity, unit="个", price_fen=price
            )
            for quantity, price in [("0.15", 10), ("0.29", 50), ("1.33", 333)][: nth % 4]
        ]
        WorkOrder.objects.filter(pk=order.pk).update(
            labour_minutes=nth * 7,
            outside_fen=nth % 3 * 1250,
            material_fen=sum(line.cost_fen for line in used),
        )


def what_it_cost(history):
    """In fen, line by line: 0.15 × ¥0.10 is 2 fen, as the card of the order says it."""
    spend()
    span = span_of("year", NOW)
    orders = [
        order for order in WorkOrder.objects.filter(status="done") if order.done_at >= span.since
    ]
    rows = costs.finished_orders(history.xu, BoardScope(), span)
    results = costs.whole(rows)
    costs_by_hand(results, orders)
    costs_add_up(rows, span, results)
    near = costs.finished_orders(
        history.xu, BoardScope(place=history.near.path, line="facilities"), span
    )
    theirs = [order for order in orders if order.place.path.startswith(history.near.path)]
    assert (
        costs.whole(near)["spent"][1]
        == sum(order.cost_fen for order in theirs)
        < results["spent"][1]
    )


def costs_by_hand(sums, orders):
    assert sums["spent"] == (
        sum(order.cost_fen > 0 for order in orders),
        sum(order.cost_fen for order in orders),
    )
    lines = [line for order in orders for line in order.materials.all()]
    assert sums["material"][1] == sum(line.cost_fen for line in lines) > 0
    assert sums["outside"][1] == sum(order.outside_fen for order in orders) > 0
    assert sums["labour"][1] == sum(order.labour_minutes for order in orders)
    assert sums["done"] == (len(orders), len(orders))


def costs_add_up(rows, span, whole):
    for parts in [costs.compared(rows, by).values() for by in costs.DIMENSIONS] + [
        dict(costs.course(rows, span)).values()
    ]:
        assert {
            key: tuple(map(sum, zip(*(part[key] for part in parts), strict=True)))
            for key in costs.COSTS
        } == whole


def how_often(history):
    span = span_of("year", NOW)
    results = measures.passed(BoardScope().moments(history.chen), span, ("submitted",))
    rounds = sum(demand.round - 1 for demand in within(history.chen))
    assert [results[f"times_{key}"] for key in ("reassigned", "reopened", "urged")] == [
        5,
        rounds,
        8,
    ]
    assert rounds > 0


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Shanghai", 10), ("Asia/Kathmandu", 8), ("Asia/Kolkata", 7)]
)
def test_the_load_is_by_the_clock_of_the_house_whatever_its_zone(cast, zone, hour):
    """10:24 in Shanghai is 8:09 in Kathmandu and 7:54 in Kolkata."""
    cast.submit()
    with timezone.override(zone):
        assert measures.load(BoardScope().moments(cast.chen), span_of("week", NOW)) == {
            (1, hour): 1
        }


def test_steps_cover_the_stretch_without_a_gap():
    for period, first in (("week", 1), ("month", 5), ("weeks", 12), ("year", 11)):
        span = span_of(period, NOW)
        steps = span.steps()
        assert (period, len(steps)) == (period, first)
        assert [steps[0].since, steps[-1].until] == [span.since, span.until]
        assert all(step.until == following.since for step, following in pairwise(steps))
    december = DateSpan(NOW.replace(day=1, hour=0, minute=0), NOW.replace(year=2027, month=12), NOW)
    assert [localtime(step.since).day for step in december.steps()] == [1] * 14
