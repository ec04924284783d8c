"""The name under which a file is listed and downloaded."""

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST = 120
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str, extension: str | None = None) -> str:
    """`name` without its path, control and direction characters, ending in the true `extension`
    (None: as in `name`).

    Direction overrides go because “gpj.exe” can be made to read “exe.jpg”; the extension is replaced
    because the sender's word for the type is never believed. At most 120 characters.
    """
    last = _visible(re.split(r"[/\\]", name)[-1])
    tidy = " ".join(FORBIDDEN.sub("_", last).split()).strip(". ")
    if extension is None:
        return tidy[:LONGEST] or _("未命名")
    stem = (tidy.rpartition(".")[0] or tidy).strip(". ")
    return (stem[: LONGEST - len(extension)] or _("未命名")) + extension


def _visible(text: str) -> str:
    chars = unicodedata.normalize("NFC", text)
    return "".join(char for char in chars if unicodedata.category(char)[0] != "C")
