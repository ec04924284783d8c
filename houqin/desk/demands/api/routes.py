"""The addresses of the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import samples
from houqin.desk.demands.actions import submit_demand
from houqin.desk.demands.api import shapes
from houqin.desk.demands.api.forms import RaiseForm
from houqin.desk.demands.models import Demand
from houqin.desk.demands.pages import CARD, QUEUE
from houqin.desk.demands.reports import shelves
from houqin.kernel.timekeeping import now
from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen, tag_of
from houqin.platform.tokens.idempotency import carry_out
from houqin.platform.tokens.problems import Trouble
from houqin.ui.api import schemas as kernel
from houqin.ui.api.cards import CardActions, Done
from houqin.ui.api.fields import body_of, form_schema
from houqin.ui.api.instance import API, BODIES, Router, answers, may
from houqin.ui.api.listings import asked_of, read_listing
from houqin.ui.api.parsing import read_body
from houqin.ui.routes import FIRST_POSTS

router = Router()
ACTIONS = CardActions(CARD, "demands", samples.given, FIRST_POSTS)
DemandsAsked = asked_of(QUEUE, "DemandsAsked")


@router.get(
    "/catalogue",
    url_name="catalogue",
    operation_id="catalogue",
    tags=["catalogue"],
    summary="What can be asked for",
    **answers(200, list[shapes.ShelfShape]),
    **may("demands:read"),
)
def catalogue(request: ApiRequest) -> Any:
    return [shapes.shelf(category) for category in shelves("")]


@router.get(
    "/catalogue/{code}",
    url_name="catalogue_entry",
    operation_id="catalogue_entry",
    tags=["catalogue"],
    summary="One entry and its questions",
    **answers(200, shapes.EntryShape, 404),
    **may("demands:read", sample=lambda cast: {"code": "hvac"}),
)
def catalogue_entry(request: ApiRequest, code: str) -> Any:
    entry = get_object_or_404(entries(), code=code)
    fields = form_schema(_form(request, entry).fields, files=True)
    category = entry.category
    details = {"line": category.line_code, "category_code": category.code, "fields": fields}
    return shapes.entry_brief(entry) | details


@router.get(
    "/demands",
    url_name="demands",
    operation_id="demands",
    tags=["demands"],
    summary="Requests that the caller may see",
    **answers(200, shapes.DemandList, 422),
    **may("demands:read"),
)
def demands(request: ApiRequest, asked: Query[DemandsAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, QUEUE, asked, shapes.row)


@router.post(
    "/demands",
    url_name="demands",
    operation_id="raise_demand",
    tags=["demands"],
    summary="Raise a request",
    **answers(201, Done, 400, 404, 409, 413, 415, 422),
    **may("demands:write"),
)
def raise_demand(request: ApiRequest) -> Any:
    body = read_body(request)
    entry = entries().filter(code=body.take("entry")).first()
    if entry is None:
        raise Trouble(422, errors=[("entry", _("请写服务项的代码，见 /catalogue。"))])
    values = body.fill(_form(request, entry))
    return carry_out(request, 201, lambda: _submit(request, entry, values), place="url")


@router.get(
    "/demands/{number}",
    url_name="demand",
    operation_id="demand",
    tags=["demands"],
    summary="One request with its clocks, orders, thread and actions",
    **answers(200, shapes.DemandShape, 404, 412),
    **may("demands:read", sees=FIRST_POSTS, sample=samples.given),
)
def one_demand(request: ApiRequest, response: HttpResponse, number: str) -> Any:
    demand = get_object_or_404(Demand.objects.visible_to(request.user).with_all(), number=number)
    refuse_unseen(request, demand)
    response["ETag"] = tag_of(demand)
    return shapes.whole(request, demand, ACTIONS.open_to(request, demand))


@router.get(
    "/demands/{number}/clocks",
    url_name="demand_clocks",
    operation_id="demand_clocks",
    tags=["demands"],
    summary="Its clocks, each with why it is due when it is due",
    **answers(200, list[kernel.ClockShape], 404),
    **may("demands:read", sees=FIRST_POSTS, sample=samples.given),
)
def demand_clocks(request: ApiRequest, number: str) -> Any:
    demand = get_object_or_404(Demand.objects.visible_to(request.user), number=number)
    return kernel.clocks(demand, now())


def entries() -> QuerySet[Entry]:
    return Entry.objects.filter(active=True).select_related("category")


def _form(request: ApiRequest, entry: Entry) -> RaiseForm:
    return RaiseForm(actor=request.user, target=entry)


def _submit(request: ApiRequest, entry: Entry, values: dict[str, Any]) -> dict[str, Any]:
    demand = submit_demand(request.user, entry, **values | {"channel": Demand.Channel.API})
    return ACTIONS.stands(request, demand)


def _body() -> dict[str, Any]:
    """What POST /demands takes: the form of the page, and which entry it is for."""
    code = {"type": "string", "minLength": 1, "description": "The code of a catalogue entry."}
    body = body_of(RaiseForm.base_fields, entry=code)
    for content in body["content"].values():
        content["schema"]["patternProperties"] = {
            "^ask_": {}
        }  # its questions, as /catalogue/{code} tells
    body["content"]["application/json"]["example"] = {
        "entry": "furniture",
        "place": "BJ-2-502",
        "title": "502 门锁坏了",
        "claimed": "routine",
    }
    return body


BODIES["raise_demand"] = _body
ACTIONS.add_to(router)
API.add_router("", router)
