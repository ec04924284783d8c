from datetime import datetime
from typing import Any

from django.db import models

from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import effects


def record(actor: User, name: str, target: models.Model, /, *, at: datetime, **facts: Any) -> Event:
    """Append the event, then run its effects (`wiring`) in the caller's transaction.

    `at` is when it happened (a timer stamps its true moment, not when it woke up). `facts` are plain JSON
    values.
    """
    event = Event(actor=actor, name=name, target=target, at=at, facts=facts)
    event.save(force_insert=True)
    table = effects()
    for effect in (*table.get(name, ()), *table.get("*", ())):
        effect(event)
    return event
