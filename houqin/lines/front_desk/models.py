"""What the front desk keeps for others: parcels until they are fetched, lost things until claimed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.flow import SYSTEM, Audience, Flow, Flowing, Start, Step
from houqin.kernel.people.models import User, holders
from houqin.kernel.places.models import Place
from houqin.lines.front_desk.access import RUNS_DESK

RECIPIENT, OWNER, COLLEAGUE = "recipient", "owner", "colleague"


class ParcelQuerySet(models.QuerySet["Parcel"]):
    def visible_to(self, user: User) -> ParcelQuerySet:
        """One's own; whoever runs the desk sees those of their places."""
        if not user.pk:
            return self.none()
        return self.filter(Q(recipient__in=user.faces) | user.reach(RUNS_DESK, place="place"))

    def waiting(self) -> ParcelQuerySet:
        return self.filter(status=Parcel.Status.WAITING)

    def overdue(self, at: datetime) -> ParcelQuerySet:
        """Those that nobody has fetched in the days for which they are kept."""
        return self.waiting().filter(return_at__lte=at)

    def with_all(self) -> ParcelQuerySet:
        return self.select_related("recipient", "collector", "place")


class Parcel(Flowing):
    """快递: a delivery that the front desk keeps until somebody fetches it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("待领取")
        HANDED_OUT = "handed_out", _("已领取")
        RETURNED = "returned", _("已退回")

    TONES = {"waiting": "hold", "handed_out": "done", "returned": "back"}
    RELATIONS: ClassVar = {RECIPIENT: _("收件人")}
    FLOW = Flow(
        {  # from, to, by, event, whom to tell
            "hand_out": Step(
                {Status.WAITING}, Status.HANDED_OUT, RUNS_DESK, "handed_out", {RECIPIENT}
            ),
            "send_back": Step(
                {Status.WAITING}, Status.RETURNED, RUNS_DESK | {SYSTEM}, "returned", {RECIPIENT}
            ),
        },
        kind="parcel",
        starts={"receive": Start(Status.WAITING, "received", {RECIPIENT})},
        tells={"collected": {RECIPIENT}, "unfetched": {RECIPIENT}},
        audiences={
            RECIPIENT: Audience(
                lambda parcel, event: [parcel.recipient] if parcel.recipient else []
            )
        },
    )

    number = models.CharField(_("编号"), max_length=20, unique=True)
    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("收件人")
    )
    outsider = models.CharField(
        _("外来收件人"), max_length=40, blank=True, help_text=_("不是本单位的人，写姓名和单位")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("存放处"))
    carrier = models.CharField(_("快递公司"), max_length=40)
    tracking_number = models.CharField(_("快递单号"), max_length=40, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    received_at = models.DateTimeField(_("收件时间"))
    return_at = models.DateTimeField(_("保管到"))
    # Only whoever the parcel is for is shown it.
    code = models.CharField(max_length=6, editable=False)
    collector = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("代领人")
    )
    signed_name = models.CharField(_("签收"), max_length=40, blank=True)
    closed_at = models.DateTimeField(_("领走或退回"), null=True)

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("快递")
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient=None) & ~Q(outsider="")
                | Q(recipient__isnull=False, outsider=""),
                name="parcel_is_for_a_colleague_or_an_outsider",
                violation_error_message=_("收件人填一位：同事，或者外来收件人。"),
                violation_error_code="recipient",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") ^ Q(closed_at__isnull=False),
                name="parcel_waits_or_is_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "return_at"]),
            models.Index(fields=["recipient", "status"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def addressee(self) -> str:
        """Whom it is for, as the desk calls them."""
        return str(self.recipient or self.outsider)

    @property
    def title(self) -> str:
        return f"{self.addressee} · {self.carrier}"

    def get_absolute_url(self) -> str:
        return reverse("front_desk:parcel", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        roles: set[str] = user.roles_at(self.place) & RUNS_DESK
        return roles | ({RECIPIENT} if self.recipient_id in user.faces else set())


class LostThingQuerySet(models.QuerySet["LostThing"]):
    def visible_to(self, user: User) -> LostThingQuerySet:
        """Everybody sees what is looking for its owner; what is settled, the owner and the desk."""
        if not user.pk:
            return self.none()
        runs = user.reach(RUNS_DESK, place="place")
        return self.filter(Q(status=LostThing.Status.FOUND) | Q(owner__in=user.faces) | runs)

    def kept(self) -> LostThingQuerySet:
        """Those that the desk still has."""
        return self.filter(status__in=LostThing.KEPT)

    def with_all(self) -> LostThingQuerySet:
        return self.select_related("owner", "place", "found_in")


class LostThing(Flowing):
    """失物: what somebody found and brought to the front desk."""

    class Status(models.TextChoices):
        FOUND = "found", _("招领中")
        CLAIMED = "claimed", _("待核对")
        HANDED_OVER = "handed_over", _("已归还")
        DISPOSED = "disposed", _("已处置")

    KEPT = frozenset({Status.FOUND, Status.CLAIMED})
    TONES = {"claimed": "hold", "handed_over": "done", "disposed": "back"}
    RELATIONS: ClassVar = {OWNER: _("认领人"), COLLEAGUE: _("同事")}
    FLOW = Flow(
        {  # from, to, by, event, whom to tell
            "claim": Step({Status.FOUND}, Status.CLAIMED, {COLLEAGUE}, "claimed", {"desk"}),
            "keep_on": Step({Status.CLAIMED}, Status.FOUND, RUNS_DESK, "kept_on", {OWNER}),
            "hand_over": Step(KEPT, Status.HANDED_OVER, RUNS_DESK, "handed_over", {OWNER}),
            "dispose": Step({Status.FOUND}, Status.DISPOSED, RUNS_DESK, "disposed"),
        },
        kind="lost_thing",
        starts={"keep": Start(Status.FOUND, "found")},
        audiences={
            "desk": Audience(lambda thing, event: holders(RUNS_DESK, thing.place)),
            OWNER: Audience(lambda thing, event: [thing.owner] if thing.owner else []),
        },
    )

    number = models.CharField(_("编号"), max_length=20, unique=True)
    title = models.CharField(
        _("是什么"), max_length=60, help_text=_("大家都看得到，例如：黑色雨伞")
    )
    marks = models.CharField(
        _("特征"), max_length=200, blank=True, help_text=_("只有前台看得到，认领时用来核对")
    )
    found_in = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("拾到的地方")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("存放处"))
    finder = models.CharField(_("拾到的人"), max_length=40, blank=True)
    status = models.CharField(
        _("状态"), max_length=12, choices=Status, default=Status.FOUND, editable=False
    )
    found_at = models.DateTimeField(_("登记时间"))
    dispose_at = models.DateTimeField(_("招领到"))
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("认领人")
    )
    # By what the claimer knows it: for the desk alone, as the next one might repeat it.
    claim_note = models.CharField(_("认领说明"), max_length=200, blank=True)
    signed_name = models.CharField(_("签收"), max_length=40, blank=True)
    closed_at = models.DateTimeField(_("归还或处置"), null=True)

    objects = LostThingQuerySet.as_manager()

    class Meta:
        verbose_name = _("失物")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="claimed", owner__isnull=False) | ~Q(status="claimed"),
                name="lost_thing_is_claimed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("found", "claimed")) ^ Q(closed_at__isnull=False),
                name="lost_thing_is_kept_or_closed",
            ),
        ]
        indexes = [models.Index(fields=["status", "-found_at"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("front_desk:lost_thing", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        roles: set[str] = (user.roles_at(self.place) & RUNS_DESK) | {COLLEAGUE}
        return roles | ({OWNER} if self.owner_id in user.faces else set())
