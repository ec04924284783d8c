"""What every page knows of the shell around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from houqin.kernel.people.models import User
from houqin.ui.shell.menu import Menu

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class WorkerHealth:
    """How the house is, in a few words; `url` is "" for whoever may not look closer."""

    words: str
    troubled: bool = False
    url: str = ""


class Signs:
    """What apps hang into the shell: the health at the foot of the rail."""

    health: Callable[[User], WorkerHealth] | None = None


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of the shell; what asks the database is asked only when it is drawn."""
    context: dict[str, Any] = {
        "theme": _theme(request),
        "keys": "off" if request.COOKIES.get("keys") == "off" else "on",
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_authenticated:
        return context
    menu = Menu(user, request.path, request.GET)
    return context | {
        "menu": menu,
        "unread": SimpleLazyObject(lambda: menu.unread),
        "health": SimpleLazyObject(partial(_health, user)),
    }


def _theme(request: HttpRequest) -> str:
    """The account's choice; before sign-in, and where the account follows the system, the browser's own."""
    chosen = getattr(getattr(request, "user", None), "theme", "auto")
    if chosen == "auto":
        chosen = request.COOKIES.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def _health(user: User) -> WorkerHealth | None:
    return Signs.health(user) if Signs.health else None
