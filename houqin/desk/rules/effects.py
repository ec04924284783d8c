"""A demand has been graded: the rules have their turn."""

from __future__ import annotations

from houqin.desk.demands.models import Demand
from houqin.desk.rules.actions import apply_rules
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects


def give_by_rule(event: Event) -> None:
    """Only what nobody has given out: the reviewer who names somebody goes before every rule."""
    demand = event.target
    assert isinstance(demand, Demand)
    if demand.status == Demand.Status.GRADED and not event.facts.get("given"):
        apply_rules(demand, event.at)


EFFECTS: Effects = {
    "demand.graded": [give_by_rule],
}
