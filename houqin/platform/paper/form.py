"""What a form on paper says: a head, rows of cells, signatures. Plain data; `typ/form.typ` draws it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.timezone import localtime

from houqin.kernel.people.models import Department
from houqin.platform.files.models import Attachment
from houqin.platform.paper.amounts import in_capitals

Words = str | Promise
Part = dict[str, Any]  # one kind of row, as typ/form.typ knows it


@dataclass(frozen=True)
class FormPicture:
    """A PNG or JPEG that goes into the file."""

    content: bytes


@dataclass(frozen=True)
class Code:
    """A QR code that says `text`."""

    text: str


@dataclass(frozen=True)
class Form:
    """One form. `numbers` stand at the left of its head, at the right the code of the page at `url` with
    `url_words` below; `foot` stands at the left of every page's foot."""

    title: Words
    numbers: Sequence[tuple[Words, str]]
    url: str
    url_words: Words
    parts: Sequence[Part]
    foot: Words = ""


def band(words: Words) -> Part:
    """The heading of a section."""
    return {"kind": "band", "words": words}


def facts(*pairs: tuple[Words, Any]) -> Part:
    """Labels with short values, two in a row; what has no value is left out."""
    return {"kind": "facts", "pairs": [pair for pair in pairs if pair[1]]}


def wide(label: Words, value: Any) -> Part:
    """A label with a text of its own row; nothing when there is none."""
    return {"kind": "facts", "pairs": [(label, value)] if value else [], "wide": True}


def boxes(choices: Iterable[tuple[Words, bool]]) -> dict[str, Any]:
    """A value that is ticked: every choice with its box."""
    return {"boxes": list(choices)}


def photos(label: Words, attachments: Iterable[Attachment]) -> Part:
    """Photos, each with what it shows and when it came; no row when there is none."""
    pairs = [
        (picture_of(photo), f"{photo.get_tag_display()} {stamp(photo.at)}") for photo in attachments
    ]
    return {"kind": "photos", "label": label, "shown": [pair for pair in pairs if pair[0]]}


def table(heads: Sequence[Words], lines: Sequence[Sequence[Words]]) -> Part:
    """Lines of four cells: what, how much, price of one, amount."""
    return {"kind": "table", "heads": heads, "lines": lines}


def total(label: Words, fen: int, amount: str) -> Part:
    """The sum, in capitals too."""
    return {"kind": "total", "label": label, "capitals": in_capitals(fen), "amount": amount}


def signatures(*cells: tuple[Words, Any, Words]) -> Part:
    """Places to sign, side by side: label; a Picture, a typed name or ""; when."""
    return {"kind": "signatures", "cells": cells}


def picture_of(attachment: Attachment, *, thumb: bool = True) -> FormPicture | None:
    """The picture of `attachment`, if the storage still has it: its thumbnail, or as it was kept."""
    blob = attachment.blob
    try:
        with default_storage.open(blob.thumb_path if thumb else blob.path) as file:
            return FormPicture(file.read())
    except FileNotFoundError:
        return None


def stamp(at: datetime | None) -> str:
    """A moment as it is filed: the whole date, on the clock of the house; "" when there is none."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def letterhead() -> str:
    """The name at the top of every form: that of the whole organisation."""
    top = Department.objects.filter(depth=1).order_by("path").first()
    return str(top or "")
