"""Who is told of what the house finds out about itself."""

from __future__ import annotations

from django.urls import reverse

from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import notify


def tell_of_link(event: Event) -> None:
    """Somebody else has made a way into their account: at once, to them and to nobody who stands in."""
    if isinstance(event.target, User):
        notify(
            [event.target],
            event,
            url=reverse("security"),
            urgent=True,
            themselves=True,
            now=event.at,
        )


def tell_auditors(event: Event) -> None:
    """The trail is not what was sealed: at once, to all who answer for it."""
    notify(
        holders({Role.AUDITOR}, None), event, url=reverse("setup:seals"), urgent=True, now=event.at
    )


EFFECTS: Effects = {
    "user.link_made": [tell_of_link],
    "trail.tampered": [tell_auditors],
}
