"""What the auditor sees of the seals, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from houqin.platform.audit_chain.messages import problem_words
from houqin.platform.audit_chain.models import Check
from houqin.platform.audit_chain.reports import SealStanding


def facts_of(now: SealStanding) -> list[dict[str, Any]]:
    """For `ui/_facts.html`."""
    return [
        {
            "label": _("已封存"),
            "value": _("%(events)d 件，分 %(seals)d 段")
            % {
                "events": now.events,
                "seals": now.seal.number if now.seal else 0,
            },
        },
        {"label": _("还没封存"), "value": now.waiting, "tone": "warn" if now.late else ""},
        {"label": _("最新的根值"), "value": now.seal.root if now.seal else "", "tone": "mono"},
    ]


def with_problems(checks: Iterable[Check]) -> list[tuple[Check, list[str]]]:
    """Each with the sentences of what it has found."""
    return [(check, [problem_words(problem) for problem in check.problems]) for check in checks]
