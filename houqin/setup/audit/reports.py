"""The trail as the auditor reads it: what anybody did, narrowed by who, to what, which and when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware

from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.trail.messages import SAYINGS, Saying, sentence_of
from houqin.kernel.trail.models import Event
from houqin.work.orders.models import WorkOrder

# By what people call a thing that things are done to.
CALLED: Final[tuple[tuple[Any, str], ...]] = (
    (Demand, "number"), (WorkOrder, "number"), (User, "username"), (Place, "code"), (Department, "code"),
)  # fmt: skip


def events_of(
    *,
    who: str = "",
    what: str = "",
    event: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """The events that fit, with their actors; `until` is the last day that counts."""
    events = Event.objects.select_related("actor").prefetch_related("target")
    if who:
        people = User.objects.filter(Q(name__icontains=who) | Q(username__icontains=who))
        events = events.filter(actor__in=people.values("pk"))
    if what:
        events = events.filter(_about(what))
    if event:
        events = events.filter(name=event)
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    return events


def line_of(event: Event) -> dict[str, Any]:
    """An event as the trail shows it: its sentence, its icon, and what it is about."""
    saying = SAYINGS.get(event.name, Saying(event.name))
    target = event.target
    about = getattr(target, "number", None) or (str(target) if target is not None else "—")
    return {
        "event": event,
        "sentence": sentence_of(event.name, event.facts),
        "icon": saying.icon,
        "about": about,
    }


def _about(what: str) -> Q:
    """Those about the things that are called `what`; about nothing where there are none."""
    chosen = Q(pk__in=[])
    for model, field in CALLED:
        keys = list(
            model._default_manager.filter(**{f"{field}__iexact": what}).values_list(
                "pk", flat=True
            )[:20]
        )
        if keys:
            chosen |= Q(
                target_type=ContentType.objects.get_for_model(model, for_concrete_model=True),
                target_id__in=keys,
            )
    return chosen


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
