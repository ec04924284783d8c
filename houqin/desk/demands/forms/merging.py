from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.facts import alike
from houqin.desk.demands.models import Demand
from houqin.ui.bulk import BulkForm
from houqin.ui.fields import HouseForm, RadioTiles


def _by_number(typed: str, user: Any) -> Demand | None:
    """The open demand of that number, or whose number ends so: people say the last digits on the phone."""
    seen = Demand.objects.visible_to(user).open()
    exact = seen.filter(number__iexact=typed)
    ends = seen.filter(number__endswith=f"-{int(typed):06d}") if typed.isdecimal() else seen.none()
    return exact.first() or ends.order_by("-number").first()


class MergeForm(HouseForm):
    """The other one: one of those that look alike, or any by its number."""

    into = forms.ChoiceField(label=_("并入哪一件"), required=False)
    number = forms.CharField(label=_("或者写编号"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidates = alike(self.target)
        field: Any = self.fields["into"]
        field.widget = RadioTiles(
            look="list", notes={demand.number: _note(demand) for demand in candidates}
        )
        field.choices = [
            (demand.number, f"{demand.number} {demand.title}") for demand in candidates
        ]
        self.initial.setdefault("into", candidates[0].number if candidates else "")
        if not candidates:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        number = cleaned.pop("number", "").strip() or cleaned.get("into", "")
        if not number:
            self.add_error("number", _now("请选一件，或者写它的编号。"))
            return cleaned
        into = _by_number(number, self.actor)
        if into is None:
            words = _now("没有编号是“%(number)s”的未结需求，请核对。")
            self.add_error("number", words % {"number": number})
        return {"into": into}


def _note(demand: Demand) -> str:
    return f"{demand.place.short_name} · {demand.asker} · {demand.get_status_display()}"


class MergeTogetherForm(BulkForm):
    """Which of the ticked ones stays; the others go into it."""

    into = forms.ChoiceField(
        label=_("留下哪一件"),
        widget=RadioTiles(look="list"),
        error_messages={"required": _("请选留下哪一件。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.widget.notes = {str(demand.pk): _note(demand) for demand in self.target}
        field.choices = [
            (str(demand.pk), f"{demand.number} {demand.title}") for demand in self.target
        ]
        self.initial.setdefault("into", str(min(self.target, key=lambda demand: demand.pk).pk))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("into")
        if len(self.target) < 2:
            self.add_error("into", _now("合并至少要勾选两件。"))
        return {"into": next((demand for demand in self.target if str(demand.pk) == chosen), None)}

    def rows(self) -> list[Any]:
        return [demand for demand in self.target if demand != self.cleaned_data["into"]]
