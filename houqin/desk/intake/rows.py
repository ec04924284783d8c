"""One row of a foreign table as a demand to be, or what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.intake.directory import Directory
from houqin.desk.intake.drafts import DemandDraft
from houqin.desk.intake.logs import NEEDED as LOG
from houqin.desk.intake.logs import Change, LogStep, done_at, gather, phase_of
from houqin.desk.intake.mapping import Choices
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.platform.sheets.columns import CellProblem
from houqin.platform.sheets.moments import NoMoment, quoted, read_moment
from houqin.platform.sheets.reading import Cell, Table
from houqin.platform.sheets.words import NO, YES, text_of

ON_TIME, LATE = YES | {"按时"}, NO | {"超时"}
TITLE, TEXT, PHONE, EXTERNAL = 120, 20_000, 30, 80
SHORT = 60


@dataclass
class Reader:
    """Reads the rows of one file, in order; it remembers the external numbers it has seen."""

    table: Table
    mapping: Mapping[str, str]
    choices: Choices
    directory: Directory
    now: datetime
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {name: place for place, name in enumerate(self.table.columns)}
        self.places = {key: known[name] for key, name in self.mapping.items() if name in known}
        self.entry = self.directory.entry(self.choices.entry) if self.choices.entry else None
        self.place = self.directory.place(self.choices.place) if self.choices.place else None

    def read(self) -> Iterator[tuple[int, DemandDraft | None, list[CellProblem]]]:
        """Each row: its number, the draft, or None and why not."""
        if all(key in self.places for key in LOG):
            for case in gather(self.table.rows, self.places):
                yield case.row, *_Row(self, case.row, case.cells, case.changes).draft()
        else:
            for number, cells in self.table.rows:
                yield number, *_Row(self, number, cells).draft()


class _Row:
    """One row while it is read; problems are collected, so that a person sees all of them at once."""

    def __init__(
        self, reader: Reader, number: int, cells: list[Cell], changes: Sequence[Change] = ()
    ) -> None:
        self.reader, self.number, self.cells, self.changes = reader, number, cells, changes
        self.problems: list[CellProblem] = []
        self.unknown: list[tuple[str, str]] = []

    def draft(self) -> tuple[DemandDraft | None, list[CellProblem]]:
        extra = [cell for cell in self.cells[len(self.reader.table.columns) :] if cell != ""]
        if extra:
            self._wrong(
                "", _("这一行比标题行多出 %(cells)d 格，可能错位了。") % {"cells": len(extra)}
            )
        values: dict[str, Any] = {
            **self._history(self._times()),
            **self._texts(),
            "requester": self._person(),
            "entry": self._entry(),
            "place": self._place(),
            **self._team(),
        }
        values["grade"] = self._grade(values["entry"])
        if self.problems:
            return None, self.problems
        values["body"] = self._body(values)
        return DemandDraft(row=self.number, written_down=tuple(self.unknown), **values), []

    def _times(self) -> dict[str, datetime | None]:
        submitted = self._moment("submitted_at")
        due, ended = self._moment("due_at", close=True), self._moment("ended_at", close=True)
        if submitted is None and self._cell("submitted_at") == "":
            self._wrong("submitted_at", _("没有提交时间。"))
        self._past("submitted_at", submitted, _("提交时间 %(at)s 在将来。"))
        self._past("ended_at", ended, _("办结时间 %(at)s 在将来。"))
        if submitted and due and due <= submitted:
            self._order(
                "due_at", due, submitted, _("应办结时间 %(at)s 不晚于提交时间 %(submitted)s。")
            )
        if submitted and ended and ended < submitted:
            self._order(
                "ended_at", ended, submitted, _("办结时间 %(at)s 早于提交时间 %(submitted)s。")
            )
        return {"submitted_at": submitted, "due_at": due, "ended_at": ended}

    def _history(self, times: dict[str, Any]) -> dict[str, Any]:
        """`times` with what the rows of a log tell: an end that no column gives, and the steps to it."""
        submitted = times["submitted_at"]
        steps = [
            step for change in self.changes if submitted and (step := self._step(change, submitted))
        ]
        steps.sort(key=lambda step: step.at)
        ended = times["ended_at"] or done_at(steps)
        counts = {key: self._count(key) for key in ("reassigned", "reopened")}
        return (
            times | counts | {"ended_at": ended, "steps": tuple(steps), "on_time": self._verdict()}
        )

    def _step(self, change: Change, submitted: datetime) -> LogStep | None:
        """Clocks of two machines differ a little: nothing happened before the case was there."""
        words, phase = str(change.state), phase_of(str(change.state))
        if not phase:
            sentence = _("不认识的状态“%(words)s”。") % {"words": quoted(words)}
            self._wrong("state", sentence, change.row)
        at = self._read("changed_at", change.at, change.row)
        return LogStep(max(at, submitted), phase, words[:SHORT]) if at and phase else None

    def _count(self, key: str) -> int:
        words = self._said(key)
        if words and not (words.isascii() and words.isdigit() and len(words) < 5):
            self._wrong(key, _("“%(words)s”不是次数。") % {"words": quoted(words)})
            return 0
        return int(words or 0)

    def _verdict(self) -> bool | None:
        words = self._said("on_time").strip().casefold()
        if words in ON_TIME or words in LATE:
            return words in ON_TIME
        if words:
            self._wrong("on_time", _("“%(words)s”不是“是”或“否”。") % {"words": quoted(words)})
        return None

    def _texts(self) -> dict[str, str]:
        title, body = " ".join(self._said("title").split()), self._said("body", TEXT)
        title = title or ("" if body else self._said("entry"))
        if not title and not body:
            self._wrong("title", _("没有标题，也没有内容。"))
        if len(title) > TITLE:
            title, body = title[: SHORT - 1] + "…", f"{title}\n\n{body}".strip()
        return {
            "title": title or _shortened(body),
            "body": body,
            "result": self._said("result", TEXT),
            "phone": self._said("phone", PHONE),
            "external": self._external(),
        }

    def _external(self) -> str:
        number = self._said("external", EXTERNAL)
        if not number or self.reader.choices.repeats:
            return number
        first = self.reader.seen.setdefault(number, self.number)
        if first != self.number:
            values = {"number": number, "row": first}
            self._wrong("external", _("外部编号 %(number)s 与第 %(row)d 行重复。") % values)
        elif self.reader.directory.taken(number):
            self._wrong("external", _("外部编号 %(number)s 以前已经导入过。") % {"number": number})
        return number

    def _person(self) -> User:
        words = self._said("requester")
        person = self.reader.directory.person(words) if words else None
        if words and person is None:
            self.unknown.append((_("需求人"), words))
        return person or self.reader.directory.actor

    def _entry(self) -> Entry | None:
        words = self._said("entry")
        entry = self.reader.directory.entry(words) if words else None
        return entry or self._instead("entry", _("服务项"), words, self.reader.entry)

    def _place(self) -> Place | None:
        words = self._said("place")
        known = self.reader.directory.place(words) if words else None
        place: Place | None = known or self._instead("place", _("地点"), words, self.reader.place)
        if place and not self.reader.directory.may_import_at(place):
            self._wrong("place", _("您不负责“%(place)s”，不能往那里导入。") % {"place": place})
        return place

    def _team(self) -> dict[str, Any]:
        """What the importer chose for these words, else the team of that name."""
        words, directory = self._said("team"), self.reader.directory
        chosen = self.reader.choices.teams
        team = directory.team_of(chosen[words]) if words in chosen else directory.team(words)
        if words and team is None:
            self.unknown.append((_("班组"), words))
        return {"group": words, "team": team}

    def _grade(self, entry: Entry | None) -> str:
        words = self._said("grade")
        usual = self.reader.choices.grade or (entry.default_grade if entry else Grade.ROUTINE)
        grade = self.reader.directory.grade(words) if words else None
        return str(grade or self._instead("grade", _("分级"), words, usual))

    def _instead(self, key: str, label: str, words: str, usual: Any) -> Any:
        """What the importer chose for rows like this; words nobody knows are written down, or wrong."""
        if words and (self.reader.choices.strict or not usual):
            values = {"label": label, "words": quoted(words)}
            self._wrong(key, _("没有叫“%(words)s”的%(label)s。") % values)
        elif words:
            self.unknown.append((label, words))
        elif not usual:
            self._wrong(key, _("没有%(label)s，也没有选默认的。") % {"label": label})
        return usual

    def _body(self, values: dict[str, Any]) -> str:
        lines = [(_("外部编号"), values["external"])] if values["external"] else []
        notes = "\n".join(f"{label}：{words}" for label, words in [*lines, *self.unknown])
        return "\n\n".join(part for part in (values["body"], notes) if part)

    def _cell(self, key: str) -> Cell:
        place = self.reader.places.get(key)
        return "" if place is None else self.cells[place]

    def _said(self, key: str, most: int = 0) -> str:
        text = text_of(self._cell(key))
        if most and len(text) > most:
            lengths = {"length": len(text), "most": most}
            self._wrong(key, _("太长：%(length)d 字，最多 %(most)d 字。") % lengths)
            return ""
        return text

    def _moment(self, key: str, *, close: bool = False) -> datetime | None:
        at = self._read(key, self._cell(key), self.number, close=close)
        if at is None:
            return None
        # What ended “today” ended before now, not at the end of today.
        zone = self.reader.choices.timezone
        today = at.astimezone(zone).date() == self.reader.now.astimezone(zone).date()
        return self.reader.now if key == "ended_at" and today and at > self.reader.now else at

    def _read(self, key: str, cell: Cell, row: int, *, close: bool = False) -> datetime | None:
        choices = self.reader.choices
        if cell == "":
            return None
        try:
            return read_moment(cell, zone=choices.timezone, order=choices.dates, close=close)
        except NoMoment as error:
            self._wrong(key, str(error), row)
            return None

    def _past(self, key: str, at: datetime | None, sentence: str) -> None:
        if at and at > self.reader.now:
            self._wrong(key, sentence % {"at": self._local(at)})

    def _order(self, key: str, at: datetime, submitted: datetime, sentence: str) -> None:
        self._wrong(key, sentence % {"at": self._local(at), "submitted": self._local(submitted)})

    def _local(self, at: datetime) -> str:
        """As the file writes it, in the zone that was chosen for it."""
        return f"{at.astimezone(self.reader.choices.timezone):%Y-%m-%d %H:%M:%S}"

    def _wrong(self, key: str, sentence: str, row: int = 0) -> None:
        self.problems.append(
            CellProblem(row or self.number, self.reader.mapping.get(key, ""), sentence)
        )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
