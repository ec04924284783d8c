"""What leaves the house: the hooks, and sending again what did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.platform.notices.actions import post_to, send_again
from houqin.platform.notices.models import Delivery, Hook, may_run
from houqin.platform.notices.models.delivery import DeliveryQuerySet


def require_running(actor: User) -> None:
    """Raise NotAllowed unless `actor` runs what leaves the whole house, as its managers do."""
    if not may_run(actor):
        raise NotAllowed(_("您没有此操作的权限。"))


@transaction.atomic
def save_hook(
    actor: User,
    hook: Hook | None,
    *,
    name: str,
    kind: str,
    url: str,
    secret: str,
    events: Sequence[str],
    place: Place | None = None,
    language: str,
    at_all: bool = False,
    with_text: bool = False,
    active: bool,
) -> Hook:
    """Make a hook, or change `hook`; an empty `url` or `secret` leaves the one that it has.

    Raises NotAllowed. The trail names what was changed, never a secret or the key in an address.
    """
    at = now()
    require_running(actor)
    saved, is_new = hook or Hook(), hook is None
    form: dict[str, Any] = {"name": name, "kind": kind, "events": events, "place": place}
    form |= {"url": url or saved.url, "secret": secret or saved.secret, "active": active}
    form |= {"language": language, "at_all": at_all, "with_text": with_text}
    changed = _write(saved, form)
    event = "hook.made" if is_new else "hook.changed"
    record(actor, event, saved, at=at, name=name, changed=changed)
    return saved


def _write(hook: Hook, form: dict[str, Any]) -> list[str]:
    """Save `hook` with what `form` says; which fields that changed."""
    changed = [field for field, value in form.items() if getattr(hook, field) != value]
    for field, value in form.items():
        setattr(hook, field, value)
    hook.save()
    return changed


@transaction.atomic
def test_hook(actor: User, hook: Hook) -> Delivery:
    """Put a test message on its way to `hook`, whatever it asks for. Raises NotAllowed."""
    at = now()
    require_running(actor)
    event = record(actor, "hook.tested", hook, at=at, name=hook.name)
    post_to([hook], event)
    return Delivery.objects.get(hook=hook, event=event)


@transaction.atomic
def resend(actor: User, deliveries: DeliveryQuerySet) -> int:
    """Send `deliveries` once more, those that have ended; how many. Raises NotAllowed."""
    at = now()
    require_running(actor)
    count = send_again(deliveries, now=at)
    if count:
        record(actor, "hook.resent", actor, at=at, count=count)
    return count
