"""One row of a foreign table as a request to be, or what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.sheets.reading import Cell, Table
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.importing.directory import Directory
from houqin.servicedesk.importing.mapping import Choices
from houqin.servicedesk.importing.moments import NoMoment, read_moment, said

TITLE, TEXT, PHONE, EXTERNAL = 120, 20_000, 30, 80
SHORT = 60


class Problem(NamedTuple):
    """What is wrong in one cell; `column` as the file calls it."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Draft:
    """A row that can come in. `requester` is the importer where the file names nobody the house knows;
    `written_down` are the words that were not understood and went into the body."""

    row: int
    title: str
    body: str
    submitted_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    result: str
    external: str
    phone: str
    requester: User
    entry: Entry
    place: Place
    grade: str
    written_down: tuple[tuple[str, str], ...] = ()


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

    def read(self) -> Iterator[tuple[Draft | None, list[Problem]]]:
        """Each row: the draft, or None and why not."""
        for number, cells in self.table.rows:
            yield _Row(self, number, cells).draft()


class _Row:
    """One row while it is read; problems are collected, so that a person sees all of them at once."""

    def __init__(self, reader: Reader, number: int, cells: list[Cell]) -> None:
        self.reader, self.number, self.cells = reader, number, cells
        self.problems: list[Problem] = []
        self.unknown: list[tuple[str, str]] = []

    def draft(self) -> tuple[Draft | None, list[Problem]]:
        extra = [cell for cell in self.cells[len(self.reader.table.columns) :] if cell != ""]
        if extra:
            self._wrong("", _("这一行比标题行多出 %(cells)d 格，可能错位了。") % {"cells": len(extra)})
        values: dict[str, Any] = {
            **self._times(), **self._texts(), "requester": self._person(), "entry": self._entry(),
            "place": self._place(),
        }  # fmt: skip
        values["grade"] = self._grade(values["entry"])
        if self.problems:
            return None, self.problems
        values["body"] = self._body(values)
        return Draft(row=self.number, written_down=tuple(self.unknown), **values), []

    def _times(self) -> dict[str, datetime | None]:
        submitted = self._moment("submitted_at")
        due, ended = self._moment("due_at", close=True), self._moment("ended_at", close=True)
        if submitted is None and self._cell("submitted_at") == "":
            self._wrong("submitted_at", _("没有提交时间。"))
        self._past("submitted_at", submitted, _("提交时间 %(at)s 在将来。"))
        self._past("ended_at", ended, _("办结时间 %(at)s 在将来。"))
        if submitted and due and due <= submitted:
            self._order("due_at", due, submitted, _("应办结时间 %(at)s 不晚于提交时间 %(submitted)s。"))
        if submitted and ended and ended < submitted:
            self._order("ended_at", ended, submitted, _("办结时间 %(at)s 早于提交时间 %(submitted)s。"))
        return {"submitted_at": submitted, "due_at": due, "ended_at": ended}

    def _texts(self) -> dict[str, str]:
        title, body = " ".join(self._said("title").split()), self._said("body", TEXT)
        title = title or ("" if body else self._said("entry"))
        if not title and not body:
            self._wrong("title", _("没有标题，也没有内容。"))
        if len(title) > TITLE:
            title, body = title[: SHORT - 1] + "…", f"{title}\n\n{body}".strip()
        return {
            "title": title or _shortened(body), "body": body, "result": self._said("result", TEXT),
            "phone": self._said("phone", PHONE), "external": self._external(),
        }  # fmt: skip

    def _external(self) -> str:
        number = self._said("external", EXTERNAL)
        if not number or self.reader.choices.repeats:
            return number
        first = self.reader.seen.setdefault(number, self.number)
        if first != self.number:
            said = {"number": number, "row": first}
            self._wrong("external", _("外部编号 %(number)s 与第 %(row)d 行重复。") % said)
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
        found = self.reader.directory.entry(words) if words else None
        return found or self._instead("entry", _("服务项"), words, self.reader.entry)

    def _place(self) -> Place | None:
        words = self._said("place")
        found = self.reader.directory.place(words) if words else None
        place: Place | None = found or self._instead("place", _("地点"), words, self.reader.place)
        if place and not self.reader.directory.may_import_at(place):
            self._wrong("place", _("您不负责“%(place)s”，不能往那里导入。") % {"place": place})
        return place

    def _grade(self, entry: Entry | None) -> str:
        words = self._said("grade")
        usual = self.reader.choices.grade or (entry.default_grade if entry else Grade.ROUTINE)
        found = self.reader.directory.grade(words) if words else None
        return str(found or self._instead("grade", _("分级"), words, usual))

    def _instead(self, key: str, label: str, words: str, usual: Any) -> Any:
        """What the importer chose for rows like this; words nobody knows are written down, or wrong."""
        if words and (self.reader.choices.strict or not usual):
            said_so = {"label": label, "words": said(words)}
            self._wrong(key, _("没有叫“%(words)s”的%(label)s。") % said_so)
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
        cell = self._cell(key)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = cell if isinstance(cell, str) else f"{cell:%Y-%m-%d %H:%M}" if _dated(cell) else str(cell)
        if most and len(text) > most:
            self._wrong(
                key, _("太长：%(length)d 字，最多 %(most)d 字。") % {"length": len(text), "most": most}
            )
            return ""
        return text

    def _moment(self, key: str, *, close: bool = False) -> datetime | None:
        cell, choices = self._cell(key), self.reader.choices
        if cell == "":
            return None
        try:
            at = read_moment(cell, zone=choices.timezone, order=choices.dates, close=close)
        except NoMoment as error:
            self._wrong(key, str(error))
            return None
        # What ended “today” ended before now, not at the end of today.
        today = at.astimezone(choices.timezone).date() == self.reader.now.astimezone(choices.timezone).date()
        return self.reader.now if key == "ended_at" and today and at > self.reader.now else at

    def _past(self, key: str, at: datetime | None, sentence: str) -> None:
        if at and at > self.reader.now:
            self._wrong(key, sentence % {"at": self._local(at)})

    def _order(self, key: str, at: datetime, submitted: datetime, sentence: str) -> None:
        self._wrong(key, sentence % {"at": self._local(at), "submitted": self._local(submitted)})

    def _local(self, at: datetime) -> str:
        """As the file writes it, in the zone that was chosen for it."""
        return f"{at.astimezone(self.reader.choices.timezone):%Y-%m-%d %H:%M:%S}"

    def _wrong(self, key: str, sentence: str) -> None:
        self.problems.append(Problem(self.number, self.reader.mapping.get(key, ""), sentence))


def _dated(cell: Cell) -> bool:
    return isinstance(cell, datetime)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
