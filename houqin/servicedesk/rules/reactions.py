"""A request has been graded: the rules have their turn. Wired in config/reactions.py."""

from __future__ import annotations

from houqin.kernel.trail.models import Event
from houqin.servicedesk.models import Request
from houqin.servicedesk.rules.actions import apply_rules


def give_by_rule(event: Event) -> None:
    """Only what nobody has given out: the reviewer who names somebody goes before every rule."""
    request = event.target
    assert isinstance(request, Request)
    if request.status == Request.Status.GRADED and not event.facts.get("given"):
        apply_rules(request, event.at)
