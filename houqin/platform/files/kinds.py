"""What a file really is. The sender's name and content type are not asked."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

import puremagic
from django.conf import settings

OOXML = "application/vnd.openxmlformats-officedocument"
PARTS = {
    "xl/workbook.xml": (f"{OOXML}.spreadsheetml.sheet", ".xlsx"),
    "word/document.xml": (f"{OOXML}.wordprocessingml.document", ".docx"),
}
# An office file that unpacks to more than this many times the upload limit is a bomb for whoever opens it.
MOST_UNPACKED = 10
PRINTABLE_CONTROLS = "\t\n\r\f"


@dataclass(frozen=True)
class FileKind:
    mime: str
    extension: str

    @property
    def is_text(self) -> bool:
        return self.mime.startswith("text/")


def document_kind(data: bytes, name: str) -> FileKind | None:
    """The kind of a file that is not a picture; None when the house does not take such files."""
    guesses = _guesses(data)
    if "application/pdf" in guesses:
        return FileKind("application/pdf", ".pdf") if data.startswith(b"%PDF-") else None
    if any(guess.startswith(OOXML) for guess in guesses):
        return _office_kind(data)
    if _is_plain_text(data):
        return (
            FileKind("text/csv", ".csv")
            if name.lower().endswith(".csv")
            else FileKind("text/plain", ".txt")
        )
    return None


def looks_like_heic(data: bytes) -> bool:
    """Whether these are the first bytes of what an iPhone saves by default."""
    return data[4:8] == b"ftyp" and data[8:12] in {
        b"heic",
        b"heix",
        b"hevc",
        b"heim",
        b"heis",
        b"mif1",
        b"msf1",
    }


def looks_like_picture(data: bytes) -> bool:
    return any(guess.startswith("image/") and guess != "image/svg+xml" for guess in _guesses(data))


def _guesses(data: bytes) -> set[str]:
    try:
        return {guess.mime_type for guess in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()


def _office_kind(data: bytes) -> FileKind | None:
    """A workbook or text document without macros that unpacks to a bearable size."""
    if not data.startswith(
        b"PK\x03\x04"
    ):  # something else in front of a zip: one file, two readings
        return None
    try:
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if (
        "[Content_Types].xml" not in names
        or macros
        or unpacked > MOST_UNPACKED * settings.MAX_FILE_BYTES
    ):
        return None
    return next((FileKind(*PARTS[part]) for part in PARTS if part in names), None)


def _is_plain_text(data: bytes) -> bool:
    """Readable text that no browser or shell would take for a page or a script."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = any(char < " " and char not in PRINTABLE_CONTROLS for char in text)
        return not controls and not text.lstrip().startswith(("<", "#!"))
    return False
