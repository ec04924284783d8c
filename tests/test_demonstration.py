"""What the house says of the demonstration against plain computation: played once for all that ask."""

import pytest

from houqin.cockpit.reports.figures import PASSING, counts
from houqin.cockpit.reports.scope import BoardScope, span_of
from houqin.desk.demands.models import Demand
from houqin.work.orders.actions import skill_of
from tests.cast import NOW
from tests.cockpit.test_board_figures import means_and_courses, passed_by_hand, what_stands
from tests.demonstrated import demonstration
from tests.effort import EFFORT
from tests.work.test_matching import check

__all__ = ["demonstration"]

pytestmark = pytest.mark.engine


def test_every_proposal_follows_from_the_facts(demonstration):
    """For each open demand of the demonstration, as its desk would ask."""
    asked = Demand.objects.open().select_related("place", "entry")
    fit = [check(each.place, skill_of(each.entry.skill_code), each.kin()) for each in asked]
    assert len(fit) > 10
    assert sum(fit) > len(fit)  # more than one each: somebody is on shift at that hour


def test_figures_equal_counts_by_hand(demonstration):
    """Whoever manages all sites sees every demand of these days; what was merged counts as the other."""
    lin, ours = (
        demonstration.people["lin"],
        list(Demand.objects.exclude(status="merged").order_by("pk")),
    )
    assert len(ours) > 20
    for period in ("week", "month", "weeks"):
        span = span_of(period, NOW)
        results = counts(BoardScope().rows(lin), PASSING, span)
        assert results == passed_by_hand(ours, span)
    assert all(results[key] for key in ("submitted", "finished", "handling", "response"))
    what_stands(lin, ours)
    if EFFORT > 1:  # in the few days of a check nobody has rated anything yet
        assert results["rated"]
        means_and_courses(lin, ours)
