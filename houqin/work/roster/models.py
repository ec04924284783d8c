"""Who is there when: patterns of shifts, shifts, swaps of shifts, and the calendars that show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.flow import SYSTEM, Audience, Flow, Flowing, Start, Step
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.models import schedule_at
from houqin.shared.bookings.models import Booking, BookingQuerySet
from houqin.work.teams.models import Member, Team

RUNS_ROSTER = {Role.MANAGER, Role.LEAD}
ALL_SIDES = frozenset({"asker", "colleague", "leads"})  # of a swap
SEES_ROSTER = RUNS_ROSTER | {Role.COORDINATOR, Role.DUTY}
ROSTER = timedelta(
    days=14
)  # on either side of a moment, for which a team plans ahead if it plans at all


# The patterns that a house begins with have English words; its own are said as they are.
FIRST_PATTERNS = (
    _("早"), _("早班"), _("白"), _("白班"), _("晚"), _("晚班"), _("夜"), _("夜班"), _("值"), _("值班"),
)  # fmt: skip


TAKEN = _("已有班次用了它，请换一个。")


class ShiftPatternQuerySet(models.QuerySet["ShiftPattern"]):
    def visible_to(self, user: User) -> ShiftPatternQuerySet:
        """For whoever has signed in; the pages ask for the role."""
        return self if user.pk else self.none()

    def with_all(self) -> ShiftPatternQuerySet:
        return self


class ShiftPattern(models.Model):
    """班次: the hours that one click puts into the roster; one that does not end after its start ends a day
    later."""

    letter = models.CharField(
        _("简称"),
        max_length=2,
        unique=True,
        help_text=_("格子里显示的字，一两个字"),
        error_messages={"unique": TAKEN},
    )
    name = models.CharField(_("班次"), max_length=20, unique=True, error_messages={"unique": TAKEN})
    starts = models.TimeField(_("开始"))
    ends = models.TimeField(_("结束"), help_text=_("不晚于开始的，算到第二天"))
    on_call = models.BooleanField(_("值班（紧急需求通知值班人）"), default=False)
    active = models.BooleanField(_("状态"), default=True)

    objects = ShiftPatternQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "班次")
        ordering = ["on_call", "starts", "pk"]

    def __str__(self) -> str:
        return _now(self.name)

    @property
    def mark(self) -> str:
        """The letter as it stands in the cells of the roster; a house's own letters are said as they are."""
        return _now(self.letter)

    def hours(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    def on(self, day: date) -> tuple[datetime, datetime]:
        """When the shift of `day` begins and ends, in the zone of the house."""
        last = day + timedelta(days=self.ends <= self.starts)
        return _moment(day, self.starts), _moment(last, self.ends)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())


class ShiftQuerySet(BookingQuerySet["Shift"]):
    def visible_to(self, user: User) -> ShiftQuerySet:
        """One's own, those of one's teams, and those at places whose roster one sees."""
        if not user.pk:
            return self.none()
        mates = Member.objects.filter(team__crew__user=user).values("user")
        return self.filter(
            Q(user=user) | Q(user__in=mates) | user.reach(SEES_ROSTER, place="place")
        )

    def mine(self, user: User) -> ShiftQuerySet:
        return self.filter(user=user)


class Shift(Booking):
    """Who works when; `on_call` is the duty officer who is paged for what is urgent.

    Two shifts of one person never overlap, and neither do two times on call; to be on call during a shift is
    usual.
    """

    EXCLUSIVE = ("user", "on_call")

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    pattern = models.ForeignKey(ShiftPattern, models.SET_NULL, null=True, related_name="+")
    on_call = models.BooleanField(default=False)

    objects = ShiftQuerySet.as_manager()

    class Meta(Booking.Meta):
        indexes = [
            models.Index(fields=["ends_at", "starts_at"]),
            models.Index(fields=["user", "ends_at"]),
        ]

    def __str__(self) -> str:
        first, last = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{first:%m-%d} {self.mark} {first:%H:%M}–{last:%H:%M}"

    @property
    def mark(self) -> str:
        if self.pattern:
            return self.pattern.mark
        return _now("值") if self.on_call else _now("班")


def duty_officers(place: Place, at: datetime) -> list[User]:
    """Who is on call at `place` at `at`: the shift that covers the place or anything above it."""
    covering = Shift.objects.at(at).filter(on_call=True, place__path__in=place.ancestor_paths())
    return [shift.user for shift in covering.select_related("user").order_by("-place__depth", "pk")]


def rostered(at: datetime) -> frozenset[int]:
    """The teams that keep a roster: anybody of theirs has a shift, times on call apart, within two weeks of
    `at`."""
    near = Shift.objects.between(at - ROSTER, at + ROSTER).filter(on_call=False).order_by()
    return frozenset(
        Member.objects.filter(user__in=near.values("user")).values_list("team", flat=True)
    )


def business_hours(place: Place, at: datetime) -> tuple[datetime, datetime] | None:
    """The opening and the close of business at `place` on the day of `at`, if it is a working day."""
    timetable = schedule_at(place).timetable()
    spans = timetable.intervals(timetable.local_date(at))
    return (spans[0][0], spans[-1][1]) if spans else None


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, user: User) -> SwapQuerySet:
        """Those one asked for or was asked for, and those of a roster that one runs."""
        if not user.pk:
            return self.none()
        runs = user.reach(RUNS_ROSTER, place="shift__place")
        return self.filter(Q(asker=user) | Q(colleague=user) | runs)

    def open(self) -> SwapQuerySet:
        return self.filter(status__in=(Swap.Status.ASKED, Swap.Status.AGREED))

    def with_all(self) -> SwapQuerySet:
        return self.select_related(
            "asker", "colleague", "shift__pattern", "shift__place", "back__pattern", "back__place"
        )


class Swap(Flowing):
    """换班: `asker` gives `shift` to `colleague`, for `back` in exchange or for nothing."""

    class Status(models.TextChoices):
        ASKED = "asked", _("等同事答复")
        AGREED = "agreed", _("等班组长批准")
        DONE = "done", _("已换班")
        DECLINED = "declined", _("同事不换")
        REFUSED = "refused", _("未批准")
        WITHDRAWN = "withdrawn", _("已撤回")

    TONES = {"done": "done", "agreed": "doing", "declined": "back", "refused": "back"}
    RELATIONS = {"asker": _("申请人"), "colleague": _("被问的同事")}
    FLOW = Flow(
        {  # from, to, by, event, whom to tell
            "agree": Step(
                {Status.ASKED}, Status.AGREED, {"colleague"}, "agreed", {"asker", "leads"}
            ),
            "decline": Step({Status.ASKED}, Status.DECLINED, {"colleague"}, "declined", ALL_SIDES),
            "approve": Step({Status.AGREED}, Status.DONE, RUNS_ROSTER | {SYSTEM}, "done", ALL_SIDES),
            "refuse": Step({Status.AGREED}, Status.REFUSED, RUNS_ROSTER, "refused", ALL_SIDES),
            "withdraw": Step(
                {Status.ASKED, Status.AGREED}, Status.WITHDRAWN, {"asker"}, "withdrawn"
            ),
            # The shift is gone.
            "lapse": Step({Status.ASKED, Status.AGREED}, Status.WITHDRAWN, {SYSTEM}, "withdrawn"),
        },
        kind="swap",
        starts={"ask": Start(Status.ASKED, "asked", {"colleague"})},
        audiences={
            "asker": Audience(lambda swap, event: [swap.asker]),
            "colleague": Audience(lambda swap, event: [swap.colleague]),
            "leads": Audience(lambda swap, event: holders({Role.LEAD}, swap.shift.place)),
        },
    )  # fmt: skip

    number = models.CharField(_("编号"), max_length=20, unique=True)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+", verbose_name=_("让出的班"))
    back = models.ForeignKey(
        Shift, models.CASCADE, null=True, related_name="+", verbose_name=_("换回的班")
    )
    asker = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("申请人"))
    colleague = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("同事"))
    given = models.CharField(max_length=120)  # the shifts in words, as they were when it was asked
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.ASKED, editable=False
    )
    at = models.DateTimeField()

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("换班")
        constraints = [
            models.CheckConstraint(condition=~Q(asker=F("colleague")), name="swap_needs_two"),
            models.UniqueConstraint(
                fields=["shift"],
                condition=Q(status__in=["asked", "agreed"]),
                name="shift_swapped_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["status", "-at"])]

    def __str__(self) -> str:
        return _now("换班：%(given)s") % {"given": self.given}

    def get_absolute_url(self) -> str:
        return reverse("roster:swap", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.shift.place) & set(RUNS_ROSTER)
        if user.pk == self.asker_id:
            roles |= {"asker"}
        if user.pk == self.colleague_id:
            roles |= {"colleague"}
        return roles

    def needs_approval(self) -> bool:
        """Whether a team of the asker's wants its lead to approve; without a team nobody else would know."""
        teams = Team.objects.filter(crew__user=self.asker_id)
        return not teams.exists() or teams.filter(swaps_need_approval=True).exists()


def crews_run_by(user: User) -> models.QuerySet[Team]:
    """The teams whose roster `user` keeps: those at home where `user` is a lead or manager."""
    return Team.objects.filter(user.reach(RUNS_ROSTER, place="place"), active=True)


def colleagues_of(user: User) -> models.QuerySet[User]:
    """Everybody who is in a team with `user`, active, by name."""
    shared = Member.objects.filter(user=OuterRef("pk"), team__crew__user=user)
    return (
        User.objects.filter(Exists(shared), is_active=True)
        .exclude(pk=user.pk)
        .order_by("name", "pk")
    )


def shifts_of(users: Iterable[int], start: datetime, end: datetime) -> ShiftQuerySet:
    """The shifts of these people in the stretch, with their patterns."""
    return (
        Shift.objects.between(start, end).filter(user__in=users).select_related("pattern", "place")
    )


@dataclass(frozen=True)
class PlannedShift:
    """One shift that shall be in the roster."""

    member: Member
    day: date
    pattern: ShiftPattern
