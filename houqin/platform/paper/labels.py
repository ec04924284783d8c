"""Sheets of labels with codes, for label paper of an office printer or for a label printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.platform.paper.form import Code, Words
from houqin.platform.paper.printing import compile_pdf

A4 = (210, 297)  # millimetres


@dataclass(frozen=True)
class Sheet:
    """Paper of `width` by `height` millimetres, parted evenly into labels."""

    label: Words
    width: int
    height: int
    columns: int = 1
    rows: int = 1

    @property
    def count(self) -> int:
        return self.columns * self.rows


SHEETS = {
    "a4-3x8": Sheet(_("A4 一页 24 张（70 × 37 毫米）"), *A4, 3, 8),
    "a4-2x5": Sheet(_("A4 一页 10 张（105 × 59 毫米）"), *A4, 2, 5),
    "roll-60x40": Sheet(_("标签机 60 × 40 毫米"), 60, 40),
    "roll-50x30": Sheet(_("标签机 50 × 30 毫米"), 50, 30),
    "roll-40x60": Sheet(_("标签机 40 × 60 毫米，竖版"), 40, 60),
}


@dataclass(frozen=True)
class Label:
    """One label: the address that its code says, a name, where it belongs, and letters to type by hand."""

    url: str
    title: str
    where: str
    number: str


def print_labels(
    labels: Sequence[Label], sheet: Sheet, *, title: Words, words: Words, skip: int = 0
) -> bytes:
    """One PDF with `labels`, with `words` below each name; `skip` labels of the first sheet are used up."""
    drawn: list[dict[str, Any]] = [vars(label) | {"code": Code(label.url)} for label in labels]
    data = {"labels": drawn, "sheet": vars(sheet), "title": title, "words": words, "skip": skip}
    return compile_pdf("labels.typ", data)
