"""The built front end: the addresses of its files, and its icons."""

from __future__ import annotations

import json
import os
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


def _changed() -> int:
    """The time of the manifest in nanoseconds, so that a rebuilt front end is seen without a restart."""
    try:
        return os.stat(settings.FRONTEND_MANIFEST).st_mtime_ns
    except FileNotFoundError as error:
        path = settings.FRONTEND_MANIFEST
        raise ImproperlyConfigured(
            f"The front end is not built: {path} is missing. Run bin/frontend (or bin/demo, which runs it)."
        ) from error


@cache
def _manifest(path: Path, changed: int) -> Manifest:
    return cast(Manifest, json.loads(path.read_text()))


@cache
def _address(name: str, path: Path, changed: int) -> str:
    entry = _manifest(path, changed).get(name, {"file": name})
    return urljoin(settings.STATIC_URL, str(entry["file"]))


def asset_url(name: str) -> str:
    """The address of a built file: hashed where vite built it, as it is where it lies in frontend/public."""
    return _address(name, settings.FRONTEND_MANIFEST, _changed())


def asset(name: str) -> SafeString:
    """The style and script tags of a vite entry, such as `app.ts`."""
    entry = _manifest(settings.FRONTEND_MANIFEST, _changed())[name]
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
