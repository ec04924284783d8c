from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed
from houqin.kernel.flow import Flow
from houqin.kernel.people.models import User, with_substitutes
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models import Choice, Delivery, Hook, Letter, Notice
from houqin.platform.notices.models.delivery import DeliveryQuerySet
from houqin.platform.notices.models.preference import DAILY_AT
from houqin.platform.notices.models.webhook import first_of


@transaction.atomic
def notify(
    people: Iterable[User],
    event: Event,
    *,
    url: str,
    urgent: bool = False,
    themselves: bool = False,
    mail: bool = True,
    now: datetime,
) -> None:
    """Tell `people` of `event`, each once however often this is called; `url` is where a click leads.

    Urgent once is urgent. Who is away is replaced by their substitute, unless it concerns `themselves` alone.
    Nobody is told what they did. Mail goes to those who have an address, as they chose, later and outside of
    this transaction; not without `mail`, where a letter says the same.
    """
    told = _hearers(list(people) if themselves else with_substitutes(list(people), now), event)
    if not told:
        return
    rows = [
        Notice(user=person, event=event, url=url, urgent=urgent, created_at=now) for person in told
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if urgent:
        Notice.objects.filter(event=event, user__in=told, urgent=False).update(urgent=True)
    if by_mail := [person for person in told if person.email and mail]:
        notices = list(Notice.objects.filter(event=event, user__in=by_mail))
        _mail(notices, event, urgent=urgent, now=now)


def _hearers(people: Iterable[User], event: Event) -> list[User]:
    """Those of `people` who can hear and did not do it themselves."""
    return [
        person
        for person in people
        if person.pk != event.actor_id and person.is_active and not person.is_system
    ]


def _mail(notices: list[Notice], event: Event, *, urgent: bool, now: datetime) -> None:
    """Put the mails of `notices` on their way. What is urgent waits for no digest and no morning."""
    choices = _choices(notices)
    rows, at_once = [], (Delivery.Channel.EMAIL, now)
    for notice in notices:
        choice = choices.get(notice.user_id)
        planned = at_once if urgent or choice is None else choice.plan(event.name, now)
        if planned:
            channel, at = planned
            rows.append(
                Delivery(
                    notice=notice, event=event, channel=channel, urgent=urgent, since=at, next_at=at
                )
            )
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if urgent:
        _hurry(notices, now)


def _choices(notices: list[Notice]) -> dict[int, Choice]:
    """How each reader wants to be told, by primary key; not everybody has chosen."""
    choices = Choice.objects.filter(user__in=[notice.user_id for notice in notices])
    return {choice.user_id: choice for choice in choices}


def _hurry(notices: list[Notice], now: datetime) -> None:
    """What waits for a digest or the end of quiet hours goes out at once."""
    held = Delivery.objects.filter(notice__in=notices, state=Delivery.State.WAITING, urgent=False)
    held.update(channel=Delivery.Channel.EMAIL, urgent=True, since=now, next_at=now)


@transaction.atomic
def post_letter(
    event: Event,
    *,
    to: str,
    subject: str,
    body: str,
    calendar: str = "",
    method: str = "",
    now: datetime,
) -> None:
    """Put a mail about `event` on its way to an address, with the invitation that it carries."""
    letter = Letter.objects.create(
        to=to, subject=subject[:150], body=body, calendar=calendar, method=method
    )
    channel = Delivery.Channel.LETTER
    Delivery.objects.create(letter=letter, event=event, channel=channel, since=now, next_at=now)


def tell_audiences(event: Event) -> None:
    """Tell whom the flow of the target names for `event`. An effect of every event."""
    target: Any = event.target
    flow: Flow | None = getattr(target, "FLOW", None)
    told: dict[bool, list[User]] = {}
    for audience in flow.told(event.name) if flow else ():
        told.setdefault(audience.urgent(target), []).extend(audience.people(target, event))
    for urgent, people in told.items():
        notify(people, event, url=target.get_absolute_url(), urgent=urgent, now=event.at)


def post_event(event: Event) -> None:
    """Put `event` on its way to every hook that asks for it. An effect of every event."""
    hooks = Hook.objects.filter(active=True).select_related("place")
    post_to([hook for hook in hooks if hook.wants(event)], event)


def post_to(hooks: list[Hook], event: Event) -> None:
    """One delivery to each of `hooks`, whether they ask for such events or not; twice is once."""
    if not hooks:
        return
    urgent = bool(first_of(event.target, "is_urgent"))
    rows = [
        Delivery(
            hook=hook,
            event=event,
            channel=Delivery.Channel.HOOK,
            urgent=urgent,
            since=event.at,
            next_at=event.at,
        )
        for hook in hooks
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def send_again(deliveries: DeliveryQuerySet, *, now: datetime) -> int:
    """Put those of `deliveries` that have ended on their way once more, under their old numbers; how many.

    A mail that has arrived is not repeated; a post may be, and its receiver knows it by its number.
    """
    over = deliveries.exclude(state=Delivery.State.WAITING)
    again = over.exclude(hook=None, state=Delivery.State.SENT)
    return again.update(
        state=Delivery.State.WAITING,
        since=now,
        next_at=now,
        sent_at=None,
        last_error="",
    )


@transaction.atomic
def choose(
    actor: User,
    *,
    mail: Mapping[str, str],
    daily_at: time = DAILY_AT,
    quiet_from: time | None = None,
    quiet_to: time | None = None,
) -> Choice:
    """Let `actor` hear by mail as they wish from now on."""
    wishes = {"mail": mail, "daily_at": daily_at, "quiet_from": quiet_from, "quiet_to": quiet_to}
    choice, _made = Choice.objects.update_or_create(user=actor, defaults=wishes)
    return choice


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
