"""Whoever scans the code of a place where they have work to do arrives there with one tap."""

from __future__ import annotations

from houqin.dispatch.reports import mine_at
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.servicedesk.channels.panels import Panel, provide_panel


@provide_panel
def my_work_here(user: User, place: Place) -> Panel | None:
    """The open orders of `user` at the place, each with what comes next."""
    orders = mine_at(user, place)
    return Panel("servicedesk/_here.html", {"orders": orders, "code": place.label}) if orders else None
