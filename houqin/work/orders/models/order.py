from __future__ import annotations

from decimal import Decimal

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.addresses import address
from houqin.kernel.flow import SYSTEM, Flow, Flowing, Start, Step
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.orders.models.audiences import AUDIENCES
from houqin.work.orders.models.fault import FaultCode
from houqin.work.orders.models.queryset import WorkOrderQuerySet
from houqin.work.orders.models.roles import RUNS_WORK, SEES_WORK
from houqin.work.teams.models import Skill, Team


def _is_main(order: WorkOrder) -> bool:
    return order.help_of_id is None


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
    RELATIONS = {"executor": _("执行人"), "crew": _("班组成员")}
    FLOW = Flow(
        {  # from, to, by, event, whom to tell
            "accept": Step({Status.OFFERED}, Status.ACCEPTED, {"executor", "crew"}, "accepted"),
            "hand_back": Step(
                {Status.OFFERED, Status.ACCEPTED}, Status.HANDED_BACK, {"executor"}, "handed_back"
            ),
            "arrive": Step(
                {Status.ACCEPTED, Status.WORKING}, Status.WORKING, {"executor"}, "arrived",
                when=lambda order: not order.arrived_by_code,
            ),
            "start": Step({Status.ACCEPTED}, Status.WORKING, {"executor"}, "started"),
            "tick": Step(
                {Status.WORKING}, None, {"executor"}, "ticked", moves=False,
                when=lambda order: bool(order.steps),
            ),
            "hold": Step({Status.ACCEPTED, Status.WORKING}, Status.HELD, {"executor"}, "held"),
            "resume": Step({Status.HELD}, Status.WORKING, {"executor"}, "resumed"),
            "hand_over": Step(
                {Status.OFFERED} | UNDER_WAY, Status.OFFERED, {"executor"}, "handed_over", {"takers"}
            ),
            "ask_help": Step(
                UNDER_WAY, None, {"executor"}, "help_wanted", {"leads"}, when=_is_main
            ),
            "photograph": Step(UNDER_WAY, None, {"executor"}, "photographed", moves=False),
            "finish": Step({Status.WORKING}, Status.DONE, {"executor"}, "finished"),
            "reassign": Step(
                {Status.OFFERED, Status.ACCEPTED, Status.HELD}, Status.OFFERED, RUNS_WORK,
                "reassigned", {"takers", "loser"},
            ),
            "send_help": Step(UNDER_WAY, None, RUNS_WORK, "help_sent", when=_is_main),
            "plan": Step(set(OPEN), None, RUNS_WORK, "planned"),
            "release": Step(
                {Status.WAITING}, Status.OFFERED, RUNS_WORK | {SYSTEM}, "released", {"takers"}
            ),
            "cancel": Step(
                {*OPEN, Status.HANDED_BACK}, Status.CANCELLED, RUNS_WORK | {SYSTEM},
                "cancelled", {"takers"},
            ),
            # Whoever had it leaves.
            "pass_on": Step(set(OPEN), None, {SYSTEM}, "passed_on", {"takers", "loser"}),
        },
        kind="order",
        starts={
            "offer": Start(Status.OFFERED, "offered", {"takers"}),
            "queue": Start(Status.WAITING, "queued"),
        },
        audiences=AUDIENCES,
    )  # fmt: skip

    number = models.CharField(_("编号"), max_length=20, unique=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    round = models.PositiveSmallIntegerField(default=1)  # 2 and up: rework
    rework_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("任务"), max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地点"))
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, related_name="+", verbose_name=_("工种")
    )
    # What the catalogue demanded when it was given out; photos are taken before and after.
    photos_needed = models.BooleanField(default=False)
    met_signs = models.BooleanField(default=False)  # whoever is met at the place signs for it
    steps = models.JSONField(default=list, blank=True)  # what doing it takes, in order, as texts
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", verbose_name=_("班组"), db_index=False
    )
    executor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("执行人"), db_index=False
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
    hold_stops = models.BooleanField(default=False)  # the reason of the present hold stops clocks
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
    material_fen = models.PositiveBigIntegerField(
        _("材料费用（分）"), default=0
    )  # of its materials

    objects = WorkOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("工单")
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
            # Holds what figures of costs add up.
            models.Index(
                fields=[
                    "done_at",
                    "status",
                    "team",
                    "place",
                    "material_fen",
                    "outside_fen",
                    "labour_minutes",
                ],
                name="order_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return address("orders:order", self.number)

    @property
    def plan_url(self) -> str:
        return address("orders:order_verb", self.number, "plan")

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.place) & set(SEES_WORK)
        if self.executor_id in user.faces:
            roles |= {"executor"}
        crew = self.team.crew.filter(user__in=user.faces) if self.team else None
        if self.executor_id is None and crew is not None and crew.exists():
            roles |= {"crew"}
        return roles

    def takers(self) -> list[User]:
        """Who does it: its executor, or everybody in the team while nobody has taken it."""
        if self.executor:
            return [self.executor]
        return list(self.team.members.all()) if self.team else []

    @staticmethod
    def may_be_left(step: str) -> bool:
        """Whether a standard step is marked as one that not every job needs."""
        return step.startswith(("（选做）", "(optional)"))

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
        exact = Decimal(self.quantity) * self.price_fen
        return int(exact.to_integral_value(rounding="ROUND_HALF_UP"))


class StepDone(models.Model):
    """One standard step of the catalogue entry, ticked off on an order, in the words it had then."""

    order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="steps_done")
    code = models.SlugField(max_length=40)
    words = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "code"], name="step_done_once")]
