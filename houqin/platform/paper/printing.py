"""From data to PDF. What people have typed reaches typst as JSON, never as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.platform.paper.form import Code, Form, FormPicture, letterhead, stamp

TEMPLATES = Path(__file__).parent / "typ"
FONT_PACKAGE = (
    "cvttf_NotoSansCJK_Regular"  # has one weight of Noto Sans CJK; a machine may have more
)


@cache
def fonts() -> typst.Fonts:
    """The fonts of this machine and the one that comes with the house; looked up once in a process."""
    spec = find_spec(FONT_PACKAGE)
    return typst.Fonts(font_paths=list(spec.submodule_search_locations or ()) if spec else [])


def print_forms(forms: Sequence[Form], *, printer: User, at: datetime) -> bytes:
    """One PDF with `forms`, each beginning on a new page and counting its own pages."""
    foot = {
        "printed": _("打印：%(who)s %(at)s") % {"who": printer, "at": stamp(at)},
        "page": _("第 %(page)s 页，共 %(pages)s 页"),
    }
    drawn = [vars(form) | {"code": Code(settings.SITE_URL + form.url)} for form in forms]
    return compile_pdf("form.typ", {"org": letterhead(), "forms": drawn, "words": foot})


def compile_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF that `typ/<template>` draws from `data`: plain values, words, pictures and codes.

    It is drawn in a folder of its own, because typst reads pictures from files, and sees nothing outside.
    """
    with TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        (folder / "data.json").write_text(_as_json(data, folder))
        for source in ("house.typ", template):
            (folder / source).write_bytes((TEMPLATES / source).read_bytes())
        pdf = typst.Compiler(folder / template, root=folder, font_paths=fonts()).compile(
            format="pdf"
        )
    assert isinstance(pdf, bytes)
    return pdf


def _as_json(data: Mapping[str, Any], folder: Path) -> str:
    """`data` with the names of files in `folder` in place of its pictures and codes."""
    numbers = count()

    def keep(value: Any) -> str:
        if isinstance(value, Promise):
            return str(value)
        content = _svg(value.text) if isinstance(value, Code) else value.content
        file = folder / f"{next(numbers)}{_suffix(value)}"
        file.write_bytes(content)
        return file.name

    language = (get_language() or "zh")[:2]
    return json.dumps({"lang": language, **data}, default=keep, ensure_ascii=False)


def _suffix(value: FormPicture | Code) -> str:
    if isinstance(value, Code):
        return ".svg"
    return ".png" if value.content.startswith(b"\x89PNG") else ".jpg"


def _svg(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue()
