from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed
from houqin.kernel.notices.models import Delivery, Notice
from houqin.kernel.people.models import User, with_substitutes
from houqin.kernel.trail.models import Event


@transaction.atomic
def notify(people: Iterable[User], event: Event, *, url: str, urgent: bool = False, now: datetime) -> None:
    """Tell `people` of `event`, each once however often this is called; `url` is where a click leads.

    Urgent once is urgent. Who is away is replaced by their substitute. Nobody is told what they did
    themselves. Mail goes to those who have an address, later and outside of this transaction.
    """
    told = [
        person
        for person in with_substitutes(list(people), now)
        if person.pk != event.actor_id and person.is_active and not person.is_system
    ]
    rows = [Notice(user=person, event=event, url=url, urgent=urgent, created_at=now) for person in told]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if urgent:
        Notice.objects.filter(event=event, user__in=told, urgent=False).update(urgent=True)
    by_mail = Notice.objects.filter(event=event, user__in=[person for person in told if person.email])
    Delivery.objects.bulk_create(
        [Delivery(notice=notice, channel=Delivery.Channel.EMAIL, next_at=now) for notice in by_mail],
        ignore_conflicts=True,
    )


@transaction.atomic
def mark_read(actor: User, notice: Notice, *, now: datetime) -> None:
    """The receiver has seen it. The first time counts; raises NotAllowed for anybody else."""
    if notice.user_id != actor.pk:
        raise NotAllowed(_("这条消息不是发给您的。"))
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=now)


@transaction.atomic
def mark_all_read(actor: User, *, now: datetime, upto: int | None = None) -> None:
    """Mark the notices of `actor` read; with `upto`, none newer than that one: it was not on their screen."""
    mine = Notice.objects.visible_to(actor).unread()
    if upto is not None:
        mine = mine.filter(pk__lte=upto)
    mine.update(read_at=now)
