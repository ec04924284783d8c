"""Files of demands on their way in; tables of the service desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.leases import Leased, LeasedQuerySet
from houqin.kernel.people.models import User


class ImportFileQuerySet(LeasedQuerySet["ImportFile"]):
    def visible_to(self, user: User) -> ImportFileQuerySet:
        """A file belongs to whoever brought it: it may hold more than the others may see."""
        return self.filter(uploaded_by=user) if user.pk else self.none()

    def without_content(self) -> ImportFileQuerySet:
        """For lists and pages: the bytes stay in the database."""
        return self.defer("content", "errors")


class ImportFile(Leased):
    """A file of demands on its way in: mapped, previewed, then taken whole or not at all."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("待对应列")
        READY = "ready", _("待导入")
        CHECKING = "checking", _("核对中")
        WRITING = "writing", _("写入中")
        DONE = "done", _("已导入")
        FAILED = "failed", _("有错误，未导入")

    LEASE = timedelta(minutes=5)
    UNDER_WAY = frozenset({Status.CHECKING, Status.WRITING})
    TONES = {"checking": "doing", "writing": "doing", "done": "done", "failed": "back"}

    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("文件"), max_length=120)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, default="")  # SHA-256 of `content`
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # our field → column name
    settings = models.JSONField(default=dict)  # time zone, entry and place for rows that name none
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)  # all errors; `errors` keeps the first of them
    errors = models.JSONField(default=list)  # [row number as the file counts, column, sentence]
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    rows: models.Manager[ImportedRow]
    objects = ImportFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("intake:import_file", args=[self.pk])

    @property
    def under_way(self) -> bool:
        return self.status in self.UNDER_WAY

    @property
    def changeable(self) -> bool:
        """Whether columns may still be matched again: before it is taken, and after it was refused."""
        return self.status in {self.Status.UPLOADED, self.Status.READY, self.Status.FAILED}

    def chosen(self, setting: str) -> Any:
        return self.settings.get(setting, "")


class ImportedRow(models.Model):
    """Which row of which file a demand came from; its constraints keep a row from coming in twice."""

    file = models.ForeignKey(ImportFile, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()
    external = models.CharField(_("外部编号"), max_length=80, blank=True, db_index=True)
    demand = models.OneToOneField("demands.Demand", models.PROTECT, related_name="imported_as")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "row"], name="row_comes_in_once")]
