"""Rows that a Django form validates: the form's labels are the heads, its sentences the errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.platform.sheets.columns import ImportColumn, ImportSheet, SheetRow
from houqin.ui.fields import HouseForm
from houqin.ui.imports.cells import Cells, flat, shown_as

NEVER = (forms.FileField,)  # what no cell holds


def form_sheet(
    title: str | Promise,
    form_class: type[HouseForm],
    *,
    by: str,
    rows: Callable[[], Iterable[Any]] | None,
    aliases: Mapping[str, str],
) -> ImportSheet:
    """The sheet whose columns are the fields of `form_class`."""
    fields = form_class.base_fields.items()
    columns = tuple(
        _column(form_class, name, aliases.get(name, ""))
        for name, field in fields
        if not isinstance(field, NEVER)
    )
    return ImportSheet(by or "rows", title, columns, by=by, rows=rows)


def _column(form_class: type[HouseForm], name: str, aliases: str) -> ImportColumn:
    field = form_class.base_fields[name]
    return ImportColumn(
        key=name,
        label=field.label or name,
        hint=field.help_text,
        aliases=f"{aliases} {name.replace('_', '')}".strip(),
        required=field.required and field.initial is None,
        may_be_empty=True,
        width=24 if isinstance(field, forms.ModelChoiceField) else 16,
        shown=_shown(form_class, name),
        choices=_choices(field),
    )


def _shown(form_class: type[HouseForm], name: str) -> Callable[[Any], str]:
    def cell(thing: Any) -> str:
        field = form_class(target=thing)[name]
        return shown_as(field.field, field.value())

    return cell


def _choices(field: forms.Field) -> Callable[[], list[str]] | None:
    """What a template offers for a field with a few fixed words."""
    if isinstance(field, forms.BooleanField):
        return lambda: [_("是"), _("否")]
    if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
        return None
    return lambda: [str(label) for value, label in flat(field.choices) if value not in ("", None)]


class FormReader:
    """Reads the rows of one file by a form; what its fields may name is looked up once."""

    def __init__(
        self, form_class: type[HouseForm], actor: User, find: Callable[..., Any] | None
    ) -> None:
        self.form_class, self.actor, self.find = form_class, actor, find
        form = form_class(actor=actor)
        self.cells = {name: Cells(field) for name, field in form.fields.items()}
        self.blank = _sent(form)  # what an empty page would send

    def read(self, row: SheetRow) -> None:
        """Validate one row: what is cleaned becomes its value, what is wrong its problems."""
        texts = {key: row[key] for key in row.heads}
        row.target = self.find(self.actor, texts) if self.find is not None else None
        data = self._offered(row.target)
        for key in row.heads:
            if row[key] and key in self.cells:
                self._read_cell(row, key, data)
        if row.good:
            self._judge(row, data)

    def _offered(self, target: Any) -> dict[str, Any]:
        """What the page of `target`, or that of a new row, would send unchanged."""
        if target is None:
            return dict(self.blank)
        return _sent(self.form_class(actor=self.actor, target=target))

    def _read_cell(self, row: SheetRow, key: str, data: dict[str, Any]) -> None:
        try:
            data[key] = self.cells[key].posted(row.cells[key])
        except ValueError as error:
            row.say(key, str(error))

    def _judge(self, row: SheetRow, data: dict[str, Any]) -> None:
        sent = {key: value for key, value in data.items() if _is_sent(value)}
        form = self.form_class(sent, actor=self.actor, target=row.target)
        if form.is_valid():
            row.value = form.cleaned_data
            row.what = _what(row, form)
        else:
            _say_errors(row, form)


def _what(row: SheetRow, form: HouseForm) -> str:
    """What becomes of a row that is right: it is new, changed, or the same."""
    if row.target is None:
        return "new"
    changed = any(row[key] for key in form.changed_data if key in row.heads)
    return "changed" if changed else "same"


def _say_errors(row: SheetRow, form: HouseForm) -> None:
    for name, sentences in form.errors.items():
        for sentence in sentences:
            row.say("" if name == NON_FIELD_ERRORS else name, str(sentence))


def _is_sent(value: Any) -> bool:
    """Whether a browser sends `value`: it leaves out empty boxes, and sends a 0."""
    return value is not None and value is not False


def _sent(form: forms.Form) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}
