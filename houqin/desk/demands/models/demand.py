from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models.queryset import DemandQuerySet
from houqin.desk.demands.models.roles import SEES_DEMANDS, STAFF, TALKS
from houqin.kernel.clock.models import Clocked, Grade, Standard
from houqin.kernel.flow import SYSTEM, Flow, Flowing, Step
from houqin.kernel.people.models import Department, Role, User
from houqin.kernel.places.models import Place
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Team


class Demand(Flowing, Clocked):
    """需求: what somebody needs from the department, and its way until it is signed for and rated."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("待初审")
        RETURNED = "returned", _("待补充")
        REJECTED = "rejected", _("已驳回")
        CANCELLED = "cancelled", _("已取消")
        GRADED = "graded", _("待派工")
        DISPATCHED = "dispatched", _("已派工")
        RESPONDED = "responded", _("已接单")
        WORKING = "working", _("处理中")
        ON_HOLD = "on_hold", _("已挂起")
        DONE = "done", _("待验收")
        REWORK = "rework", _("返工")
        ACCEPTED = "accepted", _("已验收")
        CLOSED = "closed", _("已归档")
        MERGED = "merged", _("已并入")

    class Channel(models.TextChoices):
        WEB = "web", _("网页")
        HOTLINE = "hotline", _("热线")
        PAPER = "paper", _("纸单")
        SCAN = "scan", _("扫码")
        API = "api", _("接口")
        IMPORT = "import", _("导入")

    S = Status
    IN_HAND = frozenset({S.DISPATCHED, S.RESPONDED, S.WORKING, S.ON_HOLD, S.REWORK})
    OPEN = frozenset({S.SUBMITTED, S.RETURNED, S.GRADED, S.DONE}) | IN_HAND
    UNDER_REVIEW = frozenset({S.SUBMITTED, S.DONE}) | IN_HAND
    TONES = {
        "responded": "doing",
        "working": "doing",
        "on_hold": "hold",
        "returned": "back",
        "rework": "back",
        "rejected": "back",
        "merged": "back",
        "accepted": "done",
        "closed": "done",
    }
    FLOW = Flow(
        {  # verb             from                             to            by
            "grade": Step({S.SUBMITTED}, S.GRADED, STAFF),
            "confirm": Step(
                IN_HAND | {S.DONE}, None, STAFF, when=lambda demand: demand.graded_at is None
            ),
            "send_back": Step({S.SUBMITTED}, S.RETURNED, STAFF),
            "resubmit": Step({S.RETURNED}, S.SUBMITTED, {"requester"}),
            "resubmit_for": Step(
                {S.RETURNED}, S.SUBMITTED, STAFF, when=lambda demand: bool(demand.caller)
            ),
            "dispatch": Step(
                {S.SUBMITTED, S.GRADED} | IN_HAND,
                None,
                STAFF | {Role.LEAD, Role.DUTY, SYSTEM},
                when=lambda demand: demand.status != "submitted" or demand.claimed == Grade.URGENT,
            ),
            "regrade": Step(
                {S.GRADED} | IN_HAND, None, STAFF, when=lambda demand: demand.graded_at is not None
            ),
            "sign": Step({S.DONE}, S.ACCEPTED, {"requester", Role.HEAD}),
            "refuse": Step({S.DONE}, S.REWORK, {"requester", Role.HEAD}),
            # For a caller who has no account: on the phone, and the record says so.
            "sign_for": Step({S.DONE}, S.ACCEPTED, STAFF, when=lambda demand: bool(demand.caller)),
            "refuse_for": Step({S.DONE}, S.REWORK, STAFF, when=lambda demand: bool(demand.caller)),
            "rate": Step(
                {S.ACCEPTED, S.CLOSED},
                S.CLOSED,
                {"requester"},
                when=lambda demand: not demand.rated and demand.channel != "import",
            ),
            "comment": Step(set(S), None, TALKS),
            "copy": Step(set(S), None, {"requester", Role.HEAD, Role.LEAD} | STAFF),
            "leave": Step(set(S), None, {"watcher"}),
            "urge": Step({S.SUBMITTED, S.GRADED} | IN_HAND, None, {"requester"}),
            "supervise": Step(
                OPEN, None, {Role.MANAGER}, when=lambda demand: not demand.supervised
            ),
            "answer": Step(
                set(S), None, {Role.COORDINATOR, Role.LEAD}, when=lambda demand: demand.supervised
            ),
            "merge": Step({S.SUBMITTED, S.RETURNED, S.GRADED}, S.MERGED, STAFF),
            "withdraw": Step({S.SUBMITTED, S.RETURNED, S.GRADED}, S.CANCELLED, {"requester"}),
            "reject": Step({S.SUBMITTED}, S.REJECTED, STAFF),
            "cancel": Step({S.GRADED, S.RETURNED, S.DONE} | IN_HAND, S.CANCELLED, STAFF),
            # What the work orders bring about, and what time does.
            "orders_offered": Step({S.SUBMITTED, S.GRADED} | IN_HAND, S.DISPATCHED, {SYSTEM}),
            "orders_accepted": Step(IN_HAND | {S.GRADED}, S.RESPONDED, {SYSTEM}),
            "orders_working": Step(IN_HAND | {S.GRADED}, S.WORKING, {SYSTEM}),
            "orders_held": Step(IN_HAND | {S.GRADED}, S.ON_HOLD, {SYSTEM}),
            "orders_done": Step(IN_HAND | {S.GRADED}, S.DONE, {SYSTEM}),
            "orders_gone": Step(
                IN_HAND, S.GRADED, {SYSTEM}, when=lambda demand: demand.graded_at is not None
            ),
            "orders_gone_early": Step(
                IN_HAND, S.SUBMITTED, {SYSTEM}, when=lambda demand: demand.graded_at is None
            ),
            "pass_on": Step(OPEN, None, {SYSTEM}),  # whoever asked for it leaves
            "deem": Step({S.DONE}, S.ACCEPTED, {SYSTEM}),
            "archive": Step({S.ACCEPTED}, S.CLOSED, {SYSTEM}),
        }
    )

    number = models.CharField(_("编号"), max_length=20, unique=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("服务项"))
    title = models.CharField(_("内容"), max_length=120)
    body = models.TextField(_("详细说明"), blank=True)
    answers = models.JSONField(default=dict, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地点"))
    requester = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("需求人"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("部门")
    )
    caller = models.CharField(
        _("联系人"), max_length=40, blank=True
    )  # who has no account of their own
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    raised_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人")
    )
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel, default=Channel.WEB)
    claimed = models.CharField(_("自报分级"), max_length=10, choices=Grade)
    grade = models.CharField(_("分级"), max_length=10, choices=Grade)  # as claimed until reviewed
    standard = models.ForeignKey(
        Standard, models.PROTECT, related_name="+", verbose_name=_("服务标准")
    )
    wanted_at = models.DateTimeField(_("期望完成时间"), null=True, blank=True)
    status = models.CharField(
        _("状态"), max_length=12, choices=S, default=S.SUBMITTED, editable=False
    )
    round = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(_("提交时间"))
    graded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    rated = models.BooleanField(default=False)
    # Who had it in the system that it was imported from: figures by team count it there, while no work order
    # of ours says more.
    former_team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="+", verbose_name=_("班组")
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    urges = models.PositiveSmallIntegerField(default=0)  # how often the requester has urged (催办)
    urged_at = models.DateTimeField(null=True)
    # How often an order of it went to somebody else after it had been given out, or was handed back.
    reassigned = models.PositiveSmallIntegerField(default=0)
    supervised = models.BooleanField(default=False)  # a manager waits for an answer (督办)
    orders = GenericRelation(WorkOrder, "subject_id", "subject_type")

    objects = DemandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="request_grade_is_known"
            ),
            models.CheckConstraint(
                condition=Q(graded_at=None) | Q(graded_at__gte=F("submitted_at")),
                name="graded_after_submission",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | ~Q(status="merged") & Q(merged_into=None),
                name="merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "next_due_at"]),
            models.Index(fields=["next_due_at", "id"]),
            models.Index(fields=["requester", "-submitted_at"]),
            models.Index(fields=["-submitted_at", "-id"]),
            models.Index(fields=["place", "status"]),
            # These two hold what the figures of a period read, so that no row has to be looked up.
            models.Index(
                name="request_finished",
                fields=["done_at", "status", "channel", "submitted_at", "round"],
            ),
            models.Index(
                name="request_submitted",
                fields=[
                    "submitted_at",
                    "status",
                    "channel",
                    "reassigned",
                    "round",
                    "urges",
                    "supervised",
                    "place",
                ],
            ),
            models.Index(fields=["department", "-submitted_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("demands:demand", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.place) & set(SEES_DEMANDS) | user.roles_over(self.department) & {
            Role.HEAD
        }
        if self.requester_id in user.faces:
            roles |= {"requester"}
        works = Q(executor__in=user.faces) | Q(team__crew__user__in=user.faces)
        if WorkOrder.objects.of(self).filter(works).exists():
            roles |= {"executor"}
        if self.watchers.filter(user__in=user.faces).exists():
            roles |= {"watcher"}
        return roles

    @property
    def is_urgent(self) -> bool:
        return self.grade == Grade.URGENT

    @property
    def asker(self) -> str:
        """Who wants it, by name: the caller who has no account, or the requester."""
        return self.caller or self.requester.name

    def doers(self) -> list[str]:
        """Who does it in this round, each once; reads prefetched orders."""
        gone = {WorkOrder.Status.HANDED_BACK, WorkOrder.Status.CANCELLED}
        current = [
            one for one in self.orders.all() if one.round == self.round and one.status not in gone
        ]
        return list(dict.fromkeys(str(one.executor or one.team) for one in current))

    def contact(self) -> tuple[str, str]:
        return self.asker, self.phone or self.requester.phone

    def brief(self) -> str:
        return self.body or self.title

    def kin(self) -> DemandQuerySet:
        return Demand.objects.filter(entry=self.entry_id)

    def dispatch_url(self) -> str:
        return reverse("demands:demand_verb", args=[self.number, "dispatch"])
