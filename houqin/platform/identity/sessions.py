"""Where somebody is signed in, and ending that elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.platform.identity.attempts import address_of
from houqin.platform.identity.models import SignIn


@transaction.atomic
def note_sign_in(request: HttpRequest, person: User, *, way: str, now: datetime) -> None:
    """Write down the session that `request` has just opened, and put the sign-in on the trail."""
    request.session.save()  # which gives it its key
    session = str(request.session.session_key)
    device = request.headers.get("User-Agent", "").replace("\x00", "")[:200]
    SignIn.objects.filter(session=session).delete()
    SignIn.objects.create(
        user=person,
        session=session,
        at=now,
        how=way,
        device=device,
        address=address_of(request),
    )
    record(person, "user.signed_in", person, at=now, how=way)


def move_session(old: str | None, new: str | None) -> None:
    """A session has got another key, as a new password gives it one."""
    if old and new and old != new:
        SignIn.objects.filter(session=old).update(session=new)


def live(person: User, now: datetime) -> list[SignIn]:
    """The sessions of `person` that are open, the latest first."""
    held = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(SignIn.objects.filter(user=person, session__in=held).order_by("-at", "-pk"))


@transaction.atomic
def end_sessions(
    actor: User, person: User, *, but: str | None = None, only: int | None = None, now: datetime
) -> int:
    """Sign `person` out everywhere, except for the session `but`, or in the one sign-in `only`; how many."""
    chosen = SignIn.objects.filter(user=person).exclude(session=but or "")
    if only is not None:
        chosen = chosen.filter(pk=only)
    keys = list(chosen.values_list("session", flat=True))
    ended = Session.objects.filter(session_key__in=keys).delete()[0]
    chosen.delete()
    if ended:
        record(actor, "user.sessions_ended", person, at=now, count=ended)
    return ended


def forget_ended(now: datetime) -> int:
    """Remove sessions that have run out, and from where and with what they were opened; how many."""
    ended = Session.objects.filter(expire_date__lte=now).delete()[0]
    SignIn.objects.filter(at__lt=now).exclude(
        session__in=Session.objects.values("session_key")
    ).delete()
    return ended
