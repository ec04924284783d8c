"""Forms of the house: Django's own, with the right classes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField, widgets
from django.utils.translation import gettext as _

from houqin.ui.fields.photos import PhotoInput
from houqin.ui.fields.signature import SignatureInput

KINDS: dict[str, type[forms.Widget]] = {
    "check": widgets.CheckboxInput,
    "photos": PhotoInput,
    "signature": SignatureInput,
    "group": widgets.RadioSelect,  # CheckboxSelectMultiple is one too
}


class HouseField(BoundField):
    """A bound field whose control carries the class of its look; ids of help and errors come from Django."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        control = widget or self.field.widget
        if look := control_class(control):
            built["class"] = f"{control.attrs.get('class', '')} {look}".strip()
        if self.errors and field_kind(self) == "control":
            built["class"] = f"{built.get('class', '')} is-invalid".strip()
        return built


class HouseForm(forms.Form):
    """The base of every form. `actor` and `target` say who fills it in and about what; either may be None."""

    bound_field_class = HouseField
    template_name = "ui/_form.html"

    def __init__(self, *args: Any, actor: Any = None, target: Any = None, **kwargs: Any) -> None:
        self.actor, self.target = actor, target
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _furnish(field)


def _furnish(field: forms.Field) -> None:
    """Give `field` the control and the words of the house where it has those of Django."""
    if field.widget.template_name == forms.FileInput.template_name:
        field.widget.template_name = "ui/widgets/file.html"  # the browser's own speaks its language
    if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _missing(field)


def _missing(field: forms.Field) -> str:
    """What to do about an empty field, in the words of its kind."""
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("请选一项。")
    return _("请填写这一项。")


def control_class(widget: forms.Widget) -> str:
    """The class that a control wears, "" for those drawn by their own template."""
    if isinstance(widget, widgets.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, widgets.RadioSelect | widgets.HiddenInput | widgets.MultiWidget):
        return ""
    return "form-select" if isinstance(widget, widgets.Select) else "form-control"


def field_kind(field: BoundField) -> str:
    """How `_field.html` draws `field`: hidden, check, photos, signature, group or control."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    for kind, classes in KINDS.items():
        if isinstance(widget, classes):
            return kind
    return "control"
