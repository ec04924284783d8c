from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, *targets: models.Model) -> EventQuerySet:
        """The events of `targets`, oldest first, with their actors."""
        chosen = models.Q(pk__in=[])
        for target in targets:
            kind = ContentType.objects.get_for_model(target)
            chosen |= models.Q(target_type=kind, target_id=target.pk)
        return self.filter(chosen).select_related("actor").order_by("at", "pk")


class Event(models.Model):
    """What happened, to what, by whom, when. Append-only: database triggers refuse change and removal.

    The timeline, the audit, statistics and notices all read it. `facts` holds plain JSON values only, of
    which `platform/audit_chain` hashes a canonical form.
    """

    at = models.DateTimeField()
    written_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    facts = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "at"]),
            models.Index(fields=["name", "at"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.target_type_id}:{self.target_id}"
