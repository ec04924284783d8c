"""What happens after a file has come in."""

from __future__ import annotations

from houqin.desk.demands.models import Demand
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.search.actions import BATCH, index


def index_imported(event: Event) -> None:
    """A file has come in, without an event for each of its rows: they are indexed here."""
    rows = Demand.objects.filter(imported_as__file=event.target_id).order_by("pk").only("pk")
    for start in range(0, len(rows), BATCH):
        index(*rows[start : start + BATCH])


EFFECTS: Effects = {
    "import.done": [index_imported],
}
