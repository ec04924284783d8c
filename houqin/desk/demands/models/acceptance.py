from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models.demand import Demand
from houqin.kernel.people.models import User
from houqin.platform.files.models import Attachment


class Acceptance(models.Model):
    """验收: the signature for one round, over exactly what was shown; or silence, marked as such (R2.7)."""

    class How(models.TextChoices):
        DRAWN = "drawn", _("手写签名")
        TYPED = "typed", _("键入姓名")
        DEEMED = "deemed", _("逾期视同验收")

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="acceptances")
    round = models.PositiveSmallIntegerField()
    how = models.CharField(_("方式"), max_length=8, choices=How)
    signer = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_name = models.CharField(_("签名"), max_length=60)
    signature = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    # Why somebody of the desk signed for a caller who has no account; empty when the requester did.
    on_behalf = models.CharField(_("代签说明"), max_length=200, blank=True)
    at = models.DateTimeField()
    content = models.TextField()  # canonical JSON of what was signed
    digest = models.CharField(max_length=64)  # SHA-256 over `content`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demand", "round"], name="one_acceptance_per_round")
        ]


class Rating(models.Model):
    """How it was, in the three dimensions of R2.8; silence leaves no row."""

    demand = models.OneToOneField(Demand, models.PROTECT, related_name="rating")
    speed = models.PositiveSmallIntegerField(_("响应速度"))
    attitude = models.PositiveSmallIntegerField(_("服务态度"))
    solution = models.PositiveSmallIntegerField(_("解决问题"))
    comment = models.TextField(_("评价"), blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(speed__range=(1, 5), attitude__range=(1, 5), solution__range=(1, 5)),
                name="stars_are_one_to_five",
            )
        ]
