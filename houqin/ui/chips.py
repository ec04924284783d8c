"""The chip of a clock: how much of a promise is left, as a ring and in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houqin.ui.assets import icon

RING = (
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
    safe = escape(url)
    return SafeString(f'href="{safe}" hx-get="{safe}" hx-target="#dialog-body" hx-swap="innerHTML"')


def chip_html(
    chip: Chip | None, *, explain_url: str = "", size: str = "", hide_label: bool = False
) -> SafeString:
    """The chip as it is drawn, nothing for None; `explain_url` opens the steps, `size` may be lg."""
    if not chip:
        return SafeString("")
    look = f"clock-chip clock-chip--{chip.tone or 'calm'}" + (
        f" clock-chip--{size}" if size else ""
    )
    due = f' data-due="{chip.due_epoch}"' if chip.due_epoch else ""
    face = _face(chip, label="" if hide_label else chip.label)
    if not explain_url:
        return SafeString(f'<span class="{look}"{due}>{face}</span>')
    link, hint = dialog(explain_url), escape(_("看看怎么算的"))
    return SafeString(f'<a class="{look}" {link} title="{hint}"{due}>{face}</a>')


def _face(chip: Chip, label: str) -> str:
    """The ring or the icon, the words, and the moment behind them."""
    if chip.tone in ICONS:
        picture = str(icon(ICONS[chip.tone], "icon--sm"))
    else:
        picture = RING.format(min(chip.share_percent, 100))
    before = f"<span>{escape(label)}</span>" if label else ""
    due_text = f"{chip.due_text} {_('暂定')}" if chip.provisional else chip.due_text
    due = f'<span class="clock-chip__due">{escape(due_text)}</span>' if chip.due_text else ""
    return f"{picture}{before}<span data-left>{escape(chip.text)}</span> {due}"
