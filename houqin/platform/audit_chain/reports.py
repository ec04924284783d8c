from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Sum

from houqin.kernel.trail.models import Event
from houqin.platform.audit_chain.models import LOWEST, Check, Seal

SEALED_WITHIN = timedelta(hours=1)  # what has waited for longer has no worker that would seal it


@dataclass(frozen=True)
class SealStanding:
    """How the trail is sealed, and the last walk that ended and the one under way."""

    seal: Seal | None
    events: int
    waiting: int
    late: bool
    last: Check | None
    under_way: Check | None


def standing(now: datetime) -> SealStanding:
    seal = Seal.objects.defer("leaves").order_by("-number").first()
    rest = Event.objects.filter(pk__gt=seal.last if seal else LOWEST)
    oldest = rest.aggregate(Min("written_at"))["written_at__min"]
    return SealStanding(
        seal=seal,
        events=Seal.objects.aggregate(Sum("count"))["count__sum"] or 0,
        waiting=rest.count(),
        late=oldest is not None and oldest < now - SEALED_WITHIN,
        last=Check.objects.filter(open=None).order_by("-pk").first(),
        under_way=Check.objects.filter(open=True).first(),
    )
