"""The API of lists, registers and cards, from what they declare for their pages."""

from collections.abc import Set
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from houqin.platform.files.models import Attachment
from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen, tag_of
from houqin.platform.tokens.idempotency import carry_out
from houqin.ui.api import schemas
from houqin.ui.api.cards import CardActions, Done
from houqin.ui.api.fields import body_of
from houqin.ui.api.instance import BODIES, answers, may
from houqin.ui.api.listings import Listed, asked_of, read_listing
from houqin.ui.api.parsing import read_body
from houqin.ui.api.schemas import PlaceShape
from houqin.ui.cards import Begin
from houqin.ui.lists import PLACE, Listing
from houqin.ui.registers import REGISTERS
from houqin.ui.routes import BUSINESS
from houqin.ui.timeline import timeline

MASTER_DATA = "directory:read"  # the scope of all registers


def row_schema(listing: Listing, name: str) -> type[Schema]:
    """The schema of one row: a field for each column that the API tells."""
    fields: dict[str, Any] = {}
    for column in listing.facts:
        for field, kind in column.schema().items():
            fields[field] = (PlaceShape | None if column.kind is PLACE else kind, ...)
    return create_model(name, __base__=Schema, **fields)


def tell_row(listing: Listing, row: Any) -> dict[str, Any]:
    """One row, as its schema says; asks the database nothing that `with_all` has not read."""
    told: dict[str, Any] = {}
    for column in listing.facts:
        told |= column.tell(row) if column.schema() else {}
    return told


def add_list(
    router: Router,
    listing: Listing,
    plural: str,
    scope: str,
    *,
    to: Set[str] = BUSINESS,
    everywhere: bool = False,
) -> None:
    """`GET /{plural}`: the rows that the caller may see, with the tabs, filters and sort of the page."""
    name = _schema_name(listing.key)
    row = row_schema(listing, f"{name}Row")
    many = create_model(f"{name}List", __base__=Listed, items=(list[row], ...))  # type: ignore[valid-type]
    asked_model = asked_of(listing, f"{name}Asked")

    def rows(request: ApiRequest, asked: Query[asked_model]) -> Any:  # type: ignore[valid-type]
        return read_listing(request, listing, asked, lambda record: tell_row(listing, record))

    router.get(
        f"/{plural}",
        url_name=plural,
        operation_id=listing.key,
        tags=[plural],
        summary=str(listing.key).replace("_", " ").capitalize(),
        **answers(200, many, 422),
        **may(scope, to=to, everywhere=everywhere),
    )(rows)


def _schema_name(key: str) -> str:
    """`lost_things` as the document calls it: LostThings."""
    return "".join(word.capitalize() for word in key.split("_"))


class CardShape(Schema):
    """What a card shows beside the columns of its list."""

    files: list[schemas.FileShape]
    thread: list[schemas.EventShape]
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


def add_card(router: Router, actions: CardActions) -> None:
    """The list, one of it, its actions and, where the card begins one, `POST /{plural}`."""
    card = actions.card
    assert card.listing is not None
    add_list(router, card.listing, actions.plural, actions.scope("read"))
    if card.begin is not None:
        _add_begin(router, actions, card.begin)
    _add_one(router, actions, card.listing)
    actions.add_to(router)


def _add_begin(router: Router, actions: CardActions, begin: Begin) -> None:
    form: Any = begin.form
    operation = f"new_{actions.card.name}"

    def new(request: ApiRequest) -> Any:
        cleaned = read_body(request).fill(form(actor=request.user))
        return carry_out(request, 201, lambda: _begun(request, cleaned), place="url")

    def _begun(request: ApiRequest, cleaned: dict[str, Any]) -> dict[str, Any]:
        return actions.stands(request, begin.action(request.user, **cleaned), message="")

    BODIES[operation] = lambda: body_of(form.base_fields)
    router.post(
        f"/{actions.plural}",
        url_name=f"{actions.card.name}s",
        operation_id=operation,
        tags=[actions.plural],
        summary="A new one",
        **answers(201, Done, 400, 404, 409, 413, 415, 422),
        **may(actions.scope("write"), to=begin.to),
    )(new)


def _add_one(router: Router, actions: CardActions, listing: Listing) -> None:
    def read_record(request: ApiRequest, response: HttpResponse, number: str) -> Any:
        rows = listing.model.objects.visible_to(request.user).with_all()
        thing = get_object_or_404(rows, number=number)
        refuse_unseen(request, thing)
        response["ETag"] = tag_of(thing)
        return (
            tell_row(listing, thing) | _beside(thing) | {"actions": actions.open_to(request, thing)}
        )

    router.get(
        f"/{actions.plural}/{{number}}",
        url_name=actions.card.name,
        operation_id=actions.card.name,
        tags=[actions.plural],
        summary="One of them with its files, thread and actions",
        **answers(200, _card_schema(actions.card.name, listing), 404, 412),
        **may(actions.scope("read"), sees=actions.sees, sample=actions.sample),
    )(read_record)


def _card_schema(name: str, listing: Listing) -> type:
    """The schema of one thing: the columns of its list, and what a card shows beside them."""
    called = _schema_name(name)
    bases = (CardShape, row_schema(listing, f"{called}Facts"))
    return type(f"{called}Shape", bases, {"__module__": __name__})


def _beside(thing: Any) -> dict[str, Any]:
    return {
        "files": schemas.files(Attachment.objects.of(thing)),
        "thread": schemas.thread(timeline(thing, inner=False)),
    }


def registers_router() -> Router:
    """A list for each register, by its key."""
    router = Router()
    for register in REGISTERS.values():
        add_list(
            router,
            register,
            register.key.replace("_", "-"),
            MASTER_DATA,
            to=register.reads or register.edits,
            everywhere=register.everywhere,
        )
    return router
