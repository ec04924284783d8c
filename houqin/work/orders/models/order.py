from __future__ import annotations

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
from houqin.work.orders.models.fault import FaultCode
from houqin.work.orders.models.subject import subject_models
from houqin.work.teams.models import Member, Skill, Team

RUNS_WORK = {Role.COORDINATOR, Role.MANAGER, Role.LEAD}
SEES_WORK = RUNS_WORK | {Role.DUTY, Role.FINANCE}


class WorkOrderQuerySet(models.QuerySet["WorkOrder"]):
    def visible_to(self, user: User) -> WorkOrderQuerySet:
        """Orders that `user` does, may grab with the team, or runs at the place."""
        if not user.pk:
            return self.none()
        own = Q(executor__in=user.faces) | _in_crew_of(user)
        return self.filter(own | user.reach(SEES_WORK, place="place"))

    def inner_to(self, user: User) -> WorkOrderQuerySet:
        """The visible ones whose inner notes `user` may read: all but those seen for their costs alone."""
        own = Q(executor__in=user.faces) | _in_crew_of(user)
        return self.filter(own | user.reach(SEES_WORK - {Role.FINANCE}, place="place"))

    def files_visible_to(self, user: User) -> WorkOrderQuerySet:
        """Whose photos `user` may open: orders that are visible, and those of a subject that is."""
        seen = Q(pk__in=self.visible_to(user).values("pk"))
        for model in subject_models():
            kind = ContentType.objects.get_for_model(model)
            subjects = model._default_manager.visible_to(user).values("pk")
            seen |= Q(subject_type=kind, subject_id__in=subjects)
        return self.filter(seen)

    def main(self) -> WorkOrderQuerySet:
        """What decides how the subject stands: helping hands do not."""
        return self.filter(help_of=None)

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
        WAITING = "waiting", _("待前序")
        OFFERED = "offered", _("待接单")
        ACCEPTED = "accepted", _("已接单")
        WORKING = "working", _("处理中")
        HELD = "held", _("已挂起")
        DONE = "done", _("已完工")
        HANDED_BACK = "handed_back", _("已退单")
        CANCELLED = "cancelled", _("已取消")

    OPEN = (Status.WAITING, Status.OFFERED, Status.ACCEPTED, Status.WORKING, Status.HELD)
    UNDER_WAY = frozenset({Status.ACCEPTED, Status.WORKING, Status.HELD})
    TONES = {
        "waiting": "hold",
        "accepted": "doing",
        "working": "doing",
        "held": "hold",
        "done": "done",
        "handed_back": "back",
    }
    ABOUT = "subject"  # where notices find the place and the urgency of an order
    FLOW = Flow(
        {  # verb                from                                      to              by
            "accept": Step({Status.OFFERED}, Status.ACCEPTED, {"executor", "crew"}),
            "hand_back": Step({Status.OFFERED, Status.ACCEPTED}, Status.HANDED_BACK, {"executor"}),
            "arrive": Step(
                {Status.ACCEPTED, Status.WORKING},
                Status.WORKING,
                {"executor"},
                when=lambda order: not order.arrived_by_code,
            ),
            "start": Step({Status.ACCEPTED}, Status.WORKING, {"executor"}),
            "tick": Step(
                {Status.WORKING}, None, {"executor"}, when=lambda order: bool(order.steps)
            ),
            "hold": Step({Status.ACCEPTED, Status.WORKING}, Status.HELD, {"executor"}),
            "resume": Step({Status.HELD}, Status.WORKING, {"executor"}),
            "hand_over": Step(
                {Status.OFFERED, Status.ACCEPTED, Status.WORKING, Status.HELD},
                Status.OFFERED,
                {"executor"},
            ),
            "ask_help": Step(
                UNDER_WAY, None, {"executor"}, when=lambda order: order.help_of_id is None
            ),
            "photograph": Step({Status.ACCEPTED, Status.WORKING, Status.HELD}, None, {"executor"}),
            "finish": Step({Status.WORKING}, Status.DONE, {"executor"}),
            "reassign": Step(
                {Status.OFFERED, Status.ACCEPTED, Status.HELD}, Status.OFFERED, RUNS_WORK
            ),
            "send_help": Step(
                UNDER_WAY, None, RUNS_WORK, when=lambda order: order.help_of_id is None
            ),
            "plan": Step(set(OPEN), None, RUNS_WORK),
            "release": Step({Status.WAITING}, Status.OFFERED, RUNS_WORK | {SYSTEM}),
            "cancel": Step({*OPEN, Status.HANDED_BACK}, Status.CANCELLED, RUNS_WORK | {SYSTEM}),
            "pass_on": Step(set(OPEN), None, {SYSTEM}),  # whoever had it leaves
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
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, related_name="+", verbose_name=_("工种")
    )
    # What the catalogue demanded when it was given out.
    photos_needed = models.BooleanField(
        default=False
    )  # before and after, before it can be finished
    met_signs = models.BooleanField(default=False)  # whoever is met at the place signs for it
    steps = models.JSONField(default=list, blank=True)  # what doing it takes, in order, as texts
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", verbose_name=_("班组")
    )
    executor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("执行人")
    )
    after = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followers"
    )  # begins when that is done
    help_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="helps"
    )  # what it lends a hand to
    help_wanted = models.CharField(
        _("求助"), max_length=200, blank=True
    )  # until somebody has been sent
    planned_from = models.DateTimeField(_("计划开始"), null=True)
    planned_to = models.DateTimeField(_("计划结束"), null=True)
    status = models.CharField(
        _("状态"), max_length=12, choices=Status, default=Status.OFFERED, editable=False
    )
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    arrived_by_code = models.BooleanField(default=False)  # scanned the code at the place
    done_at = models.DateTimeField(null=True)
    hold_stops = models.BooleanField(
        default=False
    )  # the reason of the present hold stops the clocks
    result = models.TextField(_("处理结果"), blank=True)
    symptom = models.ForeignKey(
        FaultCode, models.PROTECT, null=True, related_name="+", verbose_name=_("故障现象")
    )
    cause = models.ForeignKey(
        FaultCode, models.PROTECT, null=True, related_name="+", verbose_name=_("故障原因")
    )
    remedy = models.ForeignKey(
        FaultCode, models.PROTECT, null=True, related_name="+", verbose_name=_("处理措施")
    )
    met_name = models.CharField(_("现场接待人"), max_length=40, blank=True)
    labour_minutes = models.PositiveIntegerField(_("工时（分）"), default=0)
    outside_fen = models.PositiveBigIntegerField(_("外委费用（分）"), default=0)

    objects = WorkOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(executor__isnull=False),
                name="order_is_given_to_someone",
            ),
            models.CheckConstraint(
                condition=Q(planned_from=None, planned_to=None)
                | Q(planned_to__gt=F("planned_from")),
                name="order_plan_has_length",
            ),
        ]
        indexes = [
            models.Index(fields=["executor", "status"]),
            models.Index(fields=["team", "status"]),
            # Also holds whose work a subject is, which figures ask of very many.
            models.Index(
                fields=["subject_type", "subject_id", "id", "status", "team"],
                name="order_of_subject",
            ),
            models.Index(fields=["status", "place"]),
            models.Index(fields=["executor", "planned_from"]),
            models.Index(fields=["executor", "done_at"]),
            models.Index(fields=["executor", "accepted_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("orders:order", args=[self.number])

    @property
    def plan_url(self) -> str:
        return reverse("orders:order_verb", args=[self.number, "plan"])

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.place) & set(SEES_WORK)
        if self.executor_id in user.faces:
            roles |= {"executor"}
        crew = self.team.crew.filter(user__in=user.faces) if self.team else None
        if self.executor_id is None and crew is not None and crew.exists():
            roles |= {"crew"}
        return roles

    @staticmethod
    def may_be_left(step: str) -> bool:
        """Whether a standard step is marked as one that not every job needs."""
        return step.startswith(("（选做）", "(optional)"))

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
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="material_has_quantity")
        ]

    @property
    def cost_fen(self) -> int:
        return int((self.quantity * self.price_fen).to_integral_value(rounding="ROUND_HALF_UP"))


class StepDone(models.Model):
    """One standard step of the catalogue entry, ticked off on an order, in the words it had then."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="steps_done")
    code = models.SlugField(max_length=40)
    words = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "code"], name="step_done_once")]
