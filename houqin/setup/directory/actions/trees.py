"""The two trees, places and departments: adding, renaming, moving, closing and removing a node."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import add_department, require_everywhere
from houqin.kernel.people.models import Department, User
from houqin.kernel.places.actions import add_place
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.setup.permissions import RUNS_ACCOUNTS

Node = Place | Department
LONGEST = 300  # of a place's full name, as the table holds it


@transaction.atomic
def save_place(
    actor: User, place: Place | None, *, name: str, code: str, kind: str, parent: Place | None
) -> Place:
    """Add a place, or give `place` another name, code, kind or place in the tree; the full names below it
    follow. Raises NotAllowed, and Refused for a campus below something or anything else on top, or a circle.
    """
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    refuse_misplaced(kind, parent)
    if place is None:
        added = add_place(parent, kind=kind, name=name, code=code)
        _rewrite(added)
        record(actor, "place.added", added, at=at, name=added.full_name, code=code)
        return added
    before = place.full_name
    changed = _change(place, {"name": name, "code": code, "kind": kind}) | _move(place, parent)
    if changed:
        _rewrite(place)
        record(actor, "place.changed", place, at=at, name=place.full_name, before=before, code=code)
    return place


@transaction.atomic
def save_department(
    actor: User, department: Department | None, *, name: str, code: str, parent: Department | None
) -> Department:
    """Add a department, or rename or move `department`. Raises NotAllowed, and Refused for a circle."""
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    if department is None:
        added = add_department(parent, name=name, code=code)
        record(actor, "department.added", added, at=at, name=name, code=code)
        return added
    before = department.name
    if _change(department, {"name": name, "code": code}) | _move(department, parent):
        record(actor, "department.changed", department, at=at, name=name, before=before, code=code)
    return department


@transaction.atomic
def close_place(actor: User, place: Place, *, closed: bool) -> None:
    """Take a place with everything below it out of use, or into use again with everything above it."""
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    if closed:
        Place.objects.within(place).update(closed=True)
    else:
        Place.objects.filter(path__in=place.ancestor_paths()).update(closed=False)
    place.refresh_from_db()
    record(actor, "place.closed" if closed else "place.opened", place, at=at, name=place.full_name)


@transaction.atomic
def remove_node(actor: User, node: Node) -> None:
    """Delete a place or department that was never used. Raises NotAllowed and Refused."""
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    if type(node).objects.get_children_count(node):
        raise Refused(_("“%(name)s”下面还有内容，请先移走或删除下级。") % {"name": node})
    event = "place.removed" if isinstance(node, Place) else "department.removed"
    record(actor, event, node, at=at, name=str(node), code=node.code)
    try:
        with transaction.atomic():
            node.delete()
    except ProtectedError as error:
        what = _("请停用它。") if isinstance(node, Place) else _("请先把人员和角色移到别的部门。")
        raise Refused(_("“%(name)s”已经用过，不能删除；") % {"name": node} + what) from error


def refuse_misplaced(kind: str, parent: Place | None) -> None:
    """Refused unless campuses, and nothing else, stand on top."""
    if (kind == Place.Kind.CAMPUS) != (parent is None):
        raise Refused(misplaced(kind))


def misplaced(kind: str) -> str:
    """What to do about a place that stands on the wrong level."""
    if kind == Place.Kind.CAMPUS:
        return _("园区是最上一级，不要填上级；不是园区就改类别。")
    return _("只有园区没有上级；请填它属于哪个地点，或把类别改成园区。")


def _change(node: Node, values: dict[str, Any]) -> bool:
    changed = [name for name, value in values.items() if getattr(node, name) != value]
    for name in changed:
        setattr(node, name, values[name])
    if changed:
        node.save(update_fields=changed)
    return bool(changed)


def _move(node: Node, parent: Node | None) -> bool:
    """Hang `node` below `parent`; whether it hung elsewhere. Reads both anew: a moved tree has new paths."""
    node.refresh_from_db()
    above = type(node).objects.get_parent(node, update=True)
    if (above.pk if above else None) == (parent.pk if parent else None):
        return False
    tree = type(node).objects
    if parent is None:
        tree.move(node, tree.get_last_root_node(), "last-sibling")
    else:
        parent.refresh_from_db()
        if parent.path.startswith(node.path):
            raise Refused(_("不能移到自己或自己的下级里面。"))
        tree.move(node, parent, "last-child")
    node.refresh_from_db()
    return True


def _rewrite(place: Place) -> None:
    """Write out the full names of `place` and of everything below it."""
    above = Place.objects.get_parent(place, update=True)
    known = {above.path: above.full_name} if above else {}
    below = list(Place.objects.within(place))
    for node in below:
        start = known.get(node.path[: -node.steplen], "")
        node.full_name = known[node.path] = f"{start} / {node.name}" if start else node.name
        if len(node.full_name) > LONGEST:
            raise Refused(_("“%(name)s”的全称太长，请把名称写短一些。") % {"name": node.name})
    Place.objects.bulk_update(below, ["full_name"], batch_size=500)
    place.refresh_from_db()
