"""The addresses of the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query

from houqin.kernel.api import shapes as kernel
from houqin.kernel.api.bodies import read_body
from houqin.kernel.api.cards import CardActions, Done
from houqin.kernel.api.fields import body_of, form_schema
from houqin.kernel.api.house import API, BODIES, Router, answers, may
from houqin.kernel.api.listings import asked_of, read_listing
from houqin.kernel.timekeeping import now
from houqin.kernel.tokens.door import ApiRequest
from houqin.kernel.tokens.once import carry_out
from houqin.kernel.tokens.problems import Trouble
from houqin.kernel.tokens.seen import refuse_unseen, tag_of
from houqin.servicedesk.actions import submit_request
from houqin.servicedesk.api import shapes
from houqin.servicedesk.api.forms import RaiseForm
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import Request
from houqin.servicedesk.pages import CARD, QUEUE
from houqin.servicedesk.reports import shelves

router = Router()
ACTIONS = CardActions(CARD, "requests")
RequestsAsked = asked_of(QUEUE, "RequestsAsked")


@router.get(
    "/catalogue", url_name="catalogue", operation_id="catalogue", tags=["catalogue"],
    summary="What can be asked for", **answers(200, list[shapes.ShelfShape]), **may("requests:read"),
)  # fmt: skip
def catalogue(request: ApiRequest) -> Any:
    return [shapes.shelf(one) for one in shelves("")]


@router.get(
    "/catalogue/{code}", url_name="catalogue_entry", operation_id="catalogue_entry", tags=["catalogue"],
    summary="One entry and its questions", **answers(200, shapes.EntryShape, 404), **may("requests:read"),
)  # fmt: skip
def catalogue_entry(request: ApiRequest, code: str) -> Any:
    entry = get_object_or_404(entries(), code=code)
    fields = form_schema(_form(request, entry).fields, files=True)
    category = entry.category
    said = {"line": category.line_code, "category_code": category.code, "fields": fields}
    return shapes.entry_brief(entry) | said


@router.get(
    "/requests", url_name="requests", operation_id="requests", tags=["requests"],
    summary="Requests that the caller may see", **answers(200, shapes.RequestList, 422),
    **may("requests:read"),
)  # fmt: skip
def requests(request: ApiRequest, asked: Query[RequestsAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, QUEUE, asked, shapes.row)


@router.post(
    "/requests", url_name="requests", operation_id="raise_request", tags=["requests"],
    summary="Raise a request", **answers(201, Done, 400, 404, 409, 413, 415, 422), **may("requests:write"),
)  # fmt: skip
def raise_request(request: ApiRequest) -> Any:
    body = read_body(request)
    entry = entries().filter(code=body.take("entry")).first()
    if entry is None:
        raise Trouble(422, errors=[("entry", _("请写服务项的代码，见 /catalogue。"))])
    given = body.fill(_form(request, entry))
    return carry_out(request, 201, lambda: _submit(request, entry, given), place="url")


@router.get(
    "/requests/{number}", url_name="request", operation_id="request", tags=["requests"],
    summary="One request with its clocks, orders, thread and actions",
    **answers(200, shapes.RequestShape, 404, 412), **may("requests:read"),
)  # fmt: skip
def one_request(request: ApiRequest, response: HttpResponse, number: str) -> Any:
    found = get_object_or_404(Request.objects.visible_to(request.user).with_all(), number=number)
    refuse_unseen(request, found)
    response["ETag"] = tag_of(found)
    return shapes.whole(request, found, ACTIONS.open_to(request, found))


@router.get(
    "/requests/{number}/clocks", url_name="request_clocks", operation_id="request_clocks", tags=["requests"],
    summary="Its clocks, each with why it is due when it is due",
    **answers(200, list[kernel.ClockShape], 404), **may("requests:read"),
)  # fmt: skip
def request_clocks(request: ApiRequest, number: str) -> Any:
    found = get_object_or_404(Request.objects.visible_to(request.user), number=number)
    return kernel.clocks(found, now())


def entries() -> QuerySet[Entry]:
    return Entry.objects.filter(active=True).select_related("category")


def _form(request: ApiRequest, entry: Entry) -> RaiseForm:
    return RaiseForm(actor=request.user, target=entry)


def _submit(request: ApiRequest, entry: Entry, given: dict[str, Any]) -> dict[str, Any]:
    made = submit_request(request.user, entry, **given | {"channel": Request.Channel.API})
    return ACTIONS.stands(request, made)


def _body() -> dict[str, Any]:
    """What POST /requests takes: the form of the page, and which entry it is for."""
    code = {"type": "string", "minLength": 1, "description": "The code of a catalogue entry."}
    body = body_of(RaiseForm.base_fields, entry=code)
    for content in body["content"].values():
        content["schema"]["patternProperties"] = {"^ask_": {}}  # its questions, as /catalogue/{code} tells
    body["content"]["application/json"]["example"] = {
        "entry": "furniture", "place": "BJ-2-502", "title": "502 门锁坏了", "claimed": "routine",
    }  # fmt: skip
    return body


BODIES["raise_request"] = _body
ACTIONS.add_to(router)
API.add_router("", router)
