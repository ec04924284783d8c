"""A form that follows from the model: each field is declared there, once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.ui.fields.choices import RadioTiles
from houqin.ui.fields.house import HouseForm
from houqin.ui.fields.moments import MomentField
from houqin.ui.fields.money import YuanField
from houqin.ui.fields.people import PersonField
from houqin.ui.fields.places import PlaceField

TILES = 4  # choices at most that are drawn as tiles


class RecordForm(HouseForm):
    """The form of a row of MODEL: `target`, or a new one. It says what the model's own checks say; the code
    of a constraint's error names the field that it is shown at."""

    MODEL: ClassVar[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, PlaceField):
                field.offer()
            if hasattr(self.target, name):
                self.initial.setdefault(name, _value_of(self.target, name))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        row = self._unsaved()
        plain = {field.name for field in self.MODEL._meta.concrete_fields}
        for name in cleaned.keys() & plain:
            setattr(row, name, cleaned[name])
        try:
            row.full_clean(exclude=plain - cleaned.keys())
        except ValidationError as error:
            self._show(error)
        return cleaned | {name: getattr(row, name) for name in cleaned.keys() & plain}

    def _unsaved(self) -> Any:
        """A copy of the row to write the answers on; a new one without a target."""
        row = self.MODEL(pk=self.target.pk if self.target else None)
        row._state.adding = self.target is None
        for field in self.MODEL._meta.concrete_fields if self.target else ():
            setattr(row, field.name, getattr(self.target, field.name))
        return row

    def _show(self, error: ValidationError) -> None:
        for name, errors in error.error_dict.items():
            for problem in errors:
                self.add_error(self._field_of(name, problem), problem.messages)

    def _field_of(self, name: str, problem: ValidationError) -> str | None:
        """Where `problem` is shown: at the field that its code names, else at its own, else above all."""
        code = getattr(problem, "code", None)
        at = code if code in self.fields else name
        return at if at in self.fields and at != NON_FIELD_ERRORS else None


def _value_of(row: Any, name: str) -> Any:
    """The value of a field as a form begins with it."""
    value = getattr(row, name)
    return list(value.all()) if hasattr(value, "all") else value


def record_form(model: Any, names: Sequence[str], **own: forms.Field) -> type[RecordForm]:
    """The form of the fields `names` of `model`; `own` are fields that the model cannot say by itself."""
    fields = {name: own.get(name) or form_field(model._meta.get_field(name)) for name in names}
    return type(f"{model.__name__}Form", (RecordForm,), fields | {"MODEL": model})


def form_field(field: Any) -> forms.Field:
    """The field of the form for a field of a model, as this house draws it."""
    common = {
        "label": field.verbose_name,
        "required": not field.blank,
        "help_text": field.help_text,
    }
    related = field.remote_field.model if isinstance(field, models.ForeignKey) else None
    if related is Place:
        return PlaceField(**common)
    if related is User:
        return PersonField(**{name: value for name, value in common.items() if value != ""})
    if isinstance(field, models.DateTimeField):
        return MomentField(**common)
    if isinstance(field, models.IntegerField) and field.name.endswith("_fen"):
        return YuanField(**common)
    if field.choices and not field.blank and len(field.choices) <= TILES:
        return forms.ChoiceField(choices=field.choices, widget=RadioTiles(look="fill"), **common)
    return _drawn(field.formfield(), empty=_("不指定") if field.blank else _("请选择"))


def _drawn(field: Any, *, empty: Any) -> forms.Field:
    """Django's own field with the control of this house."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        field.widget = forms.CheckboxSelectMultiple()
        field.widget.choices = field.choices
    elif isinstance(field, forms.ModelChoiceField):
        field.empty_label = empty
    elif isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif isinstance(field, forms.TimeField):
        field.widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    assert isinstance(field, forms.Field)
    return field
