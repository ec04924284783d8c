"""Turning screens on and off."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.cockpit.models import WallLink
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record

MAKERS = frozenset({Role.MANAGER})


@transaction.atomic
def make_wall_link(actor: User, *, name: str, place: Place | None) -> tuple[WallLink, str]:
    """A screen and its token, which nobody can read again."""
    require(actor, MAKERS, place)
    at, token = now(), secrets.token_urlsafe(24)
    digest = hashlib.sha256(token.encode()).hexdigest()
    link = WallLink(name=name, place=place, maker=actor, digest=digest, made_at=at)
    link.save(force_insert=True)
    record(actor, "wall.linked", link, at=at, name=name)
    return link, token


@transaction.atomic
def revoke_wall_link(actor: User, link: WallLink) -> None:
    """The screen goes dark at its next look. Raises Refused when it is off already."""
    require(actor, MAKERS)
    at = now()
    if not WallLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at):
        raise Refused(_("“%(name)s”已经停用了。") % {"name": link})
    record(actor, "wall.revoked", link, at=at, name=link.name)
