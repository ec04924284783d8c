"""One calendar link, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.work.feeds.ical import make_link


def link(cast: Any) -> dict[str, str]:
    return {"token": make_link(cast.wang)}
