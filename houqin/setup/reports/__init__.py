"""What the pages of the setup read."""

from houqin.setup.reports.machine import facts_of_the_house, sweep_lines
from houqin.setup.reports.people import holders_besides, open_work
from houqin.setup.reports.permissions import flow_tables, page_lines, spoken_by

__all__ = [
    "facts_of_the_house",
    "flow_tables",
    "holders_besides",
    "open_work",
    "page_lines",
    "spoken_by",
    "sweep_lines",
]
