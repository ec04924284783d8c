"""会议服务: demands of the desk that are due by the meeting and follow whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.actions import cancel_demand, retime_demand, submit_demand, withdraw_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User, the_house
from houqin.lines.rooms.models import Meeting, MeetingService
from houqin.lines.rooms.policies import (
    CLEANING,
    DEVICES,
    NAME_CARDS,
    OTHER_SERVICES,
    SERVICES_AHEAD,
    TEA,
)

S = Meeting.Status
CERTAIN = {S.BOOKED, S.RUNNING}
BEFORE: Final = {"tea": TEA, "name_cards": NAME_CARDS, "meeting_devices": DEVICES}
AFTERWARDS: Final = {"meeting_cleaning": CLEANING}


def due_time(meeting: Meeting, entry: Entry, at: datetime) -> datetime:
    """When a service has to be done: counted back from the start, or on from the end."""
    if after := AFTERWARDS.get(entry.code):
        return (meeting.ended_at or meeting.ends_at) + after.span(at)
    return meeting.starts_at - BEFORE.get(entry.code, OTHER_SERVICES).span(at)


@transaction.atomic
def choose_services(actor: User, meeting: Meeting, entries: Iterable[Entry], at: datetime) -> None:
    """Let the meeting have these services; what is no longer wanted is called off."""
    wanted = {entry.pk: entry for entry in entries}
    for service in meeting.services.exclude(entry__in=wanted).select_related("demand"):
        _call_off(service, _("会议不再需要"))
        service.delete()
    there = set(meeting.services.values_list("entry", flat=True))
    MeetingService.objects.bulk_create(
        MeetingService(meeting=meeting, entry=entry)
        for pk, entry in wanted.items()
        if pk not in there
    )
    raise_services(meeting, at)


@transaction.atomic
def raise_services(meeting: Meeting, at: datetime) -> int:
    """Ask the desk for what a certain meeting needs, once it is near; how many demands that makes."""
    if meeting.status not in CERTAIN or meeting.starts_at - SERVICES_AHEAD.span(at) > at:
        return 0
    missing = list(meeting.services.filter(demand=None).select_related("entry"))
    for service in missing:
        service.demand = _raise(meeting, service.entry, at)
        meeting.services.filter(pk=service.pk).update(demand=service.demand)
    return len(missing)


def _raise(meeting: Meeting, entry: Entry, at: datetime) -> Demand:
    facts = {"room": meeting.room, "when": meeting.when, "people": meeting.people}
    return submit_demand(
        meeting.organiser,
        entry,
        place=meeting.room.place,
        title=f"{entry} · {meeting.subject}"[:120],
        body=_("%(room)s，%(when)s，%(people)s 人。") % facts,
        answers={"people": meeting.people},
        wanted_at=due_time(meeting, entry, at),
    )


@transaction.atomic
def retime_services(actor: User, meeting: Meeting, at: datetime) -> None:
    """Let the demands that are open be due by the meeting as it is now."""
    for service in _with_open_demands(meeting):
        assert service.demand
        due = due_time(meeting, service.entry, at)
        if service.demand.wanted_at != due:
            retime_demand(
                actor, service.demand, wanted_at=due, place=meeting.room.place, why=str(meeting)
            )
    raise_services(meeting, at)


def call_off_services(meeting: Meeting, reason: str) -> None:
    """Nothing is needed any more: the demands that are open end."""
    for service in _with_open_demands(meeting):
        _call_off(service, reason)


def _with_open_demands(meeting: Meeting) -> Iterable[MeetingService]:
    services = meeting.services.filter(demand__status__in=Demand.OPEN)
    return services.select_related("entry", "demand__place", "demand__requester")


def _call_off(service: MeetingService, reason: str) -> None:
    demand = service.demand
    if demand is None or demand.status not in Demand.OPEN:
        return
    if demand.FLOW["withdraw"].fits(demand):
        withdraw_demand(demand.requester, demand, reason=reason)
    elif demand.FLOW["cancel"].fits(demand):
        cancel_demand(the_house(), demand, reason=reason)
