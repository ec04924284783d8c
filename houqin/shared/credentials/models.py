"""Papers that expire: a licence, a certificate, a permit, held by a person, a thing, a firm or a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.shared.credentials.kinds import KINDS


class CredentialQuerySet(models.QuerySet["Credential"]):
    def visible_to(self, user: User) -> CredentialQuerySet:
        """Those that their kinds let `user` see."""
        seen = Q(pk__in=[])
        for kind in KINDS.values() if user.pk else ():
            seen |= Q(kind=kind.key) & kind.readers(user)
        return self.filter(seen)

    def of(self, holder: models.Model) -> CredentialQuerySet:
        return self.held_by(type(holder), [holder.pk])

    def held_by(self, model: type[models.Model], keys: Iterable[int]) -> CredentialQuerySet:
        """Those of many holders of one model; what was taken off the file is left out."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(holder_type=kind, holder_id__in=keys, ended_at=None)

    def longest_last(self) -> CredentialQuerySet:
        """By how long they are valid; one without an end is last of all."""
        return self.order_by(F("valid_until").asc(nulls_last=True), "pk")


class Credential(models.Model):
    """One paper. A renewed one is a row of its own; `remind_on` is the next day on which somebody is told."""

    kind = models.CharField(_("证照"), max_length=40)
    holder_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    holder_id = models.PositiveBigIntegerField()
    holder = GenericForeignKey("holder_type", "holder_id")
    number = models.CharField(_("证号"), max_length=60)
    issuer = models.CharField(_("发证机关"), max_length=80, blank=True)
    valid_from = models.DateField(_("有效期自"), null=True)
    valid_until = models.DateField(_("有效期至"), null=True)
    remind_on = models.DateField(null=True, db_index=True)
    ended_at = models.DateTimeField(null=True)  # taken off the file: mistyped, withdrawn

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=F("valid_from")),
                name="credential_has_length",
            )
        ]
        indexes = [models.Index(fields=["holder_type", "holder_id"])]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    @property
    def label(self) -> str:
        return str(KINDS[self.kind].label) if self.kind in KINDS else self.kind

    def valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)
