"""The figures of the house: `desk` for the workbench, `figures` and `measures` for the boards. Reads only."""

from houqin.cockpit.reports.desk import (
    DeskStanding,
    DueToday,
    Hour,
    MonthFigures,
    achieved,
    due_by_hour,
    ended,
    month_of,
    run_by,
    standing,
    timetable_of_the_house,
)

__all__ = [
    "DeskStanding",
    "DueToday",
    "Hour",
    "MonthFigures",
    "achieved",
    "due_by_hour",
    "ended",
    "month_of",
    "run_by",
    "standing",
    "timetable_of_the_house",
]
