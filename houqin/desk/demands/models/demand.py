from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models.flow import FLOW, IN_HAND, OPEN, DemandStatus
from houqin.desk.demands.models.queryset import DemandQuerySet
from houqin.desk.demands.models.roles import SEES_DEMANDS
from houqin.kernel.addresses import address
from houqin.kernel.clock.models import Clocked, Grade, Standard
from houqin.kernel.flow import Flowing
from houqin.kernel.people.models import Department, Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.related import related
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Team


class Demand(Flowing, Clocked):
    """需求: what somebody needs from the department, and its way until it is signed for and rated."""

    Status = DemandStatus

    class Channel(models.TextChoices):
        WEB = "web", _("网页")
        HOTLINE = "hotline", _("热线")
        PAPER = "paper", _("纸单")
        SCAN = "scan", _("扫码")
        API = "api", _("接口")
        IMPORT = "import", _("导入")

    IN_HAND, OPEN = IN_HAND, OPEN
    UNDER_REVIEW = frozenset({DemandStatus.SUBMITTED, DemandStatus.DONE}) | IN_HAND
    TONES = {
        "pending": "hold",
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
    RELATIONS = {
        "requester": _("需求人"),
        "executor": _("执行人"),
        "watcher": _("关注人"),
    }
    FLOW = FLOW

    number = models.CharField(_("编号"), max_length=20, unique=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("服务项"))
    title = models.CharField(_("内容"), max_length=120)
    body = models.TextField(_("详细说明"), blank=True)
    answers = models.JSONField(default=dict, blank=True)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("地点"), db_index=False
    )
    requester = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("需求人"), db_index=False
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("部门"),
        db_index=False,
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
        _("状态"),
        max_length=12,
        choices=DemandStatus,
        default=DemandStatus.SUBMITTED,
        editable=False,
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
        verbose_name = _("需求")
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
            models.Index(fields=["place", "done_at", "round", "id"], name="request_done_at_place"),
            models.Index(fields=["department", "-submitted_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return address("demands:demand", self.number)

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.place) & set(SEES_DEMANDS)
        if user.heads:
            roles |= user.roles_over(self.department) & {Role.HEAD}
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
            order
            for order in related(self, "orders")
            if order.round == self.round and order.status not in gone
        ]
        return list(dict.fromkeys(str(order.executor or order.team) for order in current))

    def contact(self) -> tuple[str, str]:
        return self.asker, self.phone or self.requester.phone

    def brief(self) -> str:
        return self.body or self.title

    def kin(self) -> DemandQuerySet:
        return Demand.objects.filter(entry=self.entry_id)

    def dispatch_url(self) -> str:
        return address("demands:demand_verb", self.number, "dispatch")
