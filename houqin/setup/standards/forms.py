"""The form of one version of the service standard: twelve promised times and the reasons for a hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.clock.kinds import ClockKind, graded_kinds
from houqin.kernel.clock.models import Grade, Standard, UnitChoice
from houqin.kernel.clock.standards import DraftedReason, problems
from houqin.ui.fields import HouseForm, MomentField
from houqin.ui.fields.free_codes import FreeCodes

REASONS: Final = 8


class StandardForm(HouseForm):
    """Cleans `version` to the keyword arguments of `publish_standard`. `now` is the moment of the request,
    `target` the version that is being changed, if there is one."""

    name = forms.CharField(label=_("版本名称"), max_length=60)
    regulation = forms.CharField(label=_("依据的制度"), max_length=120)
    effective_from = MomentField(
        label=_("生效时间"), help_text=_("要在将来；之前提交的需求仍按提交时的标准计算。")
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.kinds = graded_kinds()
        for grade in Grade:
            for kind in self.kinds:
                self._add_promise(grade, kind)
        for nth in range(REASONS):
            self._add_reason(nth)

    def _add_promise(self, grade: Grade, kind: ClockKind) -> None:
        what = f"{grade.label}{kind.label}"
        self.fields[f"{grade}_{kind.code}_amount"] = forms.IntegerField(
            label=what, min_value=1, max_value=999, widget=forms.NumberInput({"aria-label": what})
        )
        self.fields[f"{grade}_{kind.code}_unit"] = forms.ChoiceField(
            label=_("单位"),
            choices=UnitChoice.choices,
            widget=forms.Select({"aria-label": _now("%(what)s的单位") % {"what": what}}),
        )

    def _add_reason(self, nth: int) -> None:
        label = _now("挂起原因 %(number)d") % {"number": nth + 1}
        self.fields[f"reason_{nth}_code"] = forms.SlugField(
            max_length=20, required=False, widget=forms.HiddenInput
        )
        self.fields[f"reason_{nth}_label"] = forms.CharField(
            label=label,
            max_length=40,
            required=False,
            widget=forms.TextInput({"aria-label": label}),
        )
        self.fields[f"reason_{nth}_stops"] = forms.BooleanField(label=_("时钟暂停"), required=False)

    @property
    def head(self) -> list[BoundField]:
        return [self["name"], self["regulation"], self["effective_from"]]

    def grade_rows(self) -> Iterator[tuple[Grade, list[tuple[BoundField, BoundField]]]]:
        """For the table: each grade with its fields (amount, unit) in the order of the kinds."""
        for grade in Grade:
            names = [f"{grade}_{kind.code}" for kind in self.kinds]
            yield grade, [(self[f"{name}_amount"], self[f"{name}_unit"]) for name in names]

    def reason_rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        return [
            (self[f"reason_{nth}_code"], self[f"reason_{nth}_label"], self[f"reason_{nth}_stops"])
            for nth in range(REASONS)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("effective_from") and cleaned["effective_from"] <= self.now:
            self.add_error(
                "effective_from", _now("生效时间要在将来：已经发生的需求按当时的标准计算。")
            )
        self._refuse_taken(cleaned.get("name"))
        if not self.errors:
            version = cleaned["version"] = self._version(cleaned)
            for problem in problems(version["promises"], version["hold_reasons"]):
                self.add_error(None, problem)
        return cleaned

    def _refuse_taken(self, name: str | None) -> None:
        itself = self.target.pk if self.target else 0
        if Standard.objects.filter(name=name).exclude(pk=itself).exists():
            self.add_error("name", _now("已有同名的版本，请换一个名称。"))

    def _version(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        promises = {
            (grade, kind): (cleaned[f"{grade}_{kind}_amount"], cleaned[f"{grade}_{kind}_unit"])
            for grade in Grade.values
            for kind in [kind.code for kind in self.kinds]
        }
        return {
            "name": cleaned["name"],
            "regulation": cleaned["regulation"],
            "effective_from": cleaned["effective_from"],
            "promises": promises,
            "hold_reasons": list(_holds(cleaned)),
        }


def _holds(cleaned: dict[str, Any]) -> Iterator[DraftedReason]:
    """The rows that were filled in; a new reason gets a code that is free, as does one whose code is used."""
    codes = FreeCodes("reason", (cleaned[f"reason_{nth}_code"] for nth in range(REASONS)))
    for nth in range(REASONS):
        if label := cleaned[f"reason_{nth}_label"].strip():
            code = codes.take(cleaned[f"reason_{nth}_code"])
            yield DraftedReason(code, label, cleaned[f"reason_{nth}_stops"])


def initial_of(standard: Standard) -> dict[str, Any]:
    """The form filled in as `standard` stands: where a new version starts from."""
    filled: dict[str, Any] = {"regulation": standard.regulation}
    for promise in standard.promises.all():
        filled |= _initial_of_fields(promise, f"{promise.grade}_{promise.kind}", ("amount", "unit"))
    for nth, reason in enumerate(standard.hold_reasons.order_by("pk")[:REASONS]):
        filled |= _initial_of_fields(reason, f"reason_{nth}", ("code", "label", "stops"))
    return filled


def _initial_of_fields(row: Model, prefix: str, fields: Sequence[str]) -> dict[str, Any]:
    return {f"{prefix}_{field}": getattr(row, field) for field in fields}
