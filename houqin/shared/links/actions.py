"""Links are drawn, opened and revoked here; what they mean, and the events they leave, is their domain's."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import models, transaction
from django.db.models import Q

from houqin.kernel.people.models import User
from houqin.shared.links.models import Link, Purpose, digest_of

BYTES = 24  # 192 random bits
USED_TO = timedelta(hours=1)  # not every look is worth a write


@transaction.atomic
def draw_link(
    actor: User, purpose: Purpose, target: models.Model | None, *, at: datetime, label: str = ""
) -> tuple[Link, str]:
    """A new link and its token, which nobody can read again."""
    if purpose.single:
        revoke_links(purpose, target, at)
    token = token_urlsafe(BYTES)
    link = Link.objects.create(
        digest=digest_of(token),
        purpose=purpose.key,
        label=label,
        target=target,
        maker=actor,
        made_at=at,
        expires_at=at + purpose.lasts if purpose.lasts else None,
    )
    return link, token


def open_link(purpose: Purpose, token: str, at: datetime) -> Link | None:
    """The link that `token` is, if it is for `purpose` and good."""
    rows = Link.objects.of(purpose).good(at).filter(digest=digest_of(token))
    link = rows.select_related("maker").first()
    if link is None or (link.target_id and link.target is None):
        return None  # what it opened is gone
    if link.used_at is None or link.used_at <= at - USED_TO:
        stale = Q(used_at=None) | Q(used_at__lte=at - USED_TO)
        Link.objects.filter(stale, pk=link.pk).update(used_at=at)
    return link


def revoke_links(purpose: Purpose, target: models.Model | None, at: datetime) -> int:
    """End the links to `target`, or all for `purpose`; how many were good."""
    return Link.objects.of(purpose, target).good(at).update(revoked_at=at)


def revoke_link(link: Link, at: datetime) -> bool:
    """End this one; whether it was good until now: of several who use it up, one hears yes."""
    return bool(Link.objects.good(at).filter(pk=link.pk).update(revoked_at=at))
