"""Forms of the house: Django's own, with the right classes, and the few fields a browser has no word for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField, widgets
from django.utils.translation import gettext as _

PNG_PREFIX = "data:image/png;base64,"
MAX_SIGNATURE = 300_000  # bytes of the data URL
MAX_PHOTOS = 6
YEARS = range(2000, 2200)


class HouseField(BoundField):
    """A bound field whose control carries the class of its look; ids of help and errors come from Django."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        look = control_class(widget or self.field.widget)
        if look:
            wanted = (widget or self.field.widget).attrs.get("class", "")
            built["class"] = f"{wanted} {look}".strip()
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
            if field.widget.template_name == forms.FileInput.template_name:
                field.widget.template_name = (
                    "ui/widgets/file.html"  # the browser's own speaks its language
                )
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
        for _group, options, _index in context["widget"]["optgroups"]:
            for option in options:
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


class PhotoInput(forms.FileInput):
    """Several pictures, shrunk and shown by the page's script before they go out."""

    allow_multiple_selected = True
    template_name = "ui/widgets/photos.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"accept": "image/*", "multiple": True, "data-shrink": True} | (attrs or {})
        )


class PhotoField(forms.ImageField):
    """Up to `most` pictures of at most MAX_FILE_BYTES each; cleans to a list of uploaded files."""

    def __init__(self, *, most: int = MAX_PHOTOS, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PhotoInput(attrs={"data-max": most}))
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        if len(files) > self.most:
            raise ValidationError(_("最多 %(most)s 张照片，请去掉几张。") % {"most": self.most})
        for file in files:
            if file.size > settings.MAX_FILE_BYTES:
                raise ValidationError(_("照片 %(name)s 太大，请缩小后再传。") % {"name": file.name})
        return [super(PhotoField, self).clean(file, initial) for file in files]


class MomentField(forms.DateTimeField):
    """A date and time by the browser's own picker; cleans to an aware datetime in the house's zone.

    Years beyond YEARS are mistyped; the first and the last that exist cannot even be kept in UTC.
    """

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", picker)
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        at = super().to_python(value)
        if at is not None and at.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return at


@dataclass(frozen=True)
class Signature:
    """Who signed: the typed name, and the drawing as PNG bytes (empty where there was no pad)."""

    name: str
    drawing: bytes


class SignatureInput(forms.MultiWidget):
    """A typed name, always there, and a pad that shows only where the script runs."""

    template_name = "ui/widgets/signature.html"

    def __init__(self) -> None:
        super().__init__(
            {
                "name": forms.TextInput({"autocomplete": "name", "class": "form-control"}),
                "drawing": forms.HiddenInput(),
            }
        )

    def decompress(self, value: Any) -> Sequence[Any]:
        return [value.name, ""] if isinstance(value, Signature) else [value, ""]


class SignatureField(forms.MultiValueField):
    """Cleans to a Signature. `initial` is the name to offer."""

    def __init__(self, **kwargs: Any) -> None:
        parts = (
            forms.CharField(max_length=40),
            forms.CharField(max_length=MAX_SIGNATURE, required=False),
        )
        super().__init__(fields=parts, require_all_fields=False, widget=SignatureInput(), **kwargs)

    def compress(self, data_list: Sequence[Any]) -> Signature | None:
        if not data_list:
            return None
        name, drawn = data_list
        return Signature(name, _png(drawn))


def _png(drawn: str) -> bytes:
    if not drawn:
        return b""
    try:
        return base64.b64decode(drawn.removeprefix(PNG_PREFIX), validate=True)
    except binascii.Error:
        raise ValidationError(_("签名没有传完整，请重写。")) from None


KINDS: dict[str, type[forms.Widget]] = {
    "check": widgets.CheckboxInput,
    "photos": PhotoInput,
    "signature": SignatureInput,
    "group": widgets.RadioSelect,  # CheckboxSelectMultiple is one too
}
