"""What the pages of the setup read."""

from houqin.setup.reports.machine import facts_of_the_house, sweep_lines
from houqin.setup.reports.permissions import flow_tables, page_lines

__all__ = ["facts_of_the_house", "flow_tables", "page_lines", "sweep_lines"]
