"""Lists that went out of the house as workbooks, and files that came in; large ones on their way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.leases import Leased, LeasedQuerySet
from houqin.kernel.people.models import User
from houqin.platform.sheets.columns import CellProblem
from houqin.platform.sheets.registry import IMPORTS


class ExportQuerySet(LeasedQuerySet["Export"]):
    def visible_to(self, user: User) -> ExportQuerySet:
        """A workbook is for whoever asked for it: it holds what that person may see."""
        return self.filter(user=user) if user.pk else self.none()


class Export(Leased):
    """One workbook of a list. `content` is kept only for those that were made in the background, and only
    for a few days; that it was made stays."""

    LEASE = timedelta(minutes=10)

    class Status(models.TextChoices):
        WAITING = "waiting", _("生成中")
        DONE = "done", _("已生成")
        FAILED = "failed", _("没有生成")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=80)  # the key of the list
    query = models.TextField(blank=True)  # its view, filters and words, as in the address
    name = models.CharField(max_length=120)  # of the file
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    rows = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], condition=models.Q(status="waiting"), name="export_waiting")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("export", args=[self.pk])


class ImportFileQuerySet(LeasedQuerySet["ImportFile"]):
    def visible_to(self, user: User) -> ImportFileQuerySet:
        """A file belongs to whoever brought it: it may hold more than the others may see."""
        return self.filter(uploaded_by=user) if user.pk else self.none()

    def without_content(self) -> ImportFileQuerySet:
        """For lists and pages: the bytes stay in the database."""
        return self.defer("content", "errors")


class ImportFile(Leased):
    """A file on its way in: mapped, previewed, then taken whole or not at all."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("待对应列")
        READY = "ready", _("待导入")
        CHECKING = "checking", _("核对中")
        WRITING = "writing", _("写入中")
        DONE = "done", _("已导入")
        FAILED = "failed", _("有错误，未导入")
        UNDONE = "undone", _("已撤回")

    LEASE = timedelta(minutes=5)
    UNDER_WAY = frozenset({Status.CHECKING, Status.WRITING})
    TONES = {"checking": "doing", "writing": "doing", "done": "done", "failed": "back"}

    kind = models.CharField(max_length=60)  # the key of its declaration
    about = models.JSONField(default=dict)  # arguments of the address that it was brought to
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(_("文件"), max_length=120)
    content = models.BinaryField()
    digest = models.CharField(max_length=64, default="")  # SHA-256 of `content`
    sheet = models.CharField(max_length=120, blank=True)  # "" the first of the workbook
    head = models.PositiveIntegerField(default=0)  # the row of the heads, 0 the first with content
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # our column → its head in the file
    settings = models.JSONField(default=dict)  # what was chosen for the whole file
    leave_out = models.BooleanField(default=False)  # the good rows come in without the wrong ones
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)  # all errors; `errors` keeps the first of them
    errors = models.JSONField(default=list)  # a Problem each
    outcome = models.JSONField(default=dict)  # by sheet: {"new": 3, "changed": 1, "same": 0, …}
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(status__in=("checking", "writing")),
                name="import_under_way",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.url("_file")

    def url(self, step: str) -> str:
        """The address of one step of this import, "" of where files are brought."""
        own = {"pk": self.pk} if step else {}
        return reverse(f"{self.kind}_import{step}", kwargs={**self.about, **own})

    @property
    def urls(self) -> dict[str, str]:
        """The addresses of all steps, for templates."""
        steps = ("file", "columns", "preview", "start", "errors", "undo")
        return {"bring": self.url("")} | {step: self.url(f"_{step}") for step in steps}

    @property
    def declared(self) -> Any:
        return IMPORTS[self.kind]

    @property
    def problems(self) -> list[CellProblem]:
        return [CellProblem(*error) for error in self.errors]

    @property
    def under_way(self) -> bool:
        return self.status in self.UNDER_WAY

    @property
    def changeable(self) -> bool:
        """Whether columns may still be matched again: before it is taken, and after it was refused."""
        return self.status in {self.Status.UPLOADED, self.Status.READY, self.Status.FAILED}

    @property
    def counted(self) -> int:
        """How many rows changed something."""
        return sum(
            counts.get("new", 0) + counts.get("changed", 0) for counts in self.outcome.values()
        )

    @property
    def undoable(self) -> bool:
        """Whether all that it did can be taken back: what it changed has lost what was there before."""
        changed = any(counts.get("changed") for counts in self.outcome.values())
        done = self.status == self.Status.DONE
        return done and not changed and self.declared.undo is not None

    def chosen(self, setting: str) -> Any:
        return self.settings.get(setting, "")


class ImportedObject(models.Model):
    """What a row has added, for an import that can be taken back."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="objects_added")
    row = models.PositiveIntegerField()
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
