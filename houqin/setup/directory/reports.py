"""What there is to know of people before they are changed."""

from __future__ import annotations

from houqin.kernel.people.handover import HANDINGS
from houqin.kernel.people.models import RoleGrant, User


def open_work(person: User) -> list[str]:
    """What nobody would look after without `person`: the names of all that can be handed over, but not what
    they are about, which is no business of whoever runs the accounts."""
    return [str(thing) for kind in HANDINGS.values() for thing in kind.of(person)]


def holders_besides(role: str, person: User) -> bool:
    """Whether somebody else who can sign in holds `role` everywhere."""
    others = RoleGrant.objects.filter(role=role, place=None, department=None, user__is_active=True)
    return others.exclude(user=person).exists()
