from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.flow import Flowing
from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.related import beside, related
from houqin.platform.files.models import Attachment
from houqin.shared.approvals.flow import FLOW, LIVE, OVERSEES, ApprovalStatus
from houqin.shared.approvals.kinds import KINDS, StepRule


class Chain(models.Model):
    """审批链: who is asked, in order, for the things that fit. What is left empty fits all; of the chains
    that fit, the first by position counts. An approval copies the steps when it begins."""

    kind = models.CharField(_("审批什么"), max_length=30)
    name = models.CharField(_("名称"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("先后"), default=10)
    active = models.BooleanField(_("启用"), default=True)
    min_fen = models.PositiveBigIntegerField(default=0)
    below_fen = models.PositiveBigIntegerField(null=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地点")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name=_("部门")
    )
    category = models.CharField(_("类别"), max_length=40, blank=True)
    steps = models.JSONField(default=list)  # of StepRule

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(below_fen=None) | Q(below_fen__gt=F("min_fen")), name="chain_has_range"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return KINDS.label(self.kind)

    @property
    def category_label(self) -> str:
        known = dict(KINDS[self.kind].categories()) if self.kind in KINDS else {}
        return str(known.get(self.category, self.category))

    @property
    def rules(self) -> list[StepRule]:
        return [StepRule(**step) for step in self.steps]


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, user: User) -> ApprovalQuerySet:
        """Those that one asked for, owns, was asked about, or oversees."""
        if not user.pk:
            return self.none()
        if user.holds_everywhere(OVERSEES):
            return self.all()
        asked = Exists(Turn.objects.filter(approval=OuterRef("pk"), user__in=user.faces))
        own = Q(requester__in=user.faces) | Q(owner__in=user.faces)
        return self.filter(own | asked | user.reach(OVERSEES, place="place"))

    def of(self, subject: models.Model) -> ApprovalQuerySet:
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk)

    def live(self) -> ApprovalQuerySet:
        return self.filter(status__in=LIVE)

    def waiting_for(self, user: User) -> ApprovalQuerySet:
        """Those whose open step waits for `user`, or for somebody `user` stands in for."""
        turns = Turn.objects.waiting().filter(approval=OuterRef("pk"), user__in=user.faces)
        mine = Exists(turns.filter(lap=OuterRef("lap")))
        return self.filter(mine, status=ApprovalStatus.RUNNING).exclude(
            Q(owner=user.pk) | Q(requester=user.pk)
        )

    def begun_by(self, user: User) -> ApprovalQuerySet:
        return self.filter(Q(requester__in=user.faces) | Q(owner__in=user.faces))

    def stranded(self) -> ApprovalQuerySet:
        """Those whose open step found nobody who may approve."""
        return self.filter(status=ApprovalStatus.RUNNING, stuck=True)

    def settled_by(self, user: User) -> ApprovalQuerySet:
        return self.filter(Exists(Turn.objects.filter(approval=OuterRef("pk"), by=user.pk)))

    def with_all(self) -> ApprovalQuerySet:
        """What a row of a list shows, in a constant number of queries."""
        turns = beside("turns", Turn.objects.select_related("user").order_by("pk"))
        return self.select_related("requester", "owner", "place").prefetch_related(turns)


class Approval(Flowing):
    """审批: whether something may be done, asked step by step. It keeps the facts that were shown and
    their digest, and the steps of the chain as they were when it began."""

    Status = ApprovalStatus
    TONES = {
        "running": "doing",
        "returned": "back",
        "approved": "done",
        "rejected": "back",
        "withdrawn": "back",
        "void": "back",
    }
    RELATIONS = {
        "requester": _("送审人"),
        "owner": _("申请人"),
        "approver": _("审批人"),
        "asked": _("审批过的人"),
    }
    FLOW = FLOW

    number = models.CharField(_("编号"), max_length=20, unique=True)
    kind = models.CharField(_("审批什么"), max_length=30)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    title = models.CharField(_("内容"), max_length=120)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    requester = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("送审人"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地点")
    )
    amount_fen = models.PositiveBigIntegerField(_("金额"), null=True)
    category = models.CharField(max_length=40, blank=True)
    shown = models.JSONField(default=dict)  # the facts, by the keys of the kind
    digest = models.CharField(max_length=64)  # SHA-256 over what was shown, and the amount
    chain = models.ForeignKey(Chain, models.PROTECT, null=True, related_name="+")
    steps = models.JSONField(default=list)  # of StepRule, as they were
    step = models.PositiveSmallIntegerField(default=0)  # the open one, counted from 0
    lap = models.PositiveSmallIntegerField(default=0)  # how often a step was opened
    stuck = models.BooleanField(default=False)  # nobody may be asked at the open step
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=ApprovalStatus,
        default=ApprovalStatus.RUNNING,
        editable=False,
    )
    asked_at = models.DateTimeField(_("送审时间"))
    ended_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id"],
                condition=Q(status__in=["running", "returned"]),
                name="one_live_approval_of_a_kind",
            )
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["status", "-asked_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("approvals:approval", args=[self.number])

    @property
    def kind_label(self) -> str:
        return KINDS.label(self.kind)

    @property
    def rules(self) -> list[StepRule]:
        return [StepRule(**step) for step in self.steps]

    @property
    def own(self) -> frozenset[int]:
        """Who must not approve it."""
        return frozenset({self.owner_id, self.requester_id})

    def roles_of(self, user: User) -> set[str]:
        roles = user.roles_at(self.place) & set(OVERSEES)
        if self.requester_id in user.faces:
            roles |= {"requester"}
        if self.owner_id in user.faces:
            roles |= {"owner"}
        turns = [turn for turn in related(self, "turns") if turn.user_id in user.faces]
        if turns:
            roles |= {"asked"}
        if user.pk not in self.own and any(turn.waits(self) for turn in turns):
            roles |= {"approver"}
        return roles

    def waiting_names(self) -> list[str]:
        """Whom the open step waits for; reads prefetched turns."""
        return [str(turn.user) for turn in related(self, "turns") if turn.waits(self)]


class TurnQuerySet(models.QuerySet["Turn"]):
    def waiting(self) -> TurnQuerySet:
        return self.filter(verdict=Turn.Verdict.WAITING)


class Turn(models.Model):
    """One person's part in one step. `must` is who was added or put in: the step does not go on without."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("待审批")
        APPROVED = "approved", _("同意")
        REJECTED = "rejected", _("不同意")
        SENT_BACK = "sent_back", _("退回")
        DELEGATED = "delegated", _("转交")
        SKIPPED = "skipped", _("不再需要")

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="turns")
    step = models.PositiveSmallIntegerField()
    lap = models.PositiveSmallIntegerField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    must = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.WAITING)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # or who stood in
    comment = models.TextField(blank=True)
    signed_name = models.CharField(max_length=60, blank=True)
    signature = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    at = models.DateTimeField(null=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "lap", "user"],
                condition=Q(verdict="waiting"),
                name="asked_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(verdict="waiting"), name="turn_waiting")
        ]

    def waits(self, approval: Approval) -> bool:
        return (
            approval.status == ApprovalStatus.RUNNING
            and self.lap == approval.lap
            and self.verdict == self.Verdict.WAITING
        )


def digest_of(facts: Mapping[str, str], amount_fen: int | None) -> str:
    """The fingerprint of what is approved."""
    whole: dict[str, Any] = {"facts": dict(facts), "amount_fen": amount_fen}
    return hashlib.sha256(
        json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    ).hexdigest()
