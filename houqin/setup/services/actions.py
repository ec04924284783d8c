"""Editing the catalogue: what can be asked for, and what doing it takes."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import Category, Entry
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.setup.permissions import EDITS_CATALOGUE


class Fields(TypedDict, total=False):
    """What may be changed of an entry; what is left out stays."""

    name: str
    hint: str
    skill_code: str
    default_grade: str
    photos_needed: bool
    met_signs: bool
    needs_approval: bool
    active: bool
    steps: list[str]
    questions: list[dict[str, Any]]


@transaction.atomic
def save_entry(
    actor: User, entry: Entry | None, *, category: Category | None = None, **fields: Unpack[Fields]
) -> Entry:
    """Change an entry of the catalogue, or add one to `category`, where it looks like its neighbours.

    What was asked for before keeps the answers that were given. Raises NotAllowed, and Refused for a new one
    without a category.
    """
    at = now()
    require_everywhere(actor, EDITS_CATALOGUE)
    saved = entry or _new(category)
    changed = [field for field, value in fields.items() if getattr(saved, field) != value]
    for field in changed:
        setattr(saved, field, fields[field])  # type: ignore[literal-required]
    if changed:
        saved.save()
        record(actor, "entry.saved", saved, at=at, name=saved.name, changed=changed)
    return saved


def _new(category: Category | None) -> Entry:
    if category is None:
        raise Refused(_("请选这个服务项放在哪一类。"))
    neighbours = category.entries.order_by("-position")
    last = neighbours.first()
    taken = set(Entry.objects.values_list("code", flat=True))
    code = next(
        code
        for code in map(f"{category.code[:30]}-{{}}".format, range(1, 10_000))
        if code not in taken
    )
    icon = last.icon if last else "tool"
    return Entry(category=category, code=code, icon=icon, position=last.position + 1 if last else 0)
