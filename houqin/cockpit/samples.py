"""One object of the boards in each state, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.cockpit.actions import make_wall_link
from houqin.shared.links.models import Link


def wall_link(cast: Any) -> Link:
    link, _token = make_wall_link(cast.lin, name="东墙", place=None)
    return link


def wall_token(cast: Any) -> dict[str, str]:
    _link, token = make_wall_link(cast.lin, name="西墙", place=None)
    return {"token": token}
