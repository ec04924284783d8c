from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import STAFF, Demand
from houqin.kernel.flow import SYSTEM, Flow, Flowing, Step
from houqin.kernel.people.models import User


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def visible_to(self, user: User) -> CallBackQuerySet:
        """Those of demands that `user` reviews; whoever is called has no part in it."""
        return self.filter(user.reach(STAFF, place="demand__place"))

    def waiting(self) -> CallBackQuerySet:
        return self.filter(status=CallBack.Status.WAITING)

    def with_all(self) -> CallBackQuerySet:
        """What a row of a list shows, in a constant number of queries."""
        return self.select_related("demand__place", "demand__requester", "by")


class CallBack(Flowing):
    """回访: a closed demand whose requester is called and asked how it was (R2.8)."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("待回访")
        REACHED = "reached", _("已回访")
        UNREACHED = "unreached", _("未联系上")

    class Why(models.TextChoices):
        SAMPLE = "sample", _("抽样")
        RATED_LOW = "rated_low", _("差评")
        DEEMED = "deemed", _("视同验收")

    TONES = {"reached": "done", "unreached": "back"}
    FLOW = Flow(
        {  # from, to, by, event
            "miss": Step({Status.WAITING}, None, STAFF, "call_missed"),
            "reach": Step({Status.WAITING}, Status.REACHED, STAFF, "called_back"),
            "give_up": Step({Status.WAITING}, Status.UNREACHED, {SYSTEM}, "call_given_up"),
        },
        kind="demand",
        about=lambda call: call.demand,
    )

    number = models.CharField(_("编号"), max_length=20, unique=True)
    demand = models.OneToOneField(Demand, models.PROTECT, related_name="call_back")
    why = models.CharField(_("原因"), max_length=10, choices=Why)
    drawn_at = models.DateTimeField()
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.WAITING, editable=False
    )
    tries = models.PositiveSmallIntegerField(default=0)  # how often nobody answered
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("回访人")
    )
    called_at = models.DateTimeField(null=True)
    solved = models.BooleanField(_("问题解决了吗"), null=True)
    score = models.PositiveSmallIntegerField(_("总体满意"), null=True)
    remark = models.TextField(_("对方说的"), blank=True)
    improvement = models.TextField(_("要改进的"), blank=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("回访")
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(1, 5)),
                name="call_back_stars_are_one_to_five",
            ),
            models.CheckConstraint(
                condition=~Q(status="reached")
                | Q(
                    called_at__isnull=False,
                    by__isnull=False,
                    solved__isnull=False,
                    score__isnull=False,
                ),
                name="call_back_reached_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["status", "drawn_at"])]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        return self.demand.title

    def get_absolute_url(self) -> str:
        return reverse("callbacks:callback", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        return user.roles_at(self.demand.place) & set(STAFF)
