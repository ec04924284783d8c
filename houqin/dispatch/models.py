from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.clock.models import Clock
from houqin.kernel.flow import SYSTEM, Flow, Flowing, Step
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place

RUNS_WORK = {Role.COORDINATOR, Role.MANAGER, Role.LEAD}
SEES_WORK = RUNS_WORK | {Role.DUTY, Role.FINANCE}


class Subject(Protocol):
    """What a work order is for. A request of the service desk is one; a duty or a finding may be.

    Its manager says `visible_to(user)`, and `with_all()` for what a row of a list shows of it.
    """

    pk: int
    number: str
    grade: str
    title: str
    clocks: Any

    def get_absolute_url(self) -> str: ...
    def contact(self) -> tuple[str, str]: ...  # whom to call: name, phone
    def brief(self) -> str: ...  # what was asked for, as it was asked


@cache
def subject_models() -> list[Any]:
    """Every model that keeps the protocol of Subject; none has to be named here."""
    return [model for model in apps.get_models() if hasattr(model, "contact") and hasattr(model, "brief")]


class Skill(models.Model):
    """A trade that an order may need: plumbing, electrical, HVAC …"""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("工种"), max_length=40)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A crew, our own or a contractor's, at home at one place."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", _("自有")
        CONTRACTOR = "contractor", _("外包")

    name = models.CharField(_("班组"), max_length=40, unique=True)
    kind = models.CharField(_("性质"), max_length=10, choices=Kind, default=Kind.INTERNAL)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("驻地"))
    members = models.ManyToManyField(User, through="Member", related_name="+")

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """Somebody in a team, with the trades they master."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="crew")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    skills = models.ManyToManyField(Skill, related_name="+", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="member_once")]


class Shift(models.Model):
    """Who works when; `on_call` is the duty officer who is paged for what is urgent."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    on_call = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_has_length")
        ]
        indexes = [models.Index(fields=["ends_at", "starts_at"]), models.Index(fields=["user", "ends_at"])]


class WorkOrderQuerySet(models.QuerySet["WorkOrder"]):
    def visible_to(self, user: User) -> WorkOrderQuerySet:
        """Orders that `user` does, may grab with the team, or runs at the place."""
        if not user.pk:
            return self.none()
        own = Q(executor__in=user.faces) | _in_crew_of(user)
        return self.filter(own | user.reach(SEES_WORK, place="place"))

    def files_visible_to(self, user: User) -> WorkOrderQuerySet:
        """Whose photos `user` may open: orders that are visible, and those of a subject that is."""
        seen = Q(pk__in=self.visible_to(user).values("pk"))
        for model in subject_models():
            kind = ContentType.objects.get_for_model(model)
            subjects = model._default_manager.visible_to(user).values("pk")
            seen |= Q(subject_type=kind, subject_id__in=subjects)
        return self.filter(seen)

    def mine(self, user: User) -> WorkOrderQuerySet:
        """What `user` has in hand or has done, and what waits for anybody of their team."""
        to_grab = Q(executor=None, status=WorkOrder.Status.OFFERED) & _in_crew_of(user)
        return self.filter(Q(executor__in=user.faces) | to_grab)

    def open(self) -> WorkOrderQuerySet:
        return self.filter(status__in=WorkOrder.OPEN)

    def of(self, subject: models.Model) -> WorkOrderQuerySet:
        """The orders that `subject` has led to, oldest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).order_by("pk")

    def by_clock(self) -> WorkOrderQuerySet:
        """With `due_at`, the nearest running due time of the subject, nearest first, undated last."""
        clocks = Clock.objects.filter(
            target_type=OuterRef("subject_type"),
            target_id=OuterRef("subject_id"),
            due_at__isnull=False,
            result=Clock.Result.RUNNING,
        )
        nearest = Subquery(clocks.order_by("due_at").values("due_at")[:1])
        return self.annotate(due_at=nearest).order_by(F("due_at").asc(nulls_last=True), "pk")

    def with_all(self) -> WorkOrderQuerySet:
        """What a row of a list shows, in a constant number of queries."""
        subjects = [model._default_manager.with_all() for model in subject_models()]
        return self.select_related("place", "executor", "team").prefetch_related(
            GenericPrefetch("subject", subjects)
        )


def _in_crew_of(user: User) -> Q:
    return Q(Exists(Member.objects.filter(team=OuterRef("team"), user__in=user.faces)))


class WorkOrder(Flowing):
    """工单: work given to a team or a person. Of its subject it copies nothing that may change."""

    class Status(models.TextChoices):
        OFFERED = "offered", _("待接单")
        ACCEPTED = "accepted", _("已接单")
        WORKING = "working", _("处理中")
        HELD = "held", _("已挂起")
        DONE = "done", _("已完工")
        HANDED_BACK = "handed_back", _("已退单")
        CANCELLED = "cancelled", _("已取消")

    OPEN = (Status.OFFERED, Status.ACCEPTED, Status.WORKING, Status.HELD)
    TONES = {"accepted": "doing", "working": "doing", "held": "hold", "done": "done", "handed_back": "back"}
    FLOW = Flow(
        {  # verb                from                                      to              by
            "accept": Step({Status.OFFERED}, Status.ACCEPTED, {"executor", "crew"}),
            "hand_back": Step({Status.OFFERED, Status.ACCEPTED}, Status.HANDED_BACK, {"executor"}),
            "start": Step({Status.ACCEPTED}, Status.WORKING, {"executor"}),
            "hold": Step({Status.ACCEPTED, Status.WORKING}, Status.HELD, {"executor"}),
            "resume": Step({Status.HELD}, Status.WORKING, {"executor"}),
            "photograph": Step({Status.ACCEPTED, Status.WORKING, Status.HELD}, None, {"executor"}),
            "finish": Step({Status.WORKING}, Status.DONE, {"executor"}),
            "reassign": Step({Status.OFFERED, Status.ACCEPTED, Status.HELD}, Status.OFFERED, RUNS_WORK),
            "cancel": Step({*OPEN, Status.HANDED_BACK}, Status.CANCELLED, RUNS_WORK | {SYSTEM}),
        }
    )

    number = models.CharField(_("编号"), max_length=20, unique=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    round = models.PositiveSmallIntegerField(default=1)  # 2 and up: rework
    rework_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("任务"), max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地点"))
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, related_name="+", verbose_name=_("工种"))
    photos_needed = models.BooleanField(default=False)  # before and after, before it can be finished
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("班组"))
    executor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("执行人"))
    status = models.CharField(
        _("状态"), max_length=12, choices=Status, default=Status.OFFERED, editable=False
    )
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    hold_stops = models.BooleanField(default=False)  # the reason of the present hold stops the clocks
    result = models.TextField(_("处理结果"), blank=True)
    labour_minutes = models.PositiveIntegerField(_("工时（分）"), default=0)
    outside_fen = models.PositiveBigIntegerField(_("外委费用（分）"), default=0)

    objects = WorkOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(executor__isnull=False), name="order_is_given_to_someone"
            ),
        ]
        indexes = [
            models.Index(fields=["executor", "status"]),
            models.Index(fields=["team", "status"]),
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["status", "place"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("dispatch:order", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.place) & set(SEES_WORK)
        if self.executor_id in user.faces:
            roles |= {"executor"}
        if self.executor_id is None and self.team and self.team.crew.filter(user__in=user.faces).exists():
            roles |= {"crew"}
        return roles

    @property
    def material_fen(self) -> int:
        """What the materials cost, in fen."""
        return sum(line.cost_fen for line in self.materials.all())

    @property
    def cost_fen(self) -> int:
        return self.material_fen + self.outside_fen


class Material(models.Model):
    """Something that was used up on an order."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="materials")
    name = models.CharField(_("材料"), max_length=80)
    quantity = models.DecimalField(_("数量"), max_digits=9, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=10)
    price_fen = models.PositiveBigIntegerField(_("单价（分）"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="material_has_quantity")]

    @property
    def cost_fen(self) -> int:
        return int((self.quantity * self.price_fen).to_integral_value(rounding="ROUND_HALF_UP"))


def duty_officers(place: Place, at: datetime) -> list[User]:
    """Who is on call at `place` at `at`: the shift that covers the place or anything above it."""
    covering = Shift.objects.filter(
        on_call=True, starts_at__lte=at, ends_at__gt=at, place__path__in=place.ancestor_paths()
    )
    return [shift.user for shift in covering.select_related("user").order_by("-place__depth", "pk")]
