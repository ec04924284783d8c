"""What happens at the front desk."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.lines.front_desk.access import RUNS_DESK
from houqin.lines.front_desk.models import LostThing, Parcel
from houqin.lines.front_desk.policies import LOST_KEPT, PARCEL_KEPT
from houqin.platform.files.actions import Received, Upload, attach
from houqin.platform.files.models import Attachment

File = Upload | Received


@transaction.atomic
def receive_parcel(
    actor: User,
    *,
    recipient: User | None = None,
    outsider: str = "",
    place: Place,
    carrier: str,
    tracking_number: str = "",
    note: str = "",
    photos: Sequence[File] = (),
) -> Parcel:
    """Keep a delivery for its recipient, who is told; how long is settled now."""
    at = now()
    require(actor, RUNS_DESK, place)
    parcel = Parcel(
        number=next_number("SJ", at),
        recipient=recipient,
        outsider=outsider,
        place=place,
        carrier=carrier,
        tracking_number=tracking_number,
        note=note,
        received_at=at,
        return_at=at + PARCEL_KEPT.span(at),
        code=f"{secrets.randbelow(10**4):04}",
    )
    facts = {"carrier": carrier, "place": place.full_name}
    Parcel.FLOW.begin("receive", actor, parcel, at=at, facts=facts)
    _attach(actor, parcel, photos, Attachment.Tag.SCENE, at)
    return parcel


@transaction.atomic
def hand_out_parcel(
    actor: User,
    parcel: Parcel,
    *,
    code: str = "",
    collector: User | None = None,
    name: str = "",
    signature: File | None = None,
) -> None:
    """Give it to whoever says its code or signs; `collector` fetches it for a colleague. Raises Refused for
    a wrong code, and without a code and a signature."""
    at, name = now(), name.strip()
    Parcel.FLOW.check("hand_out", actor, parcel)
    _refuse_without_proof(parcel, code, name or signature)
    collector = None if collector == parcel.recipient else collector
    to = str(collector or name or parcel.addressee)
    Parcel.FLOW.take(
        "hand_out",
        actor,
        parcel,
        at=at,
        facts={"to": to},
        event="collected" if collector else "handed_out",
        collector=collector,
        signed_name=name or to,
        closed_at=at,
    )
    _attach_signature(actor, parcel, signature, at)


def _refuse_without_proof(parcel: Parcel, code: str, signed: object) -> None:
    if code and not secrets.compare_digest(code.encode(), parcel.code.encode()):
        raise Refused(_("取件码不对，请收件人再看一下，或者签名领取。"))
    if not code and not signed:
        raise Refused(_("请输入取件码，或者签名领取。"))


@transaction.atomic
def send_back_parcel(actor: User, parcel: Parcel, *, reason: str = "") -> None:
    """Give the parcel back to its carrier; the house does so when nobody has fetched it."""
    at, event = now(), "unfetched" if actor.is_system else "returned"
    facts = {"reason": reason}
    Parcel.FLOW.take("send_back", actor, parcel, at=at, facts=facts, event=event, closed_at=at)


@transaction.atomic
def keep_lost_thing(
    actor: User,
    *,
    title: str,
    marks: str = "",
    found_in: Place,
    place: Place,
    finder: str = "",
    photos: Sequence[File] = (),
) -> LostThing:
    """Keep what somebody has found; everybody may look whether it is theirs."""
    at = now()
    require(actor, RUNS_DESK, place)
    thing = LostThing(
        number=next_number("SW", at),
        title=title,
        marks=marks,
        found_in=found_in,
        place=place,
        finder=finder,
        found_at=at,
        dispose_at=at + LOST_KEPT.span(at),
    )
    LostThing.FLOW.begin("keep", actor, thing, at=at, facts={"place": place.full_name})
    _attach(actor, thing, photos, Attachment.Tag.SCENE, at)
    return thing


@transaction.atomic
def claim_lost_thing(actor: User, thing: LostThing, *, note: str) -> None:
    """Say that it is one's own, and by what one knows it; the desk compares."""
    facts = {"owner": str(actor)}
    LostThing.FLOW.take("claim", actor, thing, facts=facts, owner=actor, claim_note=note)


@transaction.atomic
def keep_on_lost_thing(actor: User, thing: LostThing, *, reason: str) -> None:
    """It is not theirs: whoever claimed it is told, and the next one may."""
    at = now()
    LostThing.FLOW.take("keep_on", actor, thing, at=at, facts={"reason": reason})
    # Afterwards, as the step tells whoever was the owner until now.
    LostThing.objects.filter(pk=thing.pk).update(owner=None, claim_note="")
    thing.owner, thing.claim_note = None, ""


@transaction.atomic
def hand_over_lost_thing(
    actor: User, thing: LostThing, *, name: str = "", signature: File | None = None
) -> None:
    """Give it to its owner, who signs. Raises Refused without a signature."""
    at = now()
    LostThing.FLOW.check("hand_over", actor, thing)
    if not (name.strip() or signature):
        raise Refused(_("请失主签名。"))
    to = name.strip() or str(thing.owner or "")
    LostThing.FLOW.take(
        "hand_over", actor, thing, at=at, facts={"to": to}, signed_name=to, closed_at=at
    )
    _attach_signature(actor, thing, signature, at)


@transaction.atomic
def dispose_lost_thing(actor: User, thing: LostThing, *, reason: str) -> None:
    """Give away or destroy what nobody has claimed. Raises Refused before its time."""
    at = now()
    LostThing.FLOW.check("dispose", actor, thing)
    if problem := why_not_disposed(thing, at):
        raise Refused(problem)
    LostThing.FLOW.take("dispose", actor, thing, at=at, facts={"reason": reason}, closed_at=at)


def why_not_disposed(thing: LostThing, at: datetime) -> str:
    """Why it has to be kept at that moment, "" when it need not."""
    if at >= thing.dispose_at:
        return ""
    return _("招领到 %(day)s，期满才能处置。") % {
        "day": f"{timezone.localtime(thing.dispose_at):%Y-%m-%d}"
    }


def _attach_signature(
    actor: User, thing: models.Model, signature: File | None, at: datetime
) -> None:
    _attach(actor, thing, [signature] if signature else [], Attachment.Tag.SIGNATURE, at)


def _attach(
    actor: User, thing: models.Model, files: Sequence[File], tag: str, at: datetime
) -> None:
    for file in files:
        attach(actor, thing, file, tag=tag, at=at)
