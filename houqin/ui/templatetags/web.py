"""What every template of the house may say; a builtin library, so that no template has to load it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.shortcuts import resolve_url
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houqin.kernel.counting import bounded
from houqin.kernel.timekeeping import now as clock_now
from houqin.ui import formatting
from houqin.ui.assets import asset, asset_url, icon
from houqin.ui.chips import chip_html, dialog
from houqin.ui.fields import field_kind
from houqin.ui.lists.kinds import grade_html, state_html

register = template.Library()

register.simple_tag(asset)
register.simple_tag(asset_url)
register.simple_tag(icon)
register.simple_tag(chip_html, name="clock_chip")


@register.simple_tag
def script_words() -> SafeString:
    """The texts of the page's script, in the reader's language, as inert JSON."""
    return json_script(formatting.script_words(), "words")


register.simple_tag(dialog)
register.filter(bounded)


@register.simple_tag
def back_link(to: Any, words: str = "", keyed: bool = False) -> SafeString:
    """The way back at the top of a phone's page: `to` is a thing, a route or an address. `keyed` lets the key
    for going back follow it too."""
    url = resolve_url(to) if to else ""
    return format_html(
        '<a class="btn btn-ghost btn--square d-md-none" href="{}"{} aria-label="{}">{}</a>',
        url,
        " data-back" if keyed else "",
        words or _("返回"),
        icon("chevron-left"),
    )


@register.simple_tag
def column_heads(*words: str) -> SafeString:
    """The head of a table whose columns have nothing but a name."""
    cells = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in words))
    return format_html("<thead><tr>{}</tr></thead>", cells)


@register.simple_tag
def grade(code: str, tag: bool = False) -> str:
    """A grade by its code: word and shape; `tag=True` tints it, for heads of cards."""
    return grade_html(code, tag=tag)


@register.simple_tag
def state(thing: Any) -> str:
    """The state of an object in words and tint."""
    return state_html(thing)


@register.simple_tag
def avatar(name: Any, look: str = "") -> SafeString:
    """The first letter of a name in a circle; decoration beside the name itself."""
    return format_html(
        '<span class="avatar-x {}" aria-hidden="true">{}</span>', look, str(name)[:1]
    )


@register.filter
def moment(at: datetime | None, now: datetime | None = None) -> str:
    """A moment as a person says it; `now` where the page already knows it."""
    return formatting.moment(at, now or clock_now()) if at else "—"


@register.filter
def day(at: datetime | None, now: datetime | None = None) -> str:
    """The day of a moment as a person says it."""
    return formatting.day(at, now or clock_now()) if at else "—"


@register.filter
def left(due: datetime | None, now: datetime | None = None) -> str:
    """What is left until a moment, or how long it is over."""
    return formatting.left(due, now or clock_now()) if due else "—"


@register.filter
def stretch(first: date, last: date | None = None) -> str:
    """A moment or a run of whole days, with weekday and date."""
    return formatting.stretch(first, last)


@register.filter
def money(fen: int | None) -> str:
    """An amount of fen in yuan."""
    return "—" if fen is None else formatting.money(fen)


@register.filter
def kind(field: BoundField) -> str:
    """How `_field.html` draws a field: hidden, check, group, photos, signature or control."""
    return field_kind(field)


@register.filter
def epoch(at: datetime | None) -> int | str:
    """Seconds since 1970, for the page's script."""
    return int(at.timestamp()) if at else ""
