"""What would come in, before anything does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from houqin.desk.intake.drafts import DemandDraft
from houqin.desk.intake.promises import Promises, handling
from houqin.kernel.clock.models import Clock
from houqin.platform.sheets.columns import SheetRow
from houqin.platform.sheets.importer import SHOWN, Preview
from houqin.work.teams.models import Team

SHOWN_UNKNOWN = 5  # for each of our fields
SHOWN_GROUPS = 60


@dataclass(frozen=True)
class PreviewRow:
    """A row as it would be: the draft and its handling clock, which runs or has been judged."""

    draft: DemandDraft
    clock: Clock


@dataclass(frozen=True)
class Unknown:
    """Words for one of our fields that go into the body, with how often each occurs; `more` are left out."""

    label: str
    words: list[tuple[str, int]]
    more: int


@dataclass(frozen=True)
class RowGroup:
    """Who had the cases in the other system, in its words, how many, and which team that is here."""

    words: str
    times: int
    team: Team | None


@dataclass(kw_only=True)
class DemandPreview(Preview):
    """Also tells which promises were kept, what nobody knows, and who had the cases there."""

    promises: Promises
    foreign: str = ""  # the zone of the times, where it is not ours
    teams: dict[str, int] = field(default_factory=dict)  # what was said before
    results: Counter[str] = field(default_factory=Counter)
    _unknown: dict[str, Counter[str]] = field(default_factory=dict)
    _groups: Counter[str] = field(default_factory=Counter)
    _teams: dict[str, Team | None] = field(default_factory=dict)

    def show(self, row: SheetRow) -> None:
        draft: DemandDraft = row.value
        for label, words in draft.written_down:
            self._unknown.setdefault(label, Counter())[words] += 1
        if draft.group:
            self._groups[draft.group] += 1
            self._teams[draft.group] = draft.team
        clock = handling(self.promises.clocks(draft))
        self.results[clock.result] += 1
        if len(self.rows) < SHOWN:
            self.rows.append(PreviewRow(draft, clock))

    @property
    def unknown(self) -> list[Unknown]:
        return [
            Unknown(label, words.most_common(SHOWN_UNKNOWN), max(len(words) - SHOWN_UNKNOWN, 0))
            for label, words in self._unknown.items()
        ]

    @property
    def groups(self) -> list[RowGroup]:
        most = self._groups.most_common(SHOWN_GROUPS)
        return [RowGroup(words, times, self._teams[words]) for words, times in most]
