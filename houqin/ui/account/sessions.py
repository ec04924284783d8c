"""Letting somebody in, however they have shown who they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from houqin.kernel.people.models import OF_PEOPLE, User
from houqin.platform.identity.passwords import owes_password
from houqin.platform.identity.second_step import owes_second_step, uses_second_step
from houqin.platform.identity.sessions import note_sign_in
from houqin.ui.addresses import safe_next
from houqin.ui.http import PageRequest

BACKEND: Final = "houqin.platform.identity.backend.PeopleAlone"
HALF, OWES = "half_signed_in", "owes"  # what a session says
HALF_LASTS: Final = 600  # seconds between the password and the code
OWED: Final = {
    "password": "owed_password",
    "second_step": "set_up_second_step",
}  # → the page to go to


def after_password(
    request: PageRequest, person: User, *, stay: bool, now: datetime
) -> HttpResponse:
    """The password was right: in, or first to the second step, signed in nowhere until then."""
    if not uses_second_step(person):
        return enter(request, person, stay=stay, method="password", now=now)
    request.session.cycle_key()
    request.session[HALF] = {"user": person.pk, "stay": stay, "at": now.timestamp()}
    return HttpResponseRedirect(
        f"{reverse('second_step')}?{urlencode({'next': safe_next(request, 'home')})}"
    )


def half_signed_in(request: PageRequest, now: datetime) -> tuple[User | None, bool]:
    """Who has given the right password and owes the code, and whether they wanted to stay."""
    half: dict[str, Any] = request.session.get(HALF) or {}
    if not half or now.timestamp() - half["at"] > HALF_LASTS:
        return None, False
    return User.objects.filter(OF_PEOPLE, pk=half["user"], is_active=True).first(), half["stay"]


def enter(
    request: PageRequest, person: User, *, stay: bool, method: str, now: datetime
) -> HttpResponse:
    """Open the session, on the record, and go on to where the request asks to go."""
    login(request, person, backend=BACKEND)
    request.session.pop(HALF, None)
    request.session.set_expiry(
        settings.SESSION_COOKIE_AGE if stay else 0
    )  # 0: until the browser is closed
    note_sign_in(request, person, way=method, now=now)
    if method in (
        "password",
        "second_step",
    ):  # the demonstration and the provider answer for themselves
        settle_debts(request, person)
    return HttpResponseRedirect(safe_next(request, settings.LOGIN_REDIRECT_URL))


def settle_debts(request: PageRequest, person: User) -> None:
    """Note in the session what has to be done before anything else, or that there is nothing any more."""
    owes = (
        "password" if owes_password(person) else "second_step" if owes_second_step(person) else ""
    )
    if owes or OWES in request.session:
        request.session[OWES] = owes
