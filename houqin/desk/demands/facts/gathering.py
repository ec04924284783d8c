"""Asking everybody who knows something, without ever depending on one of them."""

from __future__ import annotations

import time

import structlog
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.desk.catalogue.lines import FACTS, Fact, FactProvider
from houqin.desk.demands.models import Demand

PATIENCE = (
    3.0  # seconds for all of them together; whoever asks another system gives it a limit of its own
)
log = structlog.get_logger("houqin.facts")


def facts_for(demand: Demand) -> list[Fact]:
    """What the reviewer should know, the line's own facts first.

    A provider that fails is left out and logged by its name, and so are those for which no time is left:
    the desk says that something is missing and works on.
    """
    line = demand.entry.line
    providers: list[FactProvider] = [*([line.facts] if line else []), *FACTS]
    facts: list[Fact] = []
    missing, until = 0, time.monotonic() + PATIENCE
    for provider in providers:
        answer = _ask(provider, demand) if time.monotonic() < until else None
        missing += answer is None
        facts += answer or []
    return facts + ([_missing(missing)] if missing else [])


def _ask(provider: FactProvider, demand: Demand) -> list[Fact] | None:
    name, started = f"{provider.__module__}.{provider.__qualname__}", time.monotonic()
    try:
        return list(provider(demand))
    except Exception as error:  # whatever it is, it is not the reviewer's trouble
        log.warning("facts.failed", provider=name, error=type(error).__name__)
        return None
    finally:
        spent = time.monotonic() - started
        if spent > PATIENCE:
            log.warning("facts.slow", provider=name, ms=round(spent * 1000))


def _missing(count: int) -> Fact:
    words = ngettext(
        "%(count)s 项事实暂时取不到，不影响审核；稍后刷新再看。",
        "%(count)s 项事实暂时取不到，不影响审核；稍后刷新再看。",
        count,
    )
    return Fact("cloud-off", _("没有取到"), words % {"count": count}, tone="warn")
