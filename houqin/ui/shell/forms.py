from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import Any, Final

from django import forms

from houqin.kernel.people.models import User
from houqin.ui.shell import actions
from houqin.ui.shell.menu import Menu

Change = Callable[[User, str], None]
ENTRY_VERBS: Final[dict[str, Change]] = {
    "pin": actions.pin_entry,
    "unpin": actions.unpin_entry,
    "up": partial(actions.move_entry, by=-1),
    "down": partial(actions.move_entry, by=1),
}
GROUP_VERBS: Final[dict[str, Change]] = {
    "fold": partial(actions.fold_group, folded=True),
    "open": partial(actions.fold_group, folded=False),
    "group_up": partial(actions.move_group, by=-1),
    "group_down": partial(actions.move_group, by=1),
}
OPPOSITE: Final = {"pin": "unpin", "unpin": "pin", "fold": "open", "open": "fold"}


class MenuForm(forms.Form):
    """One change to the menu: a verb and the entry or group it is for."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in (*ENTRY_VERBS, *GROUP_VERBS, "reset")]
    )
    key = forms.CharField(max_length=80, required=False)

    def __init__(self, *args: Any, actor: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """The key has to be one of the person's own menu."""
        data = super().clean() or {}
        verb = data.get("verb")
        if verb != "reset" and data.get("key") not in self._known(verb in GROUP_VERBS):
            self.add_error("key", forms.Field.default_error_messages["required"])
        return data

    def _known(self, groups: bool) -> set[str]:
        """The keys of the person's entries, or of their `groups`."""
        keys = Menu(self.actor).keys
        return set(keys) if groups else set(chain.from_iterable(keys.values()))

    @property
    def next_button(self) -> tuple[str, str]:
        """Verb and key of the button that stands where the pressed one stood; it gets the focus."""
        verb, key = self.cleaned_data["verb"], self.cleaned_data["key"]
        return OPPOSITE.get(verb, verb), key

    def apply(self) -> None:
        """Make the change."""
        verb, key = self.cleaned_data["verb"], self.cleaned_data["key"]
        if verb == "reset":
            actions.reset_menu(self.actor)
        else:
            (ENTRY_VERBS | GROUP_VERBS)[verb](self.actor, key)
