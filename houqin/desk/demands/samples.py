"""One demand in each state, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.desk.demands.models import Demand


def waiting(cast: Any) -> Demand:
    """A demand of wu's that waits to be reviewed."""
    demand: Demand = cast.submit()
    return demand


def given(cast: Any) -> Demand:
    """A demand of wu's with a work order that was given to wang."""
    demand: Demand = cast.order(photos=True).subject
    return demand


def clock(cast: Any) -> dict[str, str]:
    return {"number": given(cast).number, "kind": "handling"}
