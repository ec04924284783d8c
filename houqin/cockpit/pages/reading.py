"""What somebody asked a board for, and what its parts read of it: each at most once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from houqin.cockpit.models import MomentQuerySet
from houqin.cockpit.pages.numbers import Linked
from houqin.cockpit.reports import measures
from houqin.cockpit.reports.boards import open_to
from houqin.cockpit.reports.measures import Course
from houqin.cockpit.reports.scope import PERIODS, USUAL, BoardScope, DateSpan, span_of
from houqin.kernel.people.models import User


@dataclass
class Reading:
    """The board that `user` asked for, or the first one of theirs."""

    user: User
    asked: QueryDict
    at: datetime

    @cached_property
    def board(self) -> str:
        mine = open_to(self.user)
        return self.asked.get("board", "") if self.asked.get("board") in mine else mine[0]

    @cached_property
    def period(self) -> str:
        return self.asked.get("period", "") if self.asked.get("period") in PERIODS else USUAL

    @cached_property
    def by(self) -> str:
        """What is compared; people are on the board of their lead alone."""
        return self.asked.get("by", "") if self.asked.get("by") in ("place", "team") else "line"

    @cached_property
    def scope(self) -> BoardScope:
        return replace(BoardScope.asked(self.asked), board=self.board)

    @cached_property
    def span(self) -> DateSpan:
        return span_of(self.period, self.at)

    @cached_property
    def links(self) -> Linked:
        return Linked(self.scope, self.span)

    @cached_property
    def rows(self) -> Any:
        return self.scope.rows(self.user)

    @cached_property
    def moments(self) -> MomentQuerySet:
        return self.scope.moments(self.user)

    @cached_property
    def passed(self) -> dict[str, Any]:
        return measures.passed(self.moments, self.span)

    @cached_property
    def course(self) -> Course:
        return measures.course(self.moments, self.span)

    def tabs(self, key: str, words: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
        """Links that change `key` of the address and keep the rest."""
        kept = {name: value for name, value in self.asked.items() if name != key}
        return [
            {
                "label": label,
                "url": "?" + urlencode(kept | {key: value}),
                "current": value == chosen,
            }
            for value, label in words.items()
        ]

    def by_tabs(self) -> list[dict[str, Any]]:
        return self.tabs(
            "by", {"line": _("按条线"), "place": _("按园区"), "team": _("按班组")}, self.by
        )
