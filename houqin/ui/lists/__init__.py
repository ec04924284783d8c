"""Lists: one declaration of columns, tabs and filters gives the page, the workbook and the API."""

from houqin.ui.lists.columns import Column
from houqin.ui.lists.drawing import facts_of
from houqin.ui.lists.filters import DateFilter, Filter, PlaceFilter, WordFilter
from houqin.ui.lists.finding import Findable
from houqin.ui.lists.kinds import (
    ACTION,
    CHOICE,
    CLOCK,
    COUNT,
    DAY,
    GRADE,
    MOMENT,
    MONEY,
    NUMBER,
    PERSON,
    PLACE,
    REMARK,
    STATE,
    SWITCH,
    TEXT,
    TITLE,
    ColumnKind,
)
from houqin.ui.lists.listing import LISTINGS, Blank, Listing, PageAction, View, Wanted

__all__ = [
    "ACTION",
    "CHOICE",
    "CLOCK",
    "COUNT",
    "DAY",
    "GRADE",
    "LISTINGS",
    "MOMENT",
    "MONEY",
    "NUMBER",
    "PERSON",
    "PLACE",
    "REMARK",
    "STATE",
    "SWITCH",
    "TEXT",
    "TITLE",
    "Blank",
    "Column",
    "ColumnKind",
    "DateFilter",
    "Filter",
    "Findable",
    "Listing",
    "PageAction",
    "PlaceFilter",
    "View",
    "Wanted",
    "WordFilter",
    "facts_of",
]
