"""Getting events out to hooks: in their words, at their pace."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import override

from houqin.kernel.trail.messages import SAYINGS, sentence_of
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models import Delivery, Hook, may_leave, title_of
from houqin.platform.notices.outcomes import MOST_SECONDS, arrived, claim, fail, give_back, skip
from houqin.platform.webhooks import robots
from houqin.platform.webhooks.http import NotAnAddress, post

BATCH = 20
# All three robots take 20 messages in a minute and refuse the rest.
PACE, PER = 20, timedelta(minutes=1)
# 408 took too long, 429 too many at once: these pass. Every other refusal stays one (RFC 9110).
PASSING = {408, 429}


class Failed(Exception):
    """Says what the receiver answered; `for_good` when asking again would not help."""

    def __init__(self, told: str, *, for_good: bool = False) -> None:
        super().__init__(told)
        self.for_good = for_good


def send_due(now: datetime) -> int:
    """Send what is due, hook by hook; how many were tried. One that cannot be reached holds up no other."""
    started, tried = time.monotonic(), 0
    due = Delivery.objects.filter(channel=Delivery.Channel.HOOK).due(now)
    for hook in Hook.objects.filter(pk__in=due.values("hook")).order_by("pk"):
        if time.monotonic() - started > MOST_SECONDS:
            break
        deliveries = claim_for(hook, now)
        send_each(deliveries, now, until=started + MOST_SECONDS)
        tried += len(deliveries)
    return tried


@transaction.atomic
def claim_for(hook: Hook, now: datetime) -> list[Delivery]:
    """Take what `hook` may be sent now: of a robot no more than its pace allows, whoever else sends to it."""
    Hook.objects.select_for_update().get(pk=hook.pk)
    rows = Delivery.objects.filter(hook=hook)
    lately = rows.filter(tried_at__gt=now - PER).count() if hook.is_robot else 0
    return (
        claim(rows, now, most=max(PACE - lately, 0))
        if hook.is_robot
        else claim(rows, now, most=BATCH)
    )


def send_now(delivery: Delivery, now: datetime) -> Delivery:
    """Try `delivery` at once, as it stands afterwards; somebody is waiting to see how it goes."""
    for claimed in claim(Delivery.objects.filter(pk=delivery.pk), now, most=1):
        send(claimed, now)
    delivery.refresh_from_db()
    return delivery


def send_each(deliveries: list[Delivery], now: datetime, *, until: float) -> None:
    """Send each and write down how it went. Once the machine does not answer, the rest is put off too."""
    unreachable = ""
    for delivery in deliveries:
        if unreachable:
            fail(delivery, now, unreachable)
        elif time.monotonic() > until:
            give_back(delivery, now)
        else:
            unreachable = send(delivery, now)


def send(delivery: Delivery, now: datetime) -> str:
    """Send one; a failure is written down and never raised. What kept the machine from answering, if so."""
    hook = delivery.hook
    assert hook
    off = (
        not hook.active and delivery.event.target != hook
    )  # a test goes out before a hook is switched on
    if off or not may_leave(delivery.event.name):
        skip(delivery)
        return ""
    try:
        _exchange(hook, wording(delivery, now))
    except Failed as error:
        fail(delivery, now, str(error), for_good=error.for_good)
    except NotAnAddress as error:
        fail(delivery, now, str(error), for_good=True)
    except OSError as error:
        fail(delivery, now, type(error).__name__)
        return type(error).__name__
    except Exception as error:  # one post that cannot be written must not hold up the others
        fail(delivery, now, type(error).__name__)
    else:
        arrived(delivery, now)
    return ""


def _exchange(hook: Hook, out: robots.Outgoing) -> None:
    """POST it; Failed unless the receiver says that it has it."""
    try:
        status, answer = post(out.url, out.body, out.headers)
    except HTTPException as error:
        raise Failed(type(error).__name__) from error
    if not 200 <= status < 300:
        raise Failed(f"HTTP {status}", for_good=300 <= status < 500 and status not in PASSING)
    code = robots.complaint(answer) if hook.is_robot else 0
    if code:
        raise Failed(f"{hook.kind} {code}", for_good=code in robots.GONE)


def wording(delivery: Delivery, now: datetime) -> robots.Outgoing:
    """What the hook is sent, in its language."""
    hook, event = delivery.hook, delivery.event
    assert hook
    url = _url_of(event)
    with override(hook.language):
        title, line = title_of(event), sentence_of(event.name, event.facts)
        if not hook.is_robot:
            facts = _facts(delivery, url) | {"title": title, "sentence": line}
            return robots.signed(hook, delivery.pk, facts, now)
        message = robots.Message(
            title=robots.plain(title, robots.LONGEST_TITLE),
            line=robots.plain(line, robots.LONGEST_LINE),
            url=url,
            urgent=delivery.urgent,
            call_all=hook.at_all and delivery.urgent,
        )
        return robots.ROBOTS[hook.kind](hook, message, now)


def _url_of(event: Event) -> str:
    """Where the thing of `event` is seen; the front page for one without a page."""
    where = getattr(event.target, "get_absolute_url", None)
    return f"{settings.SITE_URL}{where() if where else '/'}"


def _facts(delivery: Delivery, url: str) -> dict[str, Any]:
    """The event as another system reads it, with what somebody wrote only where the hook has chosen it;
    docs/webhooks.md names each of these."""
    event, kept_back = delivery.event, _kept_back(delivery)
    return {
        "id": delivery.pk,
        "event": event.name,
        "at": localtime(event.at).isoformat(),
        "actor": str(event.actor),
        "about": {"type": event.target_type.model, "number": str(event.target), "url": url},
        "urgent": delivery.urgent,
        "facts": {key: value for key, value in event.facts.items() if key not in kept_back},
    }


def _kept_back(delivery: Delivery) -> set[str]:
    """The facts that somebody has written: a hook is sent them only where it was set up so."""
    if delivery.hook and delivery.hook.with_text:
        return set()
    saying = SAYINGS.get(delivery.event.name)
    return {"text", saying.note} if saying else {"text"}
