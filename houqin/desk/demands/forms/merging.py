from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.facts import alike
from houqin.desk.demands.models import Demand
from houqin.ui.bulk import BulkForm
from houqin.ui.fields import HouseForm, RadioTiles


def _by_number(said: str, user: Any) -> Demand | None:
    """The open demand of that number, or whose number ends so: people say the last digits on the phone."""
    seen = Demand.objects.visible_to(user).open()
    exact = seen.filter(number__iexact=said)
    ends = seen.filter(number__endswith=f"-{int(said):06d}") if said.isdecimal() else seen.none()
    return exact.first() or ends.order_by("-number").first()


class MergeForm(HouseForm):
    """The other one: one of those that look alike, or any by its number."""

    into = forms.ChoiceField(label=_("并入哪一件"), required=False)
    number = forms.CharField(label=_("或者写编号"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = alike(self.target)
        field: Any = self.fields["into"]
        field.widget = RadioTiles(look="list", notes={one.number: _note(one) for one in found})
        field.choices = [(one.number, f"{one.number} {one.title}") for one in found]
        self.initial.setdefault("into", found[0].number if found else "")
        if not found:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        said = cleaned.pop("number", "").strip() or cleaned.get("into", "")
        if not said:
            self.add_error("number", _now("请选一件，或者写它的编号。"))
            return cleaned
        found = _by_number(said, self.actor)
        if found is None:
            words = _now("没有编号是“%(number)s”的未结需求，请核对。")
            self.add_error("number", words % {"number": said})
        return {"into": found}


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
        field.widget.notes = {str(one.pk): _note(one) for one in self.target}
        field.choices = [(str(one.pk), f"{one.number} {one.title}") for one in self.target]
        self.initial.setdefault("into", str(min(self.target, key=lambda one: one.pk).pk))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("into")
        if len(self.target) < 2:
            self.add_error("into", _now("合并至少要勾选两件。"))
        return {"into": next((one for one in self.target if str(one.pk) == chosen), None)}

    def rows(self) -> list[Any]:
        return [one for one in self.target if one != self.cleaned_data["into"]]
