"""Who may open an address: declared with its route, asked before its view, printed as the role matrix.

`page` declares a route. Whoever is not in `to` is refused before the view is called: without an account they
are led to the sign-in page, with one they get 403. Rules that depend on an object stay with the view, which
answers 404 to whoever may not know of it and 403 to whoever may not do it; `sees` and `may` say to whom, of
the `sample` that the address is tried with. A page that names no administrator is closed to all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.actions import require, require_everywhere
from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.kernel.people.roles import Role, role_choices

Words = str | Promise
View = Callable[..., HttpResponseBase]
# One object made by the actions for the people of a `Cast`, whose attributes are the arguments of the route;
# or a mapping of the arguments, and of what is posted beside them.
Sample = Callable[[Any], Any]

ANONYMOUS, REQUESTER = "anonymous", "requester"  # without an account; without any role
AUDIENCE: Final[Mapping[str, Words]] = {
    ANONYMOUS: _("未登录"),
    REQUESTER: _("需求人"),
    **dict(role_choices()),
}
EVERYBODY: Final = frozenset(AUDIENCE)
SIGNED_IN: Final = EVERYBODY - {ANONYMOUS}
BUSINESS: Final = SIGNED_IN - ADMINISTRATORS
# Of these the posts that a house has from the first; those that an app adds are not among them.
FIRST_POSTS: Final = frozenset({REQUESTER, *Role}) - ADMINISTRATORS
NOBODY: Final[Set[str]] = frozenset()
ELIDED: Final = "…"  # stands for each argument of an address that is printed


class Answer(StrEnum):
    """What an address answers to one of the AUDIENCE."""

    OPEN = "open"
    BY_FLOW = "by_flow"  # open to whom the flow of the object lets speak the verb
    SIGN_IN = "sign_in"
    REFUSED = "refused"  # 403
    MISSING = "missing"  # 404


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may open one route. `everywhere` asks for a role that holds at all places; `flow` names the model
    whose FLOW decides about each verb; `parts` are the verbs or methods of the route, where they differ."""

    label: Words
    to: Set[str]
    everywhere: bool = False
    sees: Set[str] | None = None
    may: Set[str] | None = None
    sample: Sample | None = None
    flow: Any = None
    verb: str = ""
    method: str = ""
    parts: Sequence[Access] = ()

    @property
    def open_to_administrators(self) -> bool:
        return bool(self.to & ADMINISTRATORS)

    def check(self, user: User | AnonymousUser) -> None:
        """Raise NotAllowed unless `user` is in `to`. The three administrators are kept apart and those
        without an account led to the sign-in page before."""
        if isinstance(user, User) and REQUESTER not in self.to:
            (require_everywhere if self.everywhere else require)(user, self.to)

    def answer(self, who: str) -> Answer:
        """What `who`, a key of AUDIENCE, is answered for the sample."""
        refusal = Answer.SIGN_IN if who == ANONYMOUS else Answer.REFUSED
        if who not in self.to:
            return refusal
        if self.sees is not None and who not in self.sees:
            return Answer.MISSING
        if self.may is not None and who not in self.may:
            return refusal
        return Answer.BY_FLOW if self.flow else Answer.OPEN


def page(
    route: str,
    view: View,
    name: str,
    label: Words,
    *,
    to: Set[str],
    everywhere: bool = False,
    sees: Set[str] | None = None,
    may: Set[str] | None = None,
    sample: Sample | None = None,
    extra: Mapping[str, Any] | None = None,
) -> URLPattern:
    """Declare a route with who may open it; `label` is what the role matrix calls it."""
    access = Access(label=label, to=to, everywhere=everywhere, sees=sees, may=may, sample=sample)
    return path(route, guarded(view, access), dict(extra or {}), name=name)


def guarded(view: View, access: Access) -> View:
    """Let `view` answer only those whom `access` names."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        access.check(request.user)
        return view(request, *args, **kwargs)

    answer.access = access  # type: ignore[attr-defined]
    answer.login_required = ANONYMOUS not in access.to  # type: ignore[attr-defined]
    return answer


def access_of(view: View) -> Access | None:
    """What the route of the resolved `view` declares."""
    return getattr(view, "access", None)


@dataclass(frozen=True)
class Address:
    """One line of the role matrix. `area` is the heading of the urls module that declares the route."""

    name: str
    url: str
    area: Words
    access: Access | None
    arguments: frozenset[str]


def addresses() -> list[Address]:
    """Every address of the project, in the order of the routes; one for each part of a route."""
    return list(_below(get_resolver(), "/", "", ""))


def _below(resolver: URLResolver, prefix: str, namespace: str, area: Words) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        url = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, url, inner, getattr(pattern.urlconf_name, "heading", area))
        else:
            yield from _parts(pattern, url, namespace, area)


def _parts(pattern: URLPattern, url: str, namespace: str, area: Words) -> Iterator[Address]:
    access = access_of(pattern.callback)
    arguments = frozenset(pattern.pattern.converters)
    for part in (access.parts if access else ()) or (access,):
        where = _elided(url, part.verb if part else "")
        yield Address(f"{namespace}{pattern.name}", where, area, part, arguments)


def _elided(url: str, verb: str) -> str:
    """`url` as it is printed: with its verb, and ELIDED in place of every other argument."""
    return re.sub("<[^>]+>", ELIDED, url.replace("<slug:verb>", verb or ELIDED))


def with_parts(access: Access, parts: Mapping[str, tuple[Words, Set[str]]]) -> Access:
    """`access` to a route with a verb, of which each has words and an audience of its own."""
    known = [replace(access, label=label, to=to, verb=verb) for verb, (label, to) in parts.items()]
    return replace(access, parts=known)
