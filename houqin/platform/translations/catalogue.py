"""The English catalogue: collected from the source, compiled at set-up, checked by `bin/check`.

The msgids are the Chinese that people read, so Chinese itself needs no catalogue.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from houqin.platform.translations.extraction import (
    CHINESE,
    extract_django,
    extract_python,
    stray_chinese,
)

KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# Files import these under names of their own, such as `gettext_noop as _n`.
ALIAS = re.compile(r"\b(\w*gettext\w*) as (\w+)")
Asked = tuple[str | tuple[str, ...], str | None]  # a text or its forms by number, and the context
SOURCES = ("houqin/**/*.py", "houqin/**/templates/**/*.html", "config/*.py")
NOT_SHOWN = {"tests", "migrations"}
# A language is always offered under its own name.
SAME_IN_ENGLISH = {"简体中文", "中文"}
QUOTED = re.compile("“[^”]*”")
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[-+ #0-9.]*[a-zA-Z]|%[sdif]|\{\w*\}")
# Written out rather than by Babel, whose header carries the moment of writing into every difference.
HEADER = rb"""# The English of Houqin. `manage.py collect_translations` adds new text; fill in its msgstr.
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def po_path() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"


def written() -> Catalog:
    """The catalogue as it is on disk; an empty one when there is none yet."""
    path = po_path()
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def asked_for() -> Iterator[Asked]:
    """Every message that the source asks for, as often as it does."""
    for path in _sources():
        yield from messages_of(path)


def untranslated(messages: Iterable[Asked]) -> Catalog:
    """The catalogue of `messages`, each once and without its English."""
    catalog = Catalog(locale="en")
    for message, context in messages:
        catalog.add(message, context=context)
    return catalog


def messages_of(path: Path) -> Iterator[Asked]:
    """Yield (message, context) for every marked text of a Python file or a template."""
    # Babel's type of an extraction method is not the one its documentation asks for.
    method: Any = extract_python if path.suffix == ".py" else extract_django
    aliases = ALIAS.findall(path.read_text(encoding="utf-8"))
    keywords = KEYWORDS | {alias: KEYWORDS[name] for name, alias in aliases if name in KEYWORDS}
    with path.open("rb") as file:
        for _line, message, _comments, context in extract(method, file, keywords):
            yield message, context


def _sources() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            if not NOT_SHOWN & set(path.relative_to(root).parts):
                yield path


def collect() -> tuple[int, int, int]:
    """Bring the catalogue up to what the source asks for; return (asked for, untranslated, dropped).

    Translations are kept. Sorted, without line numbers, so that a difference shows words only.
    """
    old, asked = written(), untranslated(asked_for())
    merged = Catalog(locale="en")
    for message in asked:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known is not None and not known.fuzzy else None
            merged.add(message.id, string, context=message.context)
    _write(merged)
    kept = sum(1 for message in merged if message.id)
    missing = sum(1 for message in merged if message.id and not _complete(message))
    dropped = sum(
        1 for message in old if message.id and asked.get(message.id, message.context) is None
    )
    return kept, missing, dropped


def _write(catalog: Catalog) -> None:
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, no_location=True, omit_header=True, sort_output=True)
    path = po_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(HEADER + buffer.getvalue().strip() + b"\n")


def compile_stale() -> bool:
    """Compile the catalogue unless the compiled one is newer; return whether it was compiled."""
    source, target = po_path(), po_path().with_suffix(".mo")
    if not source.exists():
        return False
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return False
    half = target.with_suffix(f".{os.getpid()}")
    with half.open("wb") as file:
        write_mo(file, written())
    # A process that reads at this moment sees the old one or the new one, never a half.
    half.replace(target)
    return True


def problems() -> list[str]:
    """What keeps an English reader from reading everything in English, a line for each; empty is good."""
    asked = list(asked_for())
    return [
        *_against_source(untranslated(asked)),
        *_counted_and_not(set(asked)),
        *_in_translations(),
        *_in_templates(),
    ]


def _against_source(asked: Catalog) -> Iterator[str]:
    have = written()
    for message in asked:
        if message.id:
            known = have.get(message.id, message.context)
            if known is None or not _complete(known):
                yield f"missing: {_name(message)}"
    for message in have:
        if message.id and asked.get(message.id, message.context) is None:
            yield f"obsolete: {_name(message)}"
    for message in have.obsolete.values():
        yield f"obsolete: {_name(message)}"


def _counted_and_not(asked: set[Asked]) -> Iterator[str]:
    """What is asked for with a number and without: the catalogue has only the forms with one, and before
    Python 3.12 nothing is found without."""
    counted = {(text[0], context) for text, context in asked if isinstance(text, tuple)}
    for text, _context in sorted(counted & asked, key=str):
        yield f"asked for with and without a number: {text}"


def _in_translations() -> Iterator[str]:
    for message in written():
        if not message.id or not _complete(message):
            continue
        if message.fuzzy:
            yield f"fuzzy: {_name(message)}"
        if _name(message) not in SAME_IN_ENGLISH and any(_left_in_chinese(message)):
            yield f"Chinese in the English: {_name(message)}"
        if not _same_placeholders(message):
            yield f"placeholders differ: {_name(message)}"


def _in_templates() -> Iterator[str]:
    for path in _sources():
        if path.suffix == ".html":
            for line, text in stray_chinese(path.read_text(encoding="utf-8")):
                if text not in SAME_IN_ENGLISH:
                    yield f"not marked: {path.relative_to(settings.BASE_DIR)}:{line} {text}"


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _complete(message: Message) -> bool:
    strings = _strings(message)
    return bool(strings) and all(strings)


def _left_in_chinese(message: Message) -> Iterator[bool]:
    """For each form, whether Chinese is left in it; what a person has to type may be quoted as it is."""
    typed = set(QUOTED.findall(_name(message)))
    for text in _strings(message):
        rest = QUOTED.sub(lambda quoted: "" if quoted[0] in typed else quoted[0], text)
        yield CHINESE.search(rest) is not None


def _same_placeholders(message: Message) -> bool:
    """Whether the translation can be filled with the same values; "one" may leave the number out."""
    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    *fewer, last = (Counter(PLACEHOLDER.findall(text)) for text in _strings(message))
    wanted = Counter(PLACEHOLDER.findall(ids[-1]))
    return last == wanted and all(few <= wanted for few in fewer)
