"""The facts that the review desk shows. A line or an app registers its own (`ServiceLine.facts`,
`lines.provide_facts`); those that the desk itself knows are in `known`."""

from houqin.desk.demands.facts.gathering import facts_for
from houqin.desk.demands.facts.known import alike

__all__ = ["alike", "facts_for"]
