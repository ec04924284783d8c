"""What the page behind a place's code shows to somebody who has signed in, besides the catalogue.

Whoever has something to do at a place registers a provider; no page of the desk names one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.orders.reports import mine_at


@dataclass(frozen=True)
class Panel:
    """One part of the page: `template`, drawn with `context` as `panel`."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


PanelProvider = Callable[[User, Place], Panel | None]
PANELS: list[PanelProvider] = []


def provide_panel(provider: PanelProvider) -> PanelProvider:
    """Let `provider(user, place)` add its panel, or None where it has nothing to say; a decorator."""
    PANELS.append(provider)
    return provider


def panels_for(user: User, place: Place) -> list[Panel]:
    """The panels for whoever stands at `place`, in the order of registration."""
    return [panel for provider in PANELS if (panel := provider(user, place))]


@provide_panel
def my_work_here(user: User, place: Place) -> Panel | None:
    """The open orders of `user` at the place, each with what comes next."""
    orders = mine_at(user, place)
    return Panel("channels/_here.html", {"orders": orders, "code": place.label}) if orders else None
