"""How requests, and what one would ask for, are found by whoever searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from houqin.dispatch.models import WorkOrder
from houqin.kernel.people.models import OF_PEOPLE, Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.search.actions import BATCH, index, mark_stale
from houqin.kernel.search.registry import Indexed, Listed, Shown, Text, register
from houqin.kernel.trail.models import Event
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import RUNS_REQUESTS, Request


def _rows() -> Any:
    orders = WorkOrder.objects.select_related("executor", "team").order_by("pk")
    related = Request.objects.select_related("place", "requester", "department", "entry__category")
    return related.prefetch_related(Prefetch("orders", orders))


def _text(request: Request, said: Sequence[str], inner: Sequence[str]) -> Text:
    """What everybody reads who sees the request; the inner notes are kept apart."""
    takers = [str(order.executor or order.team) for order in request.orders.all()]
    people = (request.requester.name, request.caller, request.department, *takers)
    body = (request.body, request.place.full_name, *people, *_service(request))
    return Text(
        number=request.number,
        title=request.title,
        body="\n".join(dict.fromkeys(str(one) for one in body if one)),
        phones=[request.phone or request.requester.phone],
        thread=said,
        inner=inner,
        open=request.status in Request.OPEN,
        at=request.submitted_at,
    )


def _service(request: Request) -> list[str]:
    """What was asked for and answered, in every language, because any reader may search for it."""
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said += [str(request.entry), str(request.entry.category)]
            said += [words for _label, words in request.entry.answered(request.answers)]
    return said


def _shown(request: Request, user: User) -> Shown:
    facts = [request.place.short_name, request.asker, request.contact()[1]]
    return Shown(request.get_absolute_url(), request.title, request.number, facts, request)


def _services(user: User, words: Sequence[str], most: int) -> list[Shown]:
    """What can be asked for, named or described so in any language."""
    rows = Entry.objects.filter(active=True).select_related("category")
    fitting = [entry for entry in rows if all(word in _described(entry) for word in words)]
    return [
        Shown(
            reverse("servicedesk:new_request_for", args=[entry.code]), str(entry), facts=[str(entry.category)]
        )
        for entry in fitting[:most]
    ]


def _described(entry: Entry) -> str:
    said = [entry.name, entry.hint, entry.category.name, str(entry), str(entry.category)]
    return " ".join(said).casefold()


def _people(user: User, words: Sequence[str], most: int) -> list[Shown]:
    """Colleagues, by name, number and telephone, for those who run the service: one looks for what they
    asked for or do."""
    if not RUNS_REQUESTS & user.role_codes():
        return []
    rows = User.objects.filter(OF_PEOPLE, is_active=True).select_related("department")
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(username__icontains=word) | Q(phone__contains=word))
    return [
        Shown(_requests(person.name), person.name, person.username, [person.department or "", person.phone])
        for person in rows.order_by("name", "pk")[:most]
    ]


def _places(user: User, words: Sequence[str], most: int) -> list[Shown]:
    rows = Place.objects.in_use()
    for word in words:
        rows = rows.filter(Q(full_name__icontains=word) | Q(code__icontains=word))
    return [
        Shown(_requests(place.full_name), place.name, place.code, [place.full_name])
        for place in rows.order_by("depth", "path")[:most]
    ]


def _requests(words: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': words, 'kind': 'request'})}"


def index_imported(event: Event) -> None:
    """A file has come in, without an event for each of its rows: they are indexed here."""
    rows = Request.objects.filter(imported_as__file=event.target_id).order_by("pk").only("pk")
    for start in range(0, len(rows), BATCH):
        index(*rows[start : start + BATCH])


def index_renamed(event: Event) -> None:
    """A place, a person, a department or a service has another name, or a workbook has changed many: what
    names them is indexed again, soon and in small batches."""
    for rows in _naming(event.target):
        mark_stale(rows)


def _naming(thing: Any) -> tuple[QuerySet[Any], ...]:
    requests, orders = Request.objects.all(), WorkOrder.objects.all()
    if isinstance(thing, Place):
        below = {"place__path__startswith": thing.path}
        return requests.filter(**below), orders.filter(**below)
    if isinstance(thing, User):
        done = orders.filter(executor=thing)
        subjects = done.filter(subject_type=ContentType.objects.get_for_model(Request)).values("subject_id")
        return requests.filter(Q(requester=thing) | Q(pk__in=subjects)), done
    if isinstance(thing, Department):
        return (requests.filter(department=thing),)
    if isinstance(thing, Entry):
        return (requests.filter(entry=thing),)
    return requests, orders


register(
    Indexed(
        kind="request",
        label=_("需求"),
        icon="clipboard-list",
        order=10,
        model=Request,
        rows=_rows,
        text=_text,
        shown=_shown,
        inner_to=lambda user: Request.objects.inner_to(user),
        about=lambda request: [request, *request.orders.all()],
    )
)
register(Listed("service", _("提交需求"), "plus", _services, order=30))
register(Listed("person", _("人员"), "user", _people, order=40))
register(Listed("place", _("地点"), "map-pin", _places, order=50))
