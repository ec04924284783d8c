"""Turning screens on and off."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.shared.links.actions import draw_link, revoke_link
from houqin.shared.links.models import Link, Purpose

WALL_LINK = Purpose("wall", single=False)  # many screens may show one campus
MAKERS = frozenset({Role.MANAGER})


@transaction.atomic
def make_wall_link(actor: User, *, name: str, place: Place | None) -> tuple[Link, str]:
    """A screen and its token, which nobody can read again."""
    require(actor, MAKERS, place)
    at = now()
    link, token = draw_link(actor, WALL_LINK, place, at=at, label=name)
    record(actor, "wall.linked", link, at=at, name=name)
    return link, token


@transaction.atomic
def revoke_wall_link(actor: User, link: Link) -> None:
    """The screen goes dark at its next look. Raises Refused when it is off already."""
    require(actor, MAKERS)
    at = now()
    if not revoke_link(link, at):
        raise Refused(_("“%(name)s”已经停用了。") % {"name": link})
    record(actor, "wall.revoked", link, at=at, name=link.label)
