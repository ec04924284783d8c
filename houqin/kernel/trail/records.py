"""Rows of master data: written whole, with what changed told in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from houqin.kernel.choices import choice_words
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def save_record(actor: User, row: Row, event: str, *, changes: Mapping[str, Any]) -> Row:
    """Write `changes`, values by field, to a row and record what they changed as `event`.

    Who may is asked before, by the action that calls this. The event's fact `changed` maps the label of each
    changed field to its words before and after; a new row has no words before.
    """
    with override(None):  # the trail is kept in the language of the house, whoever writes
        before = {} if row._state.adding else {name: words_of(row, name) for name in changes}
        _write(row, changes)
        changed = {
            str(row._meta.get_field(name).verbose_name): [before.get(name, ""), words]  # type: ignore[union-attr]
            for name in changes
            if (words := words_of(row, name)) != before.get(name, "")
        }
        title = str(row)
    record(actor, event, row, at=now(), name=title, changed=changed)
    return row


def _write(row: models.Model, changes: Mapping[str, Any]) -> None:
    """Only what changes is written: what somebody else has changed meanwhile stays."""
    many = {field.name for field in row._meta.many_to_many} & changes.keys()
    plain = changes.keys() - many
    for name in plain:
        setattr(row, name, changes[name])
    try:
        with transaction.atomic():
            row.save(update_fields=None if row._state.adding else plain)
    except IntegrityError as error:
        raise Refused(_("与已保存的内容有重复，请改一改再保存。")) from error
    for name in many:
        getattr(row, name).set(changes[name])


@transaction.atomic
def remove_record(actor: User, row: models.Model, event: str) -> None:
    """Take away a row that nothing refers to yet, told as `event`. Raises Refused for another one."""
    record(actor, event, row, at=now(), name=str(row))
    try:
        row.delete()
    except models.ProtectedError as error:
        raise Refused(_("“%(name)s”已经用过，不能撤回。") % {"name": row}) from error


def words_of(row: models.Model, name: str) -> str:
    """The value of a field as a person reads it."""
    words = choice_words(row, name)
    value: Any = getattr(row, name) if words is None else words
    if hasattr(value, "all"):
        return _("、").join(str(thing) for thing in value.all())
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name.endswith("_fen") and value is not None:
        return f"{value / 100:.2f}"
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def tell_changes(changed: Mapping[str, list[str]]) -> str:
    """The changes of a row in one sentence."""
    parts = []
    for label, (before, after) in changed.items():
        words = _("%(label)s：%(before)s → %(after)s") if before else _("%(label)s：%(after)s")
        parts.append(words % {"label": _(label), "before": before, "after": after or _("空")})
    return _("；").join(parts) or _("没有改动")
