"""What the ways in keep besides the demand itself; tables of the service desk."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import WRITES_FOR_OTHERS
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: User) -> DraftQuerySet:
        return self.filter(user=user) if user.pk else self.none()


class Draft(models.Model):
    """草稿: what somebody began to ask for and has not sent; one for each catalogue entry, without photos."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    fields = models.JSONField(
        default=dict
    )  # name of the field → what was typed, as the browser sent it
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "entry"], name="one_draft_per_entry")
        ]

    def __str__(self) -> str:
        return self.fields.get("title") or str(self.entry)


class FavouriteQuerySet(models.QuerySet["Favourite"]):
    def visible_to(self, user: User) -> FavouriteQuerySet:
        """One's own and those that are offered to everybody."""
        return self.filter(Q(owner=user) | Q(shared=True)) if user.pk else self.none()


class Favourite(models.Model):
    """常用需求: what is asked for again and again, to be filled in with one tap."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    shared = models.BooleanField(_("给所有人用"), default=False)
    name = models.CharField(_("名称"), max_length=60)
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("内容"), max_length=120)
    body = models.TextField(_("详细说明"), blank=True)
    answers = models.JSONField(default=dict, blank=True)
    claimed = models.CharField(max_length=10, choices=Grade)
    at = models.DateTimeField()

    objects = FavouriteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="favourite_named_once")
        ]
        indexes = [models.Index(fields=["shared", "name"])]

    def __str__(self) -> str:
        return self.name


class PaperFormQuerySet(models.QuerySet["PaperForm"]):
    def visible_to(self, user: User) -> PaperFormQuerySet:
        """The tray is shared by all who write things down for others."""
        return self.all() if user.pk and user.role_codes() & WRITES_FOR_OTHERS else self.none()

    def waiting(self) -> PaperFormQuerySet:
        """What nobody has transcribed or put aside, the oldest first."""
        return self.filter(demand=None, discarded_at=None).order_by("pk")


class PaperForm(models.Model):
    """纸单: the scan of a form that was filled in by hand. It waits in the tray until somebody has
    transcribed it into a demand, to which the scan then belongs, or has put it aside."""

    name = models.CharField(_("文件"), max_length=120)
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dated = models.DateField(_("纸单日期"), null=True)
    demand = models.OneToOneField(
        "demands.Demand", models.PROTECT, null=True, related_name="paper_form"
    )
    discarded_at = models.DateTimeField(null=True)

    objects = PaperFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(demand=None) | Q(discarded_at=None),
                name="paper_is_transcribed_or_put_aside",
            ),
            models.CheckConstraint(
                condition=Q(demand=None) | Q(dated__isnull=False),
                name="transcribed_paper_has_its_date",
            ),
        ]
        indexes = [models.Index(fields=["demand", "discarded_at"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("channels:paper_form", args=[self.pk])
