"""Rooms and meetings for machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from pydantic import Field, create_model

from houqin.lines.rooms import samples
from houqin.lines.rooms.actions import Agenda, book_meeting, due_time
from houqin.lines.rooms.booking_page import AGENDA
from houqin.lines.rooms.forms import BookOnceForm
from houqin.lines.rooms.lists import MEETINGS, ROOMS
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.pages import CARD, SEES
from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen, tag_of
from houqin.platform.tokens.idempotency import carry_out
from houqin.ui.api import schemas
from houqin.ui.api.cards import CardActions, Done
from houqin.ui.api.fields import body_of
from houqin.ui.api.instance import API, BODIES, Router, answers, may
from houqin.ui.api.listings import Listed, asked_of, read_listing
from houqin.ui.api.parsing import read_body
from houqin.ui.lists import Listing
from houqin.ui.timeline import timeline

router = Router()
ACTIONS = CardActions(CARD, "meetings", samples.meeting, SEES)
MeetingsAsked = asked_of(MEETINGS, "MeetingsAsked")
RoomsAsked = asked_of(ROOMS, "RoomsAsked")


def _row_of(listing: Listing) -> tuple[dict[str, Any], Callable[[Any], dict[str, Any]]]:
    """The fields that the columns of a list have, and a row told by them."""
    columns = [column for column in listing.facts if column.schema()]
    fields = {name: kind for column in columns for name, kind in column.schema().items()}
    return fields, lambda row: {
        name: value for column in columns for name, value in column.tell(row).items()
    }


def _schema(name: str, fields: dict[str, Any]) -> Any:
    required: dict[str, Any] = {key: (kind, ...) for key, kind in fields.items()}
    return create_model(name, __base__=Schema, **required)


meeting_fields, tell_meeting = _row_of(MEETINGS)
room_fields, tell_room = _row_of(ROOMS)
MeetingRow: Any = _schema("MeetingRow", meeting_fields)
RoomRow: Any = _schema("RoomRow", room_fields)


class MeetingList(Listed):
    items: list[MeetingRow]


class RoomList(Listed):
    items: list[RoomRow]


class ServiceShape(Schema):
    entry: str = Field(description="The code of the catalogue entry.")
    due_at: datetime
    demand: str = Field(description="The number of the request; empty until the meeting is near.")


class MeetingShape(MeetingRow):  # type: ignore[misc]
    note: str
    attendees: list[str]
    services: list[ServiceShape]
    thread: list[schemas.EventShape]
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


@router.get(
    "/rooms",
    url_name="rooms",
    operation_id="rooms",
    tags=["meetings"],
    summary="Meeting rooms",
    **answers(200, RoomList, 422),
    **may("meetings:read"),
)
def rooms(request: ApiRequest, asked: Query[RoomsAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, ROOMS, asked, tell_room)


@router.get(
    "/meetings",
    url_name="meetings",
    operation_id="meetings",
    tags=["meetings"],
    summary="Meetings that the caller may see",
    **answers(200, MeetingList, 422),
    **may("meetings:read"),
)
def meetings(request: ApiRequest, asked: Query[MeetingsAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, MEETINGS, asked, tell_meeting)


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
    given = read_body(request).fill(BookOnceForm(actor=request.user))
    return carry_out(request, 201, lambda: _book(request, given), place="url")


def _book(request: ApiRequest, given: dict[str, Any]) -> dict[str, Any]:
    agenda = Agenda(**{name: given[name] for name in AGENDA})
    times = {"starts_at": given["starts_at"], "ends_at": given["ends_at"]}
    return ACTIONS.stands(request, book_meeting(request.user, given["room"], agenda, **times))


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
    return tell_meeting(meeting) | {
        "note": meeting.note,
        "attendees": [str(one) for one in meeting.attendees.select_related("user")],
        "services": [
            {
                "entry": one.entry.code,
                "due_at": due_time(meeting, one.entry, meeting.made_at),
                "demand": str(one.demand or ""),
            }
            for one in meeting.services.select_related("entry", "demand")
        ],
        "thread": schemas.thread(timeline(meeting, inner=False)),
        "actions": ACTIONS.open_to(request, meeting),
    }


BODIES["book_meeting"] = lambda: body_of(BookOnceForm.base_fields)
ACTIONS.add_to(router)
API.add_router("", router)
