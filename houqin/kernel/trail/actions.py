from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event

Reaction = Callable[[Event], None]


@cache
def _reactions() -> dict[str, list[Reaction]]:
    table: dict[str, list[Reaction]] = import_string(settings.REACTIONS)
    return table


def record(actor: User, name: str, target: models.Model, /, *, at: datetime, **facts: Any) -> Event:
    """Append the event, then run what config.reactions wires to it or to all, in the caller's transaction.

    `at` is when it happened (a timer stamps its true moment, not when it woke up). `facts` are plain JSON
    values.
    """
    event = Event(actor=actor, name=name, target=target, at=at, facts=facts)
    event.save(force_insert=True)
    table = _reactions()
    for react in (*table.get(name, ()), *table.get("*", ())):
        react(event)
    return event
