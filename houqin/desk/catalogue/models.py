"""The service catalogue: what one can ask for, in lines and categories."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.lines import LINES, ServiceLine
from houqin.kernel.clock.models import Grade


class Category(models.Model):
    """A shelf of the catalogue; belongs to one line."""

    line_code = models.SlugField(max_length=30)
    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("类别"), max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return _now(self.name)


class Entry(models.Model):
    """One thing that can be asked for, with its typed questions and what doing it takes."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="entries")
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("服务项"), max_length=60)
    icon = models.CharField(max_length=40)
    hint = models.CharField(_("说明"), max_length=200, blank=True)
    skill_code = models.SlugField(max_length=30, blank=True)
    default_grade = models.CharField(
        _("默认分级"), max_length=10, choices=Grade, default=Grade.ROUTINE
    )
    photos_needed = models.BooleanField(_("完工须有前后照片"), default=False)
    questions = models.JSONField(default=list, blank=True)
    steps = models.JSONField(
        _("标准步骤"), default=list, blank=True
    )  # what doing it takes, in order, as texts
    needs_approval = models.BooleanField(_("受理前须审批"), default=False)
    met_signs = models.BooleanField(_("完工须现场签字"), default=False)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["category__position", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(default_grade__in=Grade.values), name="entry_grade_is_known"
            )
        ]

    def __str__(self) -> str:
        return _now(self.name)

    @property
    def line(self) -> ServiceLine | None:
        return LINES.get(self.category.line_code)

    def answered(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        """The questions with what was answered, in words; unanswered ones are left out."""
        return [
            (_now(question["label"]), _in_words(answers[question["code"]]))
            for question in self.questions
            if answers.get(question["code"]) not in (None, "")
        ]


def _in_words(answer: Any) -> str:
    """An answer as a person reads it; choices are stored in Chinese and said in the reader's language."""
    if isinstance(answer, bool):
        return _now("是") if answer else _now("否")
    return _now(answer) if isinstance(answer, str) else str(answer)


def sync_catalogue() -> None:
    """Put each registered line's categories and entries into the catalogue; edited rows stay as they are."""
    for position, line in enumerate(LINES.values()):
        for shelf, default in enumerate(line.categories):
            category, _created = Category.objects.get_or_create(
                code=default.code,
                defaults={
                    "line_code": line.code,
                    "name": default.name,
                    "position": position * 100 + shelf,
                },
            )
            for place, entry in enumerate(default.entries):
                values = {
                    "category": category,
                    "name": entry.name,
                    "icon": entry.icon,
                    "hint": entry.hint,
                    "skill_code": entry.skill,
                    "default_grade": entry.grade,
                    "position": place,
                    "photos_needed": entry.photos_needed,
                    "steps": list(entry.steps),
                    "needs_approval": entry.needs_approval,
                    "met_signs": entry.met_signs,
                    "questions": [question.as_json() for question in entry.questions],
                }
                Entry.objects.get_or_create(code=entry.code, defaults=values)
