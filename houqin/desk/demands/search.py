"""How demands, and what one would ask for, are found by whoever searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import RUNS_DEMANDS, Demand
from houqin.kernel.people.models import OF_PEOPLE, Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.related import related
from houqin.kernel.trail.models import Event
from houqin.platform.search.actions import mark_stale
from houqin.platform.search.registry import Indexed, ListedKind, Shown, Text, register
from houqin.work.orders.models import WorkOrder


def _text(demand: Demand, thread: Sequence[str], inner: Sequence[str]) -> Text:
    """What everybody reads who sees the demand; the inner notes are kept apart."""
    takers = [str(order.executor or order.team) for order in related(demand, "orders")]
    people = (demand.requester.name, demand.caller, demand.department, *takers)
    body = (demand.body, demand.place.full_name, *people, *_service(demand))
    return Text(
        number=demand.number,
        title=demand.title,
        body="\n".join(dict.fromkeys(str(words) for words in body if words)),
        phones=[demand.phone or demand.requester.phone],
        thread=thread,
        inner=inner,
        open=demand.status in Demand.OPEN,
        at=demand.submitted_at,
    )


def _service(demand: Demand) -> list[str]:
    """What was asked for and answered, in every language, because any reader may search for it."""
    parts = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            parts += [str(demand.entry), str(demand.entry.category)]
            parts += [words for _label, words in demand.entry.answered(demand.answers)]
    return parts


def _shown(demand: Demand, user: User) -> Shown:
    facts = [demand.place.short_name, demand.asker, demand.contact()[1]]
    return Shown(demand.get_absolute_url(), demand.title, demand.number, facts, demand)


def _services(user: User, words: Sequence[str], most: int) -> list[Shown]:
    """What can be asked for, named or described so in any language."""
    rows = Entry.objects.filter(active=True).select_related("category")
    fitting = [entry for entry in rows if all(word in _described(entry) for word in words)]
    return [
        Shown(
            reverse("channels:new_demand_for", args=[entry.code]),
            str(entry),
            facts=[str(entry.category)],
        )
        for entry in fitting[:most]
    ]


def _described(entry: Entry) -> str:
    parts = [entry.name, entry.hint, entry.category.name, str(entry), str(entry.category)]
    return " ".join(parts).casefold()


def _people(user: User, words: Sequence[str], most: int) -> list[Shown]:
    """Colleagues, by name, number and telephone, for those who run the service: one looks for what they
    asked for or do."""
    if not RUNS_DEMANDS & user.role_codes():
        return []
    rows = User.objects.filter(OF_PEOPLE, is_active=True).select_related("department")
    for word in words:
        rows = rows.filter(
            Q(name__icontains=word) | Q(username__icontains=word) | Q(phone__contains=word)
        )
    return [
        Shown(
            _demands(person.name),
            person.name,
            person.username,
            [person.department or "", person.phone],
        )
        for person in rows.order_by("name", "pk")[:most]
    ]


def _places(user: User, words: Sequence[str], most: int) -> list[Shown]:
    rows = Place.objects.in_use()
    for word in words:
        rows = rows.filter(Q(full_name__icontains=word) | Q(code__icontains=word))
    return [
        Shown(_demands(place.full_name), place.name, place.code, [place.full_name])
        for place in rows.order_by("depth", "path")[:most]
    ]


def _demands(words: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': words, 'kind': 'demand'})}"


def index_renamed(event: Event) -> None:
    """A place, a person, a department or a service has another name, or a workbook has changed many: what
    names them is indexed again, soon and in small batches."""
    for rows in _naming(event.target):
        mark_stale(rows)


def _naming(thing: Any) -> tuple[QuerySet[Any], ...]:
    demands, orders = Demand.objects.all(), WorkOrder.objects.all()
    if isinstance(thing, Place):
        below = {"place__path__startswith": thing.path}
        return demands.filter(**below), orders.filter(**below)
    if isinstance(thing, User):
        done = orders.filter(executor=thing)
        subjects = done.filter(subject_type=ContentType.objects.get_for_model(Demand)).values(
            "subject_id"
        )
        return demands.filter(Q(requester=thing) | Q(pk__in=subjects)), done
    if isinstance(thing, Department):
        return (demands.filter(department=thing),)
    if isinstance(thing, Entry):
        return (demands.filter(entry=thing),)
    return demands, orders


register(
    Indexed(
        kind="demand",
        label=_("需求"),
        icon="clipboard-list",
        order=10,
        model=Demand,
        rows=lambda: Demand.objects.with_orders(),
        text=_text,
        shown=_shown,
        inner_to=lambda user: Demand.objects.inner_to(user),
        about=lambda demand: [demand, *related(demand, "orders")],
    )
)
register(ListedKind("service", _("提交需求"), "plus", _services, order=30))
register(ListedKind("person", _("人员"), "user", _people, order=40))
register(ListedKind("place", _("地点"), "map-pin", _places, order=50))
