"""The read side of the API, from what a list and a register declare of their columns."""

from collections.abc import Set
from typing import Any

from ninja import Query, Router, Schema
from pydantic import create_model

from houqin.platform.tokens.authentication import ApiRequest
from houqin.ui.api.instance import answers, may
from houqin.ui.api.listings import Listed, asked_of, read_listing
from houqin.ui.api.schemas import PlaceShape
from houqin.ui.lists import PLACE, Listing
from houqin.ui.registers import REGISTERS
from houqin.ui.routes import BUSINESS

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
    name = "".join(word.capitalize() for word in listing.key.split("_"))
    row = row_schema(listing, f"{name}Row")
    many = create_model(f"{name}List", __base__=Listed, items=(list[row], ...))  # type: ignore[valid-type]
    asked_model = asked_of(listing, f"{name}Asked")

    def rows(request: ApiRequest, asked: Query[asked_model]) -> Any:  # type: ignore[valid-type]
        return read_listing(request, listing, asked, lambda one: tell_row(listing, one))

    router.get(
        f"/{plural}",
        url_name=plural,
        operation_id=listing.key,
        tags=[plural],
        summary=str(listing.key).replace("_", " ").capitalize(),
        **answers(200, many, 422),
        **may(scope, to=to, everywhere=everywhere),
    )(rows)


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
