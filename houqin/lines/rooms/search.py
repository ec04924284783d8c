"""How rooms and meetings are found by whoever searches."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.lines.rooms.models import Meeting, Room
from houqin.platform.search.registry import Indexed, ListedKind, Shown, Text, register


def _text(meeting: Meeting, thread: Sequence[str], inner: Sequence[str]) -> Text:
    people = [str(attendee) for attendee in meeting.attendees.all()]
    return Text(
        number=meeting.number,
        title=meeting.subject,
        body="\n".join([str(meeting.room), str(meeting.organiser), meeting.note, *people]),
        thread=thread,
        inner=inner,
        open=meeting.status in Meeting.OPEN,
        at=meeting.starts_at,
    )


def _shown(meeting: Meeting, user: User) -> Shown:
    return Shown(
        url=meeting.get_absolute_url(),
        number=meeting.number,
        title=meeting.subject,
        facts=[str(meeting.room), meeting.when],
        thing=meeting,
    )


def _find_rooms(user: User, words: Sequence[str], most: int) -> Sequence[Shown]:
    rows = Room.objects.visible_to(user).in_use().select_related("place")
    for word in words:
        rows = rows.filter(_names(word))
    return [_shown_room(room) for room in rows.order_by("code")[:most]]


def _names(word: str) -> Q:
    """The rooms that have `word` in their name, their code or their place."""
    return Q(name__icontains=word) | Q(code__icontains=word) | Q(place__full_name__icontains=word)


def _shown_room(room: Room) -> Shown:
    seats = _now("%(seats)s 人") % {"seats": room.capacity}
    return Shown(
        url=f"{reverse('rooms:grid')}?span=week&room={room.code}",
        number=room.code,
        title=room.name,
        facts=[room.place.short_name, seats],
        thing=room,
    )


register(
    Indexed(
        kind="meeting",
        label=_("会议"),
        icon="calendar-event",
        order=40,
        model=Meeting,
        rows=lambda: Meeting.objects.with_all().prefetch_related("attendees__user"),
        text=_text,
        shown=_shown,
        inner_to=lambda user: Meeting.objects.none(),
    )
)
register(ListedKind(kind="room", label=_("会议室"), icon="door", order=45, find=_find_rooms))
