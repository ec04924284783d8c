"""The typed questions of a catalogue entry as fields of a form, and their answers as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from houqin.ui.fields import RadioTiles

YES, NO = "yes", "no"


def field_name(question: Mapping[str, Any]) -> str:
    return f"ask_{question['code']}"


def question_field(question: Mapping[str, Any]) -> forms.Field:
    """A field of the question's kind: text, number, yesno or choice."""
    label = _(question["label"])
    shared: dict[str, Any] = {
        "label": label,
        "required": question.get("required", False),
        "error_messages": {"required": _("请回答“%(label)s”。") % {"label": label}},
    }
    match question["kind"]:
        case "number":
            return forms.DecimalField(min_value=0, max_digits=9, decimal_places=2, **shared)
        case "yesno":
            return _tiles([(YES, _("是")), (NO, _("否"))], shared)
        case "choice":
            return _tiles([(choice, _(choice)) for choice in question["choices"]], shared)
    return forms.CharField(max_length=200, **shared)


def _tiles(choices: list[tuple[str, str]], shared: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=RadioTiles(), **shared)


def answer(question: Mapping[str, Any], value: Any) -> Any:
    """The cleaned value as JSON can keep it; None for one that was left out."""
    if value in (None, ""):
        return None
    if question["kind"] == "yesno":
        return value == YES
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
