from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from houqin.kernel.places.models import Place

Choices = list[tuple[str, Any]]
if TYPE_CHECKING:
    OnePlace = forms.ModelChoiceField[Place]
else:
    OnePlace = forms.ModelChoiceField


class PlaceField(OnePlace):
    """A place from a list in groups, one for each building; what stands outside is with its campus."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Place.objects.in_use(), **kwargs)

    def offer(self) -> None:
        """Read the places; called when a form is made, never when the module is imported."""
        self.widget.choices = place_choices()


def place_choices() -> Choices:
    """Groups of (primary key, name), in the order of the tree, in one query."""
    groups: dict[str, Choices] = {}
    rows = Place.objects.in_use().values_list("pk", "kind", "depth", "full_name")
    for pk, kind, depth, full_name in rows:
        steps = full_name.split(" / ")
        group = _group(kind, depth, steps)
        groups.setdefault(group, []).append((str(pk), _name(kind, steps)))
    return [("", _("请选择地点")), *groups.items()]


def _group(kind: str, depth: int, steps: list[str]) -> str:
    """The campus and the building; the campus alone of what stands outside."""
    inside = depth > 2 or kind == Place.Kind.BUILDING
    return " / ".join(steps[:2]) if inside else steps[0]


def _name(kind: str, steps: list[str]) -> str:
    if kind == Place.Kind.CAMPUS:
        return _("整个园区")
    if kind == Place.Kind.BUILDING:
        return _("%(building)s 整栋") % {"building": steps[-1]}
    return " ".join(steps[1:] if len(steps) > 2 else steps)
