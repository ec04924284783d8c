from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.platform.files.tags import Tag, tag_choices


class Blob(models.Model):
    """Bytes in the storage, named by their own SHA-256: the same content is kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    thumb = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(width=None, height=None) | Q(width__gt=0, height__gt=0),
                name="blob_has_both_sides_or_none",
            )
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        return f"blobs/{self.sha256[:2]}/{self.sha256}"

    @property
    def thumb_path(self) -> str:
        return f"thumbs/{self.sha256[:2]}/{self.sha256}.jpg"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, *targets: models.Model) -> AttachmentQuerySet:
        """What hangs on `targets`, oldest first, with the blobs and who brought them."""
        chosen = Q(pk__in=[])
        for target in targets:
            kind = ContentType.objects.get_for_model(target)
            chosen |= Q(target_type=kind, target_id=target.pk)
        return self.filter(chosen).select_related("blob", "uploaded_by").order_by("at", "pk")

    def photos(self) -> AttachmentQuerySet:
        """Those that can be drawn on a page."""
        return self.filter(blob__thumb=True)

    def others(self) -> AttachmentQuerySet:
        """Those that can only be downloaded."""
        return self.filter(blob__thumb=False)


class Attachment(models.Model):
    """One file as it hangs on one thing. Who may see the thing may see the file, and nobody else."""

    Tag = Tag

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    tag = models.CharField(_("类别"), max_length=10, choices=tag_choices)
    name = models.CharField(_("文件名"), max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id", "at"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.pk])

    @property
    def thumb_url(self) -> str:
        return reverse("attachment-thumb", args=[self.pk])

    @property
    def is_photo(self) -> bool:
        return self.blob.thumb

    def visible_to(self, user: User) -> bool:
        """Whether `user` sees the target. A target whose model has no `visible_to` is seen by nobody.

        Where a model's files may be seen by more people than its page, it says so in `files_visible_to`.
        """
        model = self.target_type.model_class()
        manager = model and model._default_manager
        scope = getattr(manager, "files_visible_to", None) or getattr(manager, "visible_to", None)
        return scope is not None and bool(scope(user).filter(pk=self.target_id).exists())
