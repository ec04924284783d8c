"""Who is told that a paper of somebody in a crew expires: they themselves, and who runs the crew."""

from __future__ import annotations

from django.urls import reverse

from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import notify
from houqin.work.teams.models import Member


def tell_of_expiry(event: Event) -> None:
    holder = getattr(event.target, "holder", None)
    if not isinstance(holder, User):
        return
    notify([holder], event, url=reverse("me"), themselves=True, now=event.at)
    for member in Member.objects.filter(user=holder).select_related("team__place"):
        page = reverse("teams:member", args=[member.team_id, member.pk])
        notify(holders({Role.LEAD}, member.team.place), event, url=page, now=event.at)


EFFECTS: Effects = {"credential.expiring": [tell_of_expiry]}
