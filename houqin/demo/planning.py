"""What team leaders have arranged by the last moment: rules, swapped shifts, leave, and what is planned."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from houqin.demo.organisation import DemoOrganisation
from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions as desk
from houqin.desk.rules.models import DispatchRule
from houqin.desk.rules.pages import RULES
from houqin.kernel.people.actions import go_away
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.worktime.models import schedule_at
from houqin.work.orders import actions as work
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift, Swap
from houqin.work.roster.swapping import agree_swap, approve_swap, ask_swap, decline_swap
from houqin.work.teams.models import Team

Gives = DispatchRule.Gives
EACH = 4  # planned orders of one person
HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


def plan_ahead(organisation: DemoOrganisation, last: datetime) -> None:
    with turned_to(last - timedelta(hours=1)):
        _rules(organisation)
        _swaps(organisation, last)
        go_away(
            organisation.people["cao"],
            substitute=organisation.people["deng"],
            starts_at=last - DAY,
            ends_at=last + 2 * DAY,
        )
    with turned_to(last - timedelta(minutes=20)):
        _by_rule(organisation)
        _plans(organisation, last)


def _rules(organisation: DemoOrganisation) -> None:
    """Nothing but what is graded from now on goes by them."""
    teams = {team.name: team for team in Team.objects.all()}
    cleaners, lift = teams["保洁绿化班"], Entry.objects.get(code="lift")
    rules: tuple[dict[str, Any], ...] = (
        {"name": "紧急找值班员", "grade": "urgent", "gives": Gives.ON_CALL},
        {
            "name": "电梯交给维保",
            "entry": lift,
            "gives": Gives.TEAM,
            "team": teams["迅达维保（外包）"],
        },
        {
            "name": "滨江保洁大家抢",
            "line": "environment",
            "place": organisation.sites["BJ"],
            "gives": Gives.TEAM,
            "team": cleaners,
        },
        {
            "name": "临港常规直接派",
            "place": organisation.sites["LG"],
            "grade": "routine",
            "gives": Gives.BEST,
            "active": False,
        },
    )
    for nth, rule in enumerate(rules, 1):
        RULES.write(organisation.people["lin"], None, {"position": 10 * nth} | rule)


def _by_rule(organisation: DemoOrganisation) -> None:
    """A demand that nobody had to dispatch: its team may grab it."""
    entry = Entry.objects.get(code="cleaning")
    demand = desk.submit_demand(
        organisation.people["he"],
        entry,
        place=organisation.rooms["BJ"][4],
        title="走廊地毯泼了饮料，请清洗",
        claimed="routine",
    )
    desk.grade_demand(organisation.people["chen"], demand, grade="routine")


def _swaps(organisation: DemoOrganisation, last: datetime) -> None:
    """One that is done, one for each who is waited for, and one that came to nothing."""
    people, lead = organisation.people, organisation.people["libanzhang"]
    days = _days_of_both(people["wang"], people["zhao"], last)
    for wished, (mine, theirs) in zip(("done", "agreed", "declined", "asked"), days, strict=False):
        swap = ask_swap(mine.user, mine, colleague=theirs.user, back=theirs)
        if wished == "declined":
            decline_swap(theirs.user, swap, reason="那天要接孩子")
        elif wished != "asked":
            agree_swap(theirs.user, swap)
        if wished == "done" and swap.status == Swap.Status.AGREED:
            approve_swap(lead, swap)


def _days_of_both(person: User, other: User, last: datetime) -> list[tuple[Shift, Shift]]:
    """Their shifts on the days to come on which both work."""
    shifts = (
        Shift.objects.between(last + DAY, last + 14 * DAY)
        .filter(on_call=False)
        .select_related("user", "pattern")
    )
    there: dict[tuple[User, object], Shift] = {
        (shift.user, timezone.localtime(shift.starts_at).date()): shift for shift in shifts
    }
    mine = [(day, shift) for (user, day), shift in there.items() if user == person]
    return [(shift, there[other, day]) for day, shift in mine if (other, day) in there]


def _plans(organisation: DemoOrganisation, last: datetime) -> None:
    """Of each person's open orders the most pressing ones, one after the other in working hours."""
    timetable = schedule_at(organisation.sites["BJ"]).timetable()
    begin = last.replace(minute=0, second=0, microsecond=0) - 2 * HALF_HOUR
    free: dict[int, list[datetime]] = {}
    orders = (
        WorkOrder.objects.open()
        .filter(executor__isnull=False)
        .select_related("place", "executor", "team")
    )
    for order in orders.by_clock():
        ends = free.setdefault(order.executor_id or 0, [begin])
        if len(ends) <= EACH:
            start = timetable.next_open(ends[-1])
            ends.append(start + HALF_HOUR * (2 + order.pk % 3))
            work.plan_order(
                organisation.people["chen"], order, planned_from=start, planned_to=ends[-1]
            )
