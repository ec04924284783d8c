"""The board: every number is the count of the rows behind it, and equals one worked out in plain Python."""

import re
from datetime import timedelta
from html import unescape
from itertools import pairwise
from random import Random
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localtime

from houqin.cockpit.pages import COST_ROWS, ROWS
from houqin.cockpit.reports import costs, measures
from houqin.cockpit.reports.figures import FIGURES, PASSING, STANDING, counts
from houqin.cockpit.reports.measures import Spread
from houqin.cockpit.reports.scope import Scope, Span, span_of
from houqin.dispatch.actions import hand_back_order, reassign_order
from houqin.dispatch.models import Material, WorkOrder
from houqin.kernel.clock.models import Clock
from houqin.kernel.timekeeping import turned_to
from houqin.servicedesk.actions import rate_request, reject_request
from houqin.servicedesk.models import Rating, Request
from tests.cast import CAST, NOW
from tests.cockpit.test_figures import play, within
from tests.demonstrated import demonstration
from tests.stages import Stage

__all__ = ["demonstration"]

LINKED = re.compile(r'<a class="n num" href="([^"]+)" data-count="(\d+)">([^<]+)</a>')
OPEN = {"submitted", "returned", "graded", "done", "dispatched", "responded", "working", "on_hold", "rework"}


def weeks(cast):
    """A few weeks, with a second team, work that changed hands, refusals, rejections and ratings."""
    random = Random(20261124)
    far = cast.crew("城西工程班", cast.far, ma=[])
    for nth in range(32):
        play(cast, random, nth)
    with turned_to(NOW - timedelta(minutes=5)):
        for order in WorkOrder.objects.filter(status="offered").order_by("pk")[:3]:
            reassign_order(cast.chen, order, team=far, reason="那边有空")
        for order in WorkOrder.objects.filter(status="accepted").order_by("pk")[:2]:
            hand_back_order(order.executor, order, reason="手上有抢修")
        for request in Request.objects.filter(status="submitted").order_by("pk")[:2]:
            reject_request(cast.chen, request, reason="不归后勤")
        for nth, request in enumerate(Request.objects.filter(status="accepted").order_by("pk")):
            rate_request(request.requester, request, speed=1 + nth % 5, attitude=5, solution=4)
    Request.objects.filter(pk__in=list(Request.objects.values_list("pk", flat=True)[:4])).update(urges=2)
    return cast


history = Stage(weeks, on=CAST).fixture("history")
BOARD_AND_LISTS = ("/dashboard/", "/figures/rows/", "/figures/costs/")


def rows_on_page(client, url):
    """How many rows the list behind a number says it has."""
    page = client.get(unescape(url)).content.decode()
    return int(re.search(r'<span class="count">(\d+)</span></h1>', page)[1])


def rows_of_list(user, url):
    parts = urlsplit(unescape(url))
    listing = COST_ROWS if parts.path == "/figures/costs/" else ROWS
    return listing.narrowed(user, QueryDict(parts.query)).count()


def test_every_number_opens_exactly_its_rows_and_filters_narrow_both_alike(history, as_user):
    """Every list is counted; every twentieth is opened as well."""
    filters = (f"team={history.team.pk}", "team=none", f"place={history.far.path}", "line=zzz", "team=x")
    asked = [
        ("chen", ""),
        ("lin", "period=year&by=team"),
        ("lin", "board=crew&period=year"),
        ("xu", "period=year&by=place"),
        ("li", "period=month&by=place"),
        ("qin", "source=all"),
    ]
    for who, query in asked + [("chen", f"period=year&{one}") for one in filters]:
        user = getattr(history, who)
        client = as_user(user)
        numbers = dict.fromkeys(LINKED.findall(client.get(f"/dashboard/?{query}").content.decode()))
        assert len(numbers) > 20
        for nth, (url, rows, text) in enumerate(numbers):
            assert (url, rows_of_list(user, url)) == (url, int(rows))
            assert not text.isdigit() or text == rows
            if nth % 20 == 0:
                assert (url, rows_on_page(client, url)) == (url, int(rows))
            if query.startswith("period=year&") and "by" not in query:
                assert query.removeprefix("period=year&") in unescape(url) or "&team=" in unescape(url)


def judged(request, kind, span):
    return [
        clock
        for clock in Clock.objects.filter(target_id=request.pk, kind=kind, result__in=["met", "breached"])
        if span.since <= clock.stopped_at < span.until
    ]


def passed_by_hand(rows, span):
    """Each figure of a stretch, one request after the other."""
    found = dict.fromkeys(PASSING, 0)
    for one in rows:
        came = span.since <= one.submitted_at < span.until
        done = (
            one.done_at
            and span.since <= one.done_at < span.until
            and one.status in ("done", "accepted", "closed")
        )
        rating = Rating.objects.filter(request=one, at__gte=span.since, at__lt=span.until).first()
        found["submitted"] += came
        found["finished"] += bool(done)
        found["rework"] += bool(done and one.round > 1)
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
        found["unhappy"] += rating is not None and min(rating.speed, rating.attitude, rating.solution) <= 2
    return found


def test_figures_equal_counts_by_hand(history):
    for who, period in (("chen", "week"), ("chen", "month"), ("li", "weeks"), ("qin", "year")):
        user, span = getattr(history, who), span_of(period, NOW)
        rows = Scope().rows(user)
        assert counts(rows, PASSING, span) == passed_by_hand(within(user), span)
        assert counts(rows, PASSING, span.before()) == passed_by_hand(within(user), span.before())
    for user in (history.chen, history.qin):
        what_stands(user, within(user))
    means_and_courses(history.chen, within(history.chen))
    parts_add_up(history)
    how_often(history)
    person_by_person(history)
    what_it_cost(history)


def test_so_do_those_of_the_demonstration(demonstration):
    """Whoever manages all sites sees every request of the nine days; what was merged counts as the other."""
    lin, ours = demonstration.people["lin"], list(Request.objects.exclude(status="merged").order_by("pk"))
    assert len(ours) > 20
    for period in ("week", "month", "weeks"):
        span = span_of(period, NOW)
        found = counts(Scope().rows(lin), PASSING, span)
        assert found == passed_by_hand(ours, span)
    assert all(found[key] for key in ("submitted", "finished", "handling", "response", "rated"))
    what_stands(lin, ours)
    means_and_courses(lin, ours)


def what_stands(user, ours):
    span, midnight = span_of("weeks", NOW), NOW.replace(hour=0, minute=0) + timedelta(days=1)
    found = dict.fromkeys(STANDING, 0)
    for one in [one for one in ours if one.status in OPEN]:
        due, age = one.next_due_at, NOW - one.submitted_at
        state = "still" if due is None else "over" if due < NOW else "today" if due < midnight else "later"
        days = max(day for day in (0, 1, 3, 7, 14) if age >= timedelta(days=day))
        review = one.graded_at is None and one.status != "returned"
        waits = [
            key for key, true in (("to_review", review), ("to_dispatch", one.status == "graded")) if true
        ]
        for key in ("open", f"open_{state}", f"age_{days}", *waits):
            found[key] += 1
    assert counts(Scope().rows(user), STANDING, span) == found


def nearest_rank(taken, percent):
    """Of the lengths in order, the first one that `percent` of them do not exceed."""
    ordered = sorted(taken)
    return next((one for nth, one in enumerate(ordered, 1) if 100 * nth >= percent * len(ordered)), None)


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
    answers = [clock.stopped_at - clock.started_at for one in ours for clock in judged(one, "response", span)]
    repairs = [
        one.done_at - one.submitted_at
        for one in ours
        if one.done_at
        and span.since <= one.done_at < span.until
        and one.status in ("done", "accepted", "closed")
    ]
    return answers, repairs


def means_and_courses(user, ours):
    span = span_of("weeks", NOW)
    rows = Scope().rows(user)
    answers, repairs = lengths_by_hand(ours, span)
    found = measures.passed(rows, span, PASSING)
    same_spread(measures.answers(rows, span), answers)
    same_spread(measures.repairs(rows, span, found["finished"], found["repair"]), repairs)
    assert len(answers) > 10 < len(repairs)
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
    rows = Scope().rows(history.chen)
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
        assert count == sum(at.isoweekday() == day and at.hour == hour and at >= span.since for at in there)


def last_order(request):
    """The one that is neither handed back nor cancelled, the latest."""
    lasting = WorkOrder.objects.filter(subject_id=request.pk).exclude(status__in=["handed_back", "cancelled"])
    return lasting.order_by("pk").last()


def person_by_person(history):
    span, ours = span_of("year", NOW), within(history.chen)
    rows = Scope().rows(history.chen)
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


def what_it_cost(history):
    """In fen, line by line: 0.15 × ¥0.10 is 2 fen, as the card of the order says it."""
    done = list(WorkOrder.objects.filter(status="done").order_by("pk"))
    for nth, order in enumerate(done):
        WorkOrder.objects.filter(pk=order.pk).update(labour_minutes=nth * 7, outside_fen=nth % 3 * 1250)
        for quantity, price in [("0.15", 10), ("0.29", 50), ("1.33", 333)][: nth % 4]:
            Material.objects.create(order=order, name="螺丝", quantity=quantity, unit="个", price_fen=price)
    span = span_of("year", NOW)
    orders = [one for one in WorkOrder.objects.filter(status="done") if one.done_at >= span.since]
    rows = costs.finished_orders(history.xu, Scope(), span)
    found = costs.whole(rows)
    assert found["spent"] == (sum(one.cost_fen > 0 for one in orders), sum(one.cost_fen for one in orders))
    assert found["material"][1] == sum(one.material_fen for one in orders) > 0
    assert found["outside"][1] == sum(one.outside_fen for one in orders) > 0
    assert found["labour"][1] == sum(one.labour_minutes for one in orders)
    assert found["done"] == (len(orders), len(orders))
    for parts in [costs.compared(rows, by).values() for by in costs.DIMENSIONS] + [
        dict(costs.course(rows, span)).values()
    ]:
        assert {
            key: tuple(map(sum, zip(*(part[key] for part in parts), strict=True))) for key in costs.COSTS
        } == found
    near = costs.finished_orders(history.xu, Scope(place=history.near.path, line="facilities"), span)
    theirs = [one for one in orders if one.place.path.startswith(history.near.path)]
    assert costs.whole(near)["spent"][1] == sum(one.cost_fen for one in theirs) < found["spent"][1]


def how_often(history):
    span = span_of("year", NOW)
    found = measures.passed(Scope().rows(history.chen), span, ("submitted",))
    rounds = sum(one.round - 1 for one in within(history.chen))
    assert [found[f"times_{key}"] for key in ("reassigned", "reopened", "urged")] == [5, rounds, 8]
    assert rounds > 0


def test_the_board_costs_the_same_with_few_and_with_many_rows(cast, as_user):
    client = as_user(cast.chen)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/dashboard/?by=team").status_code == 200
        return len([one for one in seen if "session" not in one["sql"]])

    cast.order()
    queries()
    few = queries()
    for _each in range(3):
        cast.submit(place=cast.far_room)
        cast.order()
    assert queries() == few


def test_a_house_without_a_request_teaches_what_the_board_will_show(cast, as_user):
    page = as_user(cast.lin).get("/dashboard/").content.decode()
    for words in ("还没有时钟出结果", "没有可以对照的需求", "没有人提交需求"):
        assert words in page


@pytest.mark.parametrize("who", ["wu", "wang", "ma"])
def test_whoever_runs_no_work_has_no_board(cast, as_user, who):
    client = as_user(getattr(cast, who))
    assert {client.get(path).status_code for path in BOARD_AND_LISTS} == {403}


@pytest.mark.parametrize(
    "query",
    ["period=never", "since=2026-13-01&until=x", "since=9999-12-31&until=0001-01-01", "figure=no",
     "day=&hour=²", "figure=submitted&day=99999999999999999999", "source=mars&team=99999999999999999999999",
     "board=moon&person=x&back=²&line=zzz", "board=costs&figure=spent&team=none&back=99999999999"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_reads_as_the_usual_one(cast, as_user, query):
    client = as_user(cast.lin)
    for page in BOARD_AND_LISTS:
        assert client.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Shanghai", 10), ("Asia/Kathmandu", 8), ("Asia/Kolkata", 7)]
)
def test_the_load_is_by_the_clock_of_the_house_whatever_its_zone(cast, zone, hour):
    """10:24 in Shanghai is 8:09 in Kathmandu and 7:54 in Kolkata."""
    cast.submit()
    with timezone.override(zone):
        assert measures.load(Scope().rows(cast.chen), span_of("week", NOW)) == {(1, hour): 1}


def test_steps_cover_the_stretch_without_a_gap():
    for period, first in (("week", 1), ("month", 5), ("weeks", 12), ("year", 11)):
        span = span_of(period, NOW)
        steps = span.steps()
        assert (period, len(steps)) == (period, first)
        assert [steps[0].since, steps[-1].until] == [span.since, span.until]
        assert all(one.until == following.since for one, following in pairwise(steps))
    december = Span(NOW.replace(day=1, hour=0, minute=0), NOW.replace(year=2027, month=12), NOW)
    assert [localtime(one.since).day for one in december.steps()] == [1] * 14


def test_every_figure_says_what_it_means():
    assert all(str(figure.label) and str(figure.meaning) for figure in FIGURES.values())
