"""How what an administrator looks after is put to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class AdminTask:
    """Something that waits for the administrator, with the one page on which it is done."""

    title: str
    meta: str
    url: str
    button: str
    icon: str
    tone: str = ""  # bad: it is wrong now; the rest waits


@dataclass(frozen=True)
class Duties:
    """The home of one administrator: what waits, what else there is to know, what happened lately.

    `facts` are those of `ui/_facts.html`; `lines` are events as the audit trail shows them.
    """

    tasks: list[AdminTask]
    facts: list[dict[str, Any]]
    taught: str  # what will stand here when something waits
    lines: list[dict[str, Any]] = field(default_factory=list)
    lines_url: str = ""
