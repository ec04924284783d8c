"""What is asked of whoever books, moves, changes or calls off a meeting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.kernel.timekeeping import now
from houqin.lines.rooms.models import ONE_ROOM, Meeting, MeetingSeries, Room, RoomFeature
from houqin.lines.rooms.planning import moment
from houqin.lines.rooms.recurrence import Recurrence, Repeat, rule_of
from houqin.lines.rooms.rules import crowd_problem, problem_of, timetable_of
from houqin.ui.fields import YEARS, HouseForm, PeopleField
from houqin.ui.formatting import WEEKDAYS

MOST_ADDRESSES = 50
LONGEST_SERIES = timedelta(days=366)


def meeting_services() -> QuerySet[Entry]:
    """What a meeting may ask the desk for."""
    rows = Entry.objects.filter(active=True, category__line_code="rooms")
    return rows.exclude(code="meeting")


def bookable(actor: Any) -> QuerySet[Room]:
    return Room.objects.visible_to(actor).in_use()


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=picker, input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class HourField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        picker = forms.TimeInput({"type": "time", "step": "300"}, format="%H:%M")
        super().__init__(widget=picker, **kwargs)


class StretchForm(HouseForm):
    """From when to when on one day; cleans to `starts_at` and `ends_at`."""

    day = DayField(label=_("日期"))
    starts = HourField(label=_("开始"))
    ends = HourField(label=_("结束"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, starts, ends = (cleaned.pop(name, None) for name in ("day", "starts", "ends"))
        if day and starts and ends:
            cleaned |= {"starts_at": moment(day, starts), "ends_at": moment(day, ends)}
            if ends <= starts:
                self.add_error("ends", _now("结束时间要晚于开始时间。"))
        return cleaned

    def check_times(self, room: Room | None, cleaned: dict[str, Any]) -> None:
        """Say at the field of the time what the house has against it."""
        if room is None or "starts_at" not in cleaned or self.errors:
            return
        start, end = cleaned["starts_at"], cleaned["ends_at"]
        if problem := problem_of(room, timetable_of(room), start, end, now()):
            self.add_error("starts", problem)


class AgendaForm(HouseForm):
    """What a meeting is about, who comes and what it needs."""

    subject = forms.CharField(label=_("主题"), max_length=80)
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=2000, initial=4)
    attendees = PeopleField(label=_("请哪些同事"), required=False, most=60)
    emails = forms.CharField(
        label=_("请外单位的人"),
        required=False,
        max_length=3000,
        help_text=_("写邮箱，一行一个；他们会收到日历邀请"),
        widget=forms.Textarea({"rows": 2}),
    )
    services = forms.ModelMultipleChoiceField(
        Entry.objects.none(),
        label=_("会议服务"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("到时自动提交给服务台，会议改期也跟着改"),
    )
    note = forms.CharField(
        label=_("备注"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"].queryset = meeting_services()  # type: ignore[attr-defined]

    def clean_emails(self) -> list[str]:
        text: str = self.cleaned_data["emails"]
        addresses = text.replace(",", " ").replace("；", " ").split()
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(_now("最多写 %(most)d 个邮箱。") % {"most": MOST_ADDRESSES})
        for address in addresses:
            _check_address(address)
        return addresses

    def check_people(self, room: Room | None, cleaned: dict[str, Any]) -> None:
        if room and (problem := crowd_problem(room, cleaned.get("people") or 0)):
            self.add_error("people", problem)


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        words = {"address": address[:60]}
        raise ValidationError(_now("“%(address)s”不是邮箱。") % words) from error


class BookOnceForm(StretchForm, AgendaForm):
    """A new meeting, once."""

    room = forms.ModelChoiceField(
        Room.objects.none(), label=ONE_ROOM, to_field_name="code", empty_label=_("请选会议室")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = bookable(self.actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_people(cleaned.get("room"), cleaned)
        if not cleaned.get("repeat"):
            self.check_times(cleaned.get("room"), cleaned)
        return cleaned


class BookRoomForm(BookOnceForm):
    """A new meeting, once or again and again."""

    repeat = forms.ChoiceField(
        label=_("重复"), required=False, choices=[("", _("不重复")), *Repeat.choices]
    )
    weekdays = forms.MultipleChoiceField(
        label=_("星期几"),
        required=False,
        choices=[(str(day), name) for day, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("每周或每两周；不选就是第一天的星期几"),
    )
    until = DayField(label=_("重复到"), required=False)
    on_rest_days = forms.ChoiceField(
        label=_("遇到休息日"),
        required=False,
        choices=MeetingSeries.OnRestDays.choices,
        help_text=_("按国务院放假安排：调休上班的周末算工作日"),
    )

    def clean(self) -> dict[str, Any]:
        first = self.cleaned_data.get("day")
        cleaned = super().clean()
        names = ("repeat", "weekdays", "until", "on_rest_days")
        repeat, weekdays, until, on_rest_days = (cleaned.pop(name, None) for name in names)
        cleaned["recurrence"] = None
        if repeat and (until is None or (first and not first < until <= first + LONGEST_SERIES)):
            self.add_error("until", _now("请选第一天之后一年以内的日期。"))
        elif repeat and first and until:
            rule = rule_of(repeat, first, [int(day) for day in weekdays or ()])
            rest = on_rest_days or MeetingSeries.OnRestDays.SKIP
            cleaned["recurrence"] = Recurrence(rule, first, until, rest)
        return cleaned


class MoveForm(StretchForm):
    """Where and when it takes place instead; a drag fills it in."""

    prefilled = ("room", "day", "starts", "ends")
    room = forms.ModelChoiceField(
        Room.objects.none(), label=ONE_ROOM, to_field_name="code", empty_label=None
    )
    following = forms.BooleanField(label=_("这个系列后面的会议一起改"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Meeting = self.target
        self.fields["room"].queryset = bookable(self.actor)  # type: ignore[attr-defined]
        if meeting and not meeting.series_id:
            del self.fields["following"]
        for name, value in _as_is(meeting).items() if meeting else ():
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        room = cleaned.get("room")
        if room and self.target and (problem := crowd_problem(room, self.target.people)):
            self.add_error("room", problem)
        self.check_times(room, cleaned)
        return cleaned


def _as_is(meeting: Meeting) -> dict[str, str]:
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "room": meeting.room.code,
        "day": f"{start:%Y-%m-%d}",
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
    }


class ChangeForm(AgendaForm):
    """The same questions as when it was booked, with the answers of now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target:
            answers = _agenda_of(self.target) | _invited(self.target)
            self.initial = {**self.initial, **answers}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_people(self.target.room if self.target else None, cleaned)
        return cleaned


def _agenda_of(meeting: Meeting) -> dict[str, Any]:
    return {
        "subject": meeting.subject,
        "people": meeting.people,
        "note": meeting.note,
        "services": list(meeting.services.values_list("entry__code", flat=True)),
    }


def _invited(meeting: Meeting) -> dict[str, str]:
    """Who is invited, as the two boxes hold it."""
    invited = list(meeting.attendees.select_related("user"))
    usernames = (attendee.user.username for attendee in invited if attendee.user)
    emails = (attendee.email for attendee in invited if attendee.email)
    return {"attendees": "、".join(usernames), "emails": "\n".join(emails)}


class CancelMeetingForm(HouseForm):
    reason = forms.CharField(
        label=_("原因"), required=False, max_length=200, widget=forms.Textarea({"rows": 2})
    )
    following = forms.BooleanField(label=_("这个系列后面的会议一起取消"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target and not self.target.series_id:
            del self.fields["following"]


class DeclineForm(HouseForm):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea({"rows": 2}))


class FreeRoomForm(StretchForm):
    """When, for how many, with what: which rooms are free then."""

    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=2000, initial=4)
    features = forms.ModelMultipleChoiceField(
        RoomFeature.objects.none(),
        label=_("要有"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["features"].queryset = RoomFeature.objects.all()  # type: ignore[attr-defined]


def next_half_hour(at: datetime) -> dict[str, str]:
    """The hour that a StretchForm begins with where nobody has said which."""
    local = timezone.localtime(at)
    half = timedelta(minutes=30 if local.minute < 30 else 60)
    start = local.replace(minute=0, second=0, microsecond=0) + half
    end = start + timedelta(hours=1)
    return {"day": f"{start:%Y-%m-%d}", "starts": f"{start:%H:%M}", "ends": f"{end:%H:%M}"}
