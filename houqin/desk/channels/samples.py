"""One thing of each way in, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import bring_paper, report_as_guest
from houqin.desk.channels.drafts import keep_favourite
from houqin.desk.channels.models import Favourite, PaperForm
from houqin.desk.demands import samples
from houqin.desk.demands.models import Demand
from houqin.kernel.places.models import Place
from houqin.platform.files.actions import receive
from houqin.platform.files.models import Attachment


def entry(cast: Any) -> dict[str, str]:
    return {"entry": "hvac"}


def favourite(cast: Any) -> Favourite:
    return keep_favourite(cast.wu, samples.given(cast), name="x")


def paper(cast: Any) -> PaperForm:
    (sheet,) = bring_paper(cast.chen, scans=[receive(cast.picture())])
    return sheet


def place(cast: Any) -> Place:
    room: Place = cast.room
    return room


def _reported(cast: Any) -> tuple[Demand, str]:
    """A demand of somebody without an account, with the token of their private link."""
    electrical = Entry.objects.get(code="electrical")
    return report_as_guest(
        cast.room,
        electrical,
        caller="沈工",
        phone="13800135127",
        title="灯不亮",
        photos=[cast.picture()],
    )


def of_a_guest(cast: Any) -> Demand:
    demand, _token = _reported(cast)
    return demand


def link(cast: Any) -> dict[str, str]:
    _demand, token = _reported(cast)
    return {"token": token}


def comment(cast: Any) -> dict[str, str]:
    return link(cast) | {"verb": "comment"}


def photo(cast: Any) -> dict[str, Any]:
    demand, token = _reported(cast)
    return {"token": token, "pk": Attachment.objects.of(demand).get().pk}
