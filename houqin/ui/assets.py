"""The built front end: the addresses of its files, and its icons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Manifest = Mapping[str, Mapping[str, Any]]


@cache
def _read_manifest(path: Path, changed: int) -> Manifest:
    """`changed` is the file's time, so that a rebuilt front end is seen without a restart."""
    return cast(Manifest, json.loads(path.read_text()))


def _manifest() -> Manifest:
    path = Path(settings.FRONTEND_MANIFEST)
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            f"The front end is not built: {path} is missing. Run bin/frontend (or bin/demo, which runs it)."
        ) from error
    return _read_manifest(path, changed)


def asset_url(name: str) -> str:
    """The address of a built file: hashed where vite built it, as it is where it lies in frontend/public."""
    entry = _manifest().get(name, {"file": name})
    return urljoin(settings.STATIC_URL, str(entry["file"]))


def asset(name: str) -> SafeString:
    """The style and script tags of a vite entry, such as `app.ts`."""
    entry = _manifest()[name]
    styles = ((urljoin(settings.STATIC_URL, path),) for path in entry.get("css", ()))
    links = format_html_join("", '<link rel="stylesheet" href="{}">', styles)
    return format_html('{}<script type="module" src="{}"></script>', links, asset_url(name))


def icon(name: str, look: str = "") -> SafeString:
    """An icon of frontend/icons.txt; decoration, so hidden from screen readers."""
    return _icon(name, look, asset_url("icons.svg"))


@cache
def _icon(name: str, look: str, sprite: str) -> SafeString:
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', look, sprite, name
    )
