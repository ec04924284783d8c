from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.fields import HouseForm, PeopleField


class WhoForm(HouseForm):
    """Whose work it is."""

    person = PeopleField(most=1, label=_("谁的工作"))

    def clean_person(self) -> User:
        people: list[User] = self.cleaned_data["person"]
        return people[0]


class HandOverForm(HouseForm):
    """One successor for each kind of work that there is, and what of it is left; `target` is the open work.
    Cleans to the arguments of `hand_over`."""

    reason = forms.CharField(label=_("交接原因"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {part.kind.key: part for part in self.target.parts if part.things}
        for key, part in self.kinds.items():
            self.fields[key] = PeopleField(most=1, label=part.kind.asks, required=False)
            there = [(thing.pk, str(thing.pk)) for thing in part.things]
            self.fields[f"{key}_left"] = forms.TypedMultipleChoiceField(
                choices=there, coerce=int, required=False
            )

    def asked(self) -> Iterator[BoundField]:
        """What is drawn as fields; what is left is ticked in the lists."""
        return (self[name] for name in (*self.kinds, "reason"))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        named = {key: cleaned.get(key) for key in self.kinds}
        successors = {key: people[0] for key, people in named.items() if people}
        for key, successor in successors.items():
            if why := self.kinds[key].kind.unfit(successor):
                self.add_error(key, why)
        if not self.errors and not successors:
            raise forms.ValidationError(_now("请至少写一位接手的人。"))
        left = {key: cleaned.get(f"{key}_left", []) for key in self.kinds}
        return {"successors": successors, "left": left, "reason": cleaned.get("reason", "")}
