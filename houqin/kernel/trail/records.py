"""Rows of master data: written whole, with what changed told in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

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
    before = {} if row._state.adding else {name: words_of(row, name) for name in changes}
    many = {field.name for field in row._meta.many_to_many} & changes.keys()
    for name in changes.keys() - many:
        setattr(row, name, changes[name])
    row.save()
    for name in many:
        getattr(row, name).set(changes[name])
    changed = {
        str(row._meta.get_field(name).verbose_name): [before.get(name, ""), words]  # type: ignore[union-attr]
        for name in changes
        if (words := words_of(row, name)) != before.get(name, "")
    }
    record(actor, event, row, at=now(), name=str(row), changed=changed)
    return row


@transaction.atomic
def remove_record(row: models.Model) -> None:
    """Take away a row that nothing refers to yet. Raises Refused for another one."""
    try:
        row.delete()
    except models.ProtectedError as error:
        raise Refused(_("“%(name)s”已经用过，不能撤回。") % {"name": row}) from error


def words_of(row: models.Model, name: str) -> str:
    """The value of a field as a person reads it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
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
        parts.append(words % {"label": label, "before": before, "after": after or _("空")})
    return _("；").join(parts) or _("没有改动")
