"""Meetings for machines; rooms and their closures follow from their registers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from houqin.lines.rooms import samples
from houqin.lines.rooms.actions import Agenda, book_meeting, due_time
from houqin.lines.rooms.booking_page import AGENDA
from houqin.lines.rooms.forms import BookOnceForm
from houqin.lines.rooms.lists import MEETINGS
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.pages import CARD, SEES
from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen, tag_of
from houqin.platform.tokens.idempotency import carry_out
from houqin.ui.api import schemas
from houqin.ui.api.cards import CardActions, Done
from houqin.ui.api.derived import add_list, row_schema, tell_row
from houqin.ui.api.fields import body_of
from houqin.ui.api.instance import API, BODIES, Router, answers, may
from houqin.ui.api.parsing import read_body
from houqin.ui.timeline import timeline

router = Router()
ACTIONS = CardActions(CARD, "meetings", samples.meeting, SEES)


class ServiceShape(Schema):
    entry: str = Field(description="The code of the catalogue entry.")
    due_at: datetime
    demand: str = Field(description="The number of the request; empty until the meeting is near.")


class MeetingShape(row_schema(MEETINGS, "MeetingFacts")):  # type: ignore[misc]
    note: str
    attendees: list[str]
    services: list[ServiceShape]
    thread: list[schemas.EventShape]
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


add_list(router, MEETINGS, "meetings", "meetings:read")


@router.post(
    "/meetings",
    url_name="meetings",
    operation_id="book_meeting",
    tags=["meetings"],
    summary="Book a room",
    **answers(201, Done, 400, 404, 409, 413, 415, 422),
    **may("meetings:write"),
)
def book(request: ApiRequest) -> Any:
    cleaned = read_body(request).fill(BookOnceForm(actor=request.user))
    return carry_out(request, 201, lambda: _book(request, cleaned), place="url")


def _book(request: ApiRequest, answers: dict[str, Any]) -> dict[str, Any]:
    agenda = Agenda(**{name: answers[name] for name in AGENDA})
    times = {"starts_at": answers["starts_at"], "ends_at": answers["ends_at"]}
    return ACTIONS.stands(request, book_meeting(request.user, answers["room"], agenda, **times))


@router.get(
    "/meetings/{number}",
    url_name="meeting",
    operation_id="meeting",
    tags=["meetings"],
    summary="One meeting with its services, thread and actions",
    **answers(200, MeetingShape, 404, 412),
    **may("meetings:read", sees=SEES, sample=samples.meeting),
)
def one_meeting(request: ApiRequest, response: HttpResponse, number: str) -> Any:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_all(), number=number)
    refuse_unseen(request, meeting)
    response["ETag"] = tag_of(meeting)
    return tell_row(MEETINGS, meeting) | {
        "note": meeting.note,
        "attendees": [str(attendee) for attendee in meeting.attendees.select_related("user")],
        "services": _services(meeting),
        "thread": schemas.thread(timeline(meeting, inner=False)),
        "actions": ACTIONS.open_to(request, meeting),
    }


def _services(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {
            "entry": service.entry.code,
            "due_at": due_time(meeting, service.entry, meeting.made_at),
            "demand": str(service.demand or ""),
        }
        for service in meeting.services.select_related("entry", "demand")
    ]


BODIES["book_meeting"] = lambda: body_of(BookOnceForm.base_fields)
ACTIONS.add_to(router)
API.add_router("", router)
