from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Category, Entry
from houqin.kernel.clock.models import Grade
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.ui.fields.free_codes import FreeCodes
from houqin.work.teams.models import Skill

QUESTIONS: Final = 8
WORDS: Final = ("name", "hint", "default_grade", "skill_code")
CHECKS: Final = ("needs_approval", "photos_needed", "met_signs", "active")
KINDS: Final = [
    ("text", _("文字")),
    ("number", _("数字")),
    ("yesno", _("是或否")),
    ("choice", _("从几个里选")),
]
BETWEEN: Final = "、"  # as answers are shown; any comma divides them as well
DIVIDES: Final = re.compile(r"[、，,；;]")


class EntryForm(HouseForm):
    """An entry of the catalogue; cleans `entry` to the keyword arguments of `save_entry`. `target` is the one
    that is changed."""

    category = forms.ModelChoiceField(
        label=_("放在哪一类"), queryset=Category.objects.all(), empty_label=_("请选择")
    )
    name = forms.CharField(label=_("服务项"), max_length=60)
    hint = forms.CharField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("提需求的人在名称下面看到的一句话。"),
    )
    default_grade = forms.ChoiceField(
        label=_("默认分级"), choices=Grade.choices, widget=RadioTiles(grades=True)
    )
    skill_code = forms.ChoiceField(label=_("要什么工种"), required=False)
    steps = forms.CharField(
        label=_("标准步骤"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("一行一步，技师在手机上逐步打勾。"),
    )
    needs_approval = forms.BooleanField(
        label=_("受理前须审批"), required=False, help_text=_("由谁审批，在“审批链”里设。")
    )
    photos_needed = forms.BooleanField(label=_("完工须有前后照片"), required=False)
    met_signs = forms.BooleanField(label=_("完工须现场签字"), required=False)
    active = forms.BooleanField(
        label=_("可以选"), required=False, help_text=_("不勾选，提需求时就没有这一项。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skill: Any = self.fields["skill_code"]
        skill.choices = [
            ("", _now("不限")),
            *Skill.objects.visible_to(self.actor).order_by("pk").values_list("code", "name"),
        ]
        if self.target:
            del self.fields["category"]
        for nth in range(QUESTIONS):
            self._add_question(nth)

    def _add_question(self, nth: int) -> None:
        label = _now("问题 %(number)d") % {"number": nth + 1}
        values = {"number": nth + 1}
        self.fields[f"q{nth}_code"] = forms.SlugField(
            max_length=30, required=False, widget=forms.HiddenInput
        )
        self.fields[f"q{nth}_label"] = forms.CharField(
            label=label,
            max_length=60,
            required=False,
            widget=forms.TextInput({"aria-label": label}),
        )
        self.fields[f"q{nth}_kind"] = forms.ChoiceField(
            label=_("怎么答"),
            choices=KINDS,
            required=False,
            widget=forms.Select({"aria-label": _now("问题 %(number)d 怎么答") % values}),
        )
        self.fields[f"q{nth}_choices"] = forms.CharField(
            label=_("可选答案"),
            max_length=300,
            required=False,
            widget=forms.TextInput(
                {
                    "aria-label": _now("问题 %(number)d 可选的答案") % values,
                    "placeholder": _("甲、乙、丙"),
                }
            ),
        )
        self.fields[f"q{nth}_required"] = forms.BooleanField(label=_("必答"), required=False)

    def plain(self) -> list[BoundField]:
        return [
            field
            for field in self
            if not field.name.startswith(tuple(f"q{nth}_" for nth in range(QUESTIONS)))
        ]

    def question_rows(self) -> Iterator[dict[str, BoundField]]:
        for nth in range(QUESTIONS):
            yield {
                part: self[f"q{nth}_{part}"]
                for part in ("code", "label", "kind", "choices", "required")
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        fields = ("category", *WORDS, *CHECKS)
        entry: dict[str, Any] = {key: cleaned[key] for key in fields if key in cleaned}
        entry |= {"steps": self._steps(cleaned), "questions": list(self._questions(cleaned))}
        return cleaned | {"entry": entry}

    def _steps(self, cleaned: dict[str, Any]) -> list[str]:
        lines = cleaned.get("steps", "").splitlines()
        steps = [line.strip() for line in lines if line.strip()]
        if any(len(step) > 120 for step in steps):
            self.add_error("steps", _now("一步最多 120 个字，请写短一些或分成两步。"))
        return steps

    def _questions(self, cleaned: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The rows that are filled in; a new one gets a code that is free: old answers keep theirs."""
        codes = FreeCodes("q", (cleaned.get(f"q{nth}_code", "") for nth in range(QUESTIONS)))
        for nth in range(QUESTIONS):
            if label := cleaned.get(f"q{nth}_label", ""):
                kind = cleaned.get(f"q{nth}_kind") or "text"
                yield {
                    "code": codes.take(cleaned.get(f"q{nth}_code", "")),
                    "label": label,
                    "kind": kind,
                    "choices": self._choices(nth, cleaned) if kind == "choice" else [],
                    "required": cleaned.get(f"q{nth}_required", False),
                }

    def _choices(self, nth: int, cleaned: dict[str, Any]) -> list[str]:
        typed = DIVIDES.split(cleaned.get(f"q{nth}_choices", ""))
        choices = [choice.strip() for choice in typed if choice.strip()]
        if len(set(choices)) < 2:
            self.add_error(f"q{nth}_choices", _now("请写出至少两个答案，用顿号隔开。"))
        return choices


def initial_of(entry: Entry | None) -> dict[str, Any]:
    """The form filled in as `entry` stands."""
    if entry is None:
        return {"default_grade": Grade.ROUTINE, "active": True}
    initial: dict[str, Any] = {field: getattr(entry, field) for field in (*WORDS, *CHECKS)}
    initial["steps"] = "\n".join(entry.steps)
    for nth, question in enumerate(entry.questions[:QUESTIONS]):
        initial |= _initial_question(nth, question)
    return initial


def _initial_question(nth: int, question: Mapping[str, Any]) -> dict[str, Any]:
    parts = ("code", "label", "kind", "required")
    initial = {f"q{nth}_{part}": question.get(part, "") for part in parts}
    return initial | {f"q{nth}_choices": BETWEEN.join(question.get("choices", ()))}
