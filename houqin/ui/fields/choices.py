from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from django import forms


class RadioTiles(forms.RadioSelect):
    """Radios drawn as tiles. `icons` and `notes` are by value; `look` is "" (a row), "grid" (four a row, for
    short words with icons), "fill" (equal widths) or "list" (one a line, note at the right). `grades` draws
    each word as a grade. `notes` that have to be worked out first are a function, called when it is drawn."""

    template_name = "ui/widgets/tiles.html"

    def __init__(
        self,
        *,
        look: str = "",
        icons: Mapping[str, str] | None = None,
        notes: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None,
        grades: bool = False,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.look, self.icons, self.notes, self.grades = look, icons or {}, notes or {}, grades

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"look": self.look, "grades": self.grades}
        notes = self.notes() if callable(self.notes) else self.notes
        groups = context["widget"]["optgroups"]
        for option in chain.from_iterable(options for _group, options, _index in groups):
            key = str(option["value"])
            option |= {"icon": self.icons.get(key, ""), "note": notes.get(key, "")}
        return context


class Stars(forms.RadioSelect):
    """One to five stars; nothing chosen beforehand."""

    template_name = "ui/widgets/stars.html"


class StarsField(forms.TypedChoiceField):
    """A rating from 1 to 5 as an int, None when it is not required and was left out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [(n, str(n)) for n in range(1, 6)])
        super().__init__(coerce=int, empty_value=None, widget=Stars, **kwargs)
