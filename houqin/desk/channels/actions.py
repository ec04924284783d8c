"""What people do at the ways in; the demand itself is always made by `submit_demand`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Required, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.models import PaperForm
from houqin.desk.demands.actions import submit_demand
from houqin.desk.demands.models import STAFF, WRITES_FOR_OTHERS, Demand, Watcher
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User, the_guest
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.platform.files.actions import Received, attach, rehang
from houqin.platform.files.models import Attachment
from houqin.shared.links.actions import draw_link
from houqin.shared.links.models import Purpose

# The private link by which somebody without an account follows one demand.
GUEST_LINK = Purpose("guest_demand", lasts=timedelta(days=365))
TAKEN = _("这张纸单刚被别人录入或作废，请看下一张。")


@transaction.atomic
def report_as_guest(
    place: Place,
    entry: Entry,
    *,
    caller: str,
    phone: str,
    title: str,
    body: str = "",
    claimed: str = "",
    photos: Sequence[Received] = (),
) -> tuple[Demand, str]:
    """Raise a demand for somebody without an account, `caller`, who scanned the code of `place`. Returns it
    with the token of the private link by which they follow it; the token is kept nowhere."""
    demand = submit_demand(
        the_guest(),
        entry,
        place=place,
        title=title,
        body=body,
        claimed=claimed,
        photos=photos,
        caller=caller,
        phone=phone,
        channel=Demand.Channel.SCAN,
    )
    return demand, draw_link(demand.requester, GUEST_LINK, demand, at=demand.submitted_at)[1]


@transaction.atomic
def issue_link(actor: User, demand: Demand) -> str:
    """The token of a new private link for the caller, who has none or lost it; one that was given out before
    opens nothing from now on. Raises Refused for a demand of somebody with an account."""
    require(actor, STAFF, demand.place)
    if not demand.caller:
        raise Refused(_("需求人有账号，登录就能看到这件，不需要链接。"))
    at = now()
    _one, token = draw_link(actor, GUEST_LINK, demand, at=at)
    record(actor, "demand.linked", demand, at=at)
    return token


@transaction.atomic
def follow_demand(actor: User, demand: Demand) -> None:
    """Be told of a demand that one may see, instead of asking for the same thing; twice is once."""
    at = now()
    if demand.requester_id == actor.pk:
        return
    _watcher, new = Watcher.objects.get_or_create(demand=demand, user=actor)
    if new:
        record(actor, "demand.followed", demand, at=at)


@transaction.atomic
def bring_paper(actor: User, *, scans: Sequence[Received]) -> list[PaperForm]:
    """Lay scans into the tray, each one paper form that waits to be transcribed."""
    at = now()
    require(actor, WRITES_FOR_OTHERS)
    brought = []
    for scan in scans:
        paper = PaperForm.objects.create(name=scan.name, brought_by=actor, at=at)
        attach(actor, paper, scan, tag=Attachment.Tag.SCAN, at=at)
        record(actor, "paper.brought", paper, at=at)
        brought.append(paper)
    return brought


class Transcribed(TypedDict, total=False):
    """What a paper form says, in the keywords of `submit_demand`."""

    place: Required[Place]
    title: Required[str]
    requester: Required[User]
    body: str
    answers: dict[str, Any]
    claimed: str
    wanted_at: datetime | None
    phone: str
    caller: str


@transaction.atomic
def transcribe_paper(
    actor: User, paper: PaperForm, entry: Entry, *, dated: date, **asked: Unpack[Transcribed]
) -> Demand:
    """Make a demand of `paper`, to which the scan belongs from then on. Of two who transcribe the same one
    the second is refused, and no demand comes of it."""
    demand = submit_demand(actor, entry, channel=Demand.Channel.PAPER, **asked)
    if not PaperForm.objects.waiting().filter(pk=paper.pk).update(demand=demand, dated=dated):
        raise Refused(TAKEN)
    rehang(paper, demand)
    return demand


@transaction.atomic
def discard_paper(actor: User, paper: PaperForm) -> None:
    """Put `paper` aside: it is no demand, or was laid down twice."""
    at = now()
    require(actor, WRITES_FOR_OTHERS)
    if not PaperForm.objects.waiting().filter(pk=paper.pk).update(discarded_at=at):
        raise Refused(TAKEN)
    record(actor, "paper.discarded", paper, at=at)
