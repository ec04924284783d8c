"""The chip of a clock: how much of a promise is left, as a ring and in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from houqin.ui.assets import icon

RING = mark_safe(
    '<svg class="clock-chip__ring" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.5"/>'
    '<circle cx="10" cy="10" r="7.5" pathLength="100" stroke-dasharray="{} 100"/></svg>'
)
ICONS = {"paused": "player-pause", "ok": "check"}


@dataclass(frozen=True)
class Chip:
    """What a clock shows. `tone` is "", amber, red, ok or paused; `due_epoch` (seconds) lets the page count
    on by itself."""

    label: str
    text: str
    due_text: str
    share_percent: int
    tone: str
    due_epoch: int | None = None
    kind: str = ""
    provisional: bool = False


def dialog(url: str) -> SafeString:
    """The attributes of a link that opens `url` in the dialog; without a script it is an ordinary link."""
    return format_html('href="{0}" hx-get="{0}" hx-target="#dialog-body" hx-swap="innerHTML"', url)


def chip_html(
    chip: Chip | None, *, explain_url: str = "", size: str = "", hide_label: bool = False
) -> SafeString:
    """The chip as it is drawn, nothing for None; `explain_url` opens the steps, `size` may be lg."""
    if not chip:
        return SafeString("")
    look = f"clock-chip clock-chip--{chip.tone or 'calm'}" + (
        f" clock-chip--{size}" if size else ""
    )
    due = format_html(' data-due="{}"', chip.due_epoch) if chip.due_epoch else ""
    face = _face(chip, label="" if hide_label else chip.label)
    if not explain_url:
        return format_html('<span class="{}"{}>{}</span>', look, due, face)
    link, hint = dialog(explain_url), _("看看怎么算的")
    return format_html('<a class="{}" {} title="{}"{}>{}</a>', look, link, hint, due, face)


def _face(chip: Chip, label: str) -> SafeString:
    """The ring or the icon, the words, and the moment behind them."""
    if chip.tone in ICONS:
        picture = icon(ICONS[chip.tone], "icon--sm")
    else:
        picture = format_html(RING, min(chip.share_percent, 100))
    before = format_html("<span>{}</span>", label) if label else ""
    due_text = f"{chip.due_text} {_('暂定')}" if chip.provisional else chip.due_text
    due = format_html('<span class="clock-chip__due">{}</span>', due_text) if chip.due_text else ""
    return format_html("{}{}<span data-left>{}</span> {}", picture, before, chip.text, due)
