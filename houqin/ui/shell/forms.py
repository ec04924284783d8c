from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
        keys, verb = Menu(self.actor).keys, data.get("verb")
        known = {key for entries in keys.values() for key in entries}
        if verb in GROUP_VERBS:
            known = set(keys)
        if verb != "reset" and data.get("key") not in known:
            self.add_error("key", forms.Field.default_error_messages["required"])
        return data

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
