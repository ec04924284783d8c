"""What everybody has of their own, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.kernel.timekeeping import now
from houqin.platform.files.actions import attach
from houqin.platform.files.models import Attachment
from houqin.platform.notices.models import Notice
from houqin.platform.sheets.actions import export_rows
from houqin.platform.sheets.models import Export
from houqin.ui.lists import LISTINGS
from houqin.ui.saved_views.actions import save_view
from houqin.ui.saved_views.models import SavedView


def notice(cast: Any) -> Notice:
    """What wang was told of an order of his."""
    cast.order()
    return Notice.objects.filter(user=cast.wang)[0]


def any_list(cast: Any) -> dict[str, str]:
    return {"list": next(key for key, listing in LISTINGS.items() if listing.sheet), "name": "x"}


def export(cast: Any) -> Export:
    taken = Export(listing="", name="表.xlsx", content=b"PK", status=Export.Status.DONE)
    export_rows(cast.lin, taken, at=now())
    return taken


def saved_view(cast: Any) -> SavedView:
    return save_view(cast.lin, "x", name="x", query="q=x")


def photo(cast: Any) -> Attachment:
    """A photo of a demand that everybody of the business sees."""
    demand = cast.order().subject
    return attach(cast.wu, demand, cast.picture(), tag=Attachment.Tag.SCENE, at=now())


def paper(cast: Any) -> dict[str, str]:
    return {"key": "demand", "of": cast.order().subject.number}
