"""What a workbook would change: each row beside what the house knows, and each cell that points nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from houqin.kernel.people.models import Department
from houqin.kernel.places.models import Place
from houqin.platform.sheets.columns import SheetRow
from houqin.platform.sheets.words import spellings
from houqin.setup.directory.actions.trees import misplaced
from houqin.setup.workbook.columns import DEPARTMENTS, PEOPLE, PLACES, SHEETS
from houqin.setup.workbook.people import KnownPeople, check_person

DEEPEST: Final = 20  # levels of a tree


def check_rows(rows: dict[str, list[SheetRow]]) -> list[SheetRow]:
    """The rows of a workbook against the house, those of the trees with what is above first: what is wrong
    with each, and what it would change."""
    known = KnownPeople.read()
    for sheet, nodes in ((PLACES, known.places), (DEPARTMENTS, known.departments)):
        rows[sheet.key] = _in_order(rows[sheet.key], nodes)
    _check_people(rows, known)
    ordered = [row for sheet in SHEETS for row in rows[sheet.key]]
    _compare(ordered, known)
    return ordered


def _check_people(rows: dict[str, list[SheetRow]], known: KnownPeople) -> None:
    places = _codes(rows[PLACES.key], known.places)
    departments = _codes(rows[DEPARTMENTS.key], known.departments)
    for row in rows[PEOPLE.key]:
        check_person(row, known, places=places, departments=departments)


def _compare(rows: list[SheetRow], known: KnownPeople) -> None:
    """Say of each good row whether it is new, changed or the same."""
    things: dict[str, Mapping[str, Any]] = {
        "places": known.places,
        "departments": known.departments,
        "people": known.people,
    }
    for row in rows:
        if row.good:
            row.what = known.what_of(row, things[row.sheet.key])


def _codes(rows: list[SheetRow], known: Mapping[str, Any]) -> set[str]:
    """Every code that there is, or will be, as written in a cell."""
    return set(known) | {row["code"].casefold() for row in rows if row.good}


def _in_order(rows: list[SheetRow], known: Mapping[str, Any]) -> list[SheetRow]:
    """The rows so that each comes after the one it hangs on; those that hang on nothing good are told so."""
    tree = _Tree({row["code"].casefold(): row for row in rows if row.good}, known)
    for row in rows:
        tree.climb(row)
    return tree.ordered


@dataclass
class _Tree:
    """The rows of one sheet while they are put in order; `done` is False while on the way up from a row."""

    by_code: Mapping[str, SheetRow]
    known: Mapping[str, Any]
    done: dict[int, bool] = field(default_factory=dict)
    ordered: list[SheetRow] = field(default_factory=list)

    def climb(self, row: SheetRow, depth: int = 0) -> None:
        """Put `row` in order, after what it hangs on."""
        if id(row) in self.done:
            return
        self.done[id(row)] = False
        self._check_parent(row, depth)
        if row.sheet is PLACES:
            _check_kind(row, self.known)
        self.done[id(row)] = True
        self.ordered.append(row)

    def _check_parent(self, row: SheetRow, depth: int) -> None:
        above = row["parent"].casefold()
        if depth > DEEPEST:
            row.say("parent", _("层级太多，最多 %(most)d 层。") % {"most": DEEPEST})
        elif above in self.by_code:
            self._hang(row, self.by_code[above], depth)
        elif above and above not in self.known:
            sentence = _("没有编码为“%(text)s”的上级；请在表里加上它，或改正编码。")
            row.say("parent", sentence % {"text": row["parent"]})

    def _hang(self, row: SheetRow, upper: SheetRow, depth: int) -> None:
        """On a row of the same sheet, which comes first and has to be good itself."""
        if self.done.get(id(upper)) is False:
            row.say("parent", _("上级绕成了圈：沿着上级编码会回到这一行自己，请改正其中一个。"))
            return
        self.climb(upper, depth + 1)
        if not upper.good:
            values = {"row": upper.number, "text": row["parent"]}
            sentence = _("上级“%(text)s”在第 %(row)d 行，那一行有错；改好那一行，这一行就对了。")
            row.say("parent", sentence % values)


def _check_kind(row: SheetRow, known: Mapping[str, Place | Department]) -> None:
    kind = kind_of(row["kind"])
    if row["kind"] and kind is None:
        labels = _("、").join(str(choice.label) for choice in Place.Kind)
        values = {"text": row["kind"], "labels": labels}
        row.say("kind", _("没有“%(text)s”这种类别；请写 %(labels)s 之一。") % values)
    elif kind and _is_inside(row, known) == (kind == Place.Kind.CAMPUS):
        row.say("parent", misplaced(kind))


def _is_inside(row: SheetRow, known: Mapping[str, Place | Department]) -> bool:
    """Whether the place lies within another, by the row or by the house."""
    there = known.get(row["code"].casefold())
    return bool(row["parent"]) or (there is not None and not there.is_root())


def kind_of(words: str) -> Place.Kind | None:
    """The kind of place by its word in any language."""
    return next((kind for kind in Place.Kind if words.casefold() in spellings(kind.label)), None)
