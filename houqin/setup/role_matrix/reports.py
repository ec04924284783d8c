"""The role matrix, printed from what is the law: the FLOW of every model and the access of every route."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.flow import SYSTEM, Step
from houqin.kernel.people.roles import role_choices
from houqin.ui.cards import CARDS
from houqin.ui.routes import AUDIENCE, Address, Answer, Words, addresses


@dataclass(frozen=True)
class FlowLine:
    """One verb: who may speak it, from which states, into which."""

    verb: str
    words: str
    sources: str
    target: str
    may: Mapping[str, bool]  # by role or relation, one for each column of the table


@dataclass(frozen=True)
class FlowTable:
    name: str
    model: str
    columns: Mapping[str, str]
    lines: list[FlowLine]


@dataclass(frozen=True)
class AddressLine:
    words: str
    name: str
    address: str
    everywhere: bool  # the role has to hold at all places
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Area:
    """The addresses that one urls module declares."""

    heading: str
    lines: list[AddressLine]


def flow_tables(query: str = "") -> list[FlowTable]:
    """Every model with a FLOW, with those verbs that have each word of `query`."""
    tables = [_flow_table(model, query) for model in _flowing()]
    return [table for table in tables if table.lines]


def _flowing() -> list[Any]:
    return [model for model in apps.get_models() if hasattr(model, "FLOW")]


def _labels() -> dict[tuple[Any, str], Words]:
    """The word of each verb of each model: of several cards, that with the most verbs has it."""
    cards = sorted(CARDS, key=lambda card: len(card.verbs))
    return {(card.model, verb): entry.label for card in cards for verb, entry in card.verbs.items()}


def _flow_table(model: Any, query: str) -> FlowTable:
    named = {**model.RELATIONS, **dict(role_choices()), SYSTEM: _("系统")}
    columns = [who for who in named if any(who in step.by for step in model.FLOW.values())]
    states, labels, name = dict(model.Status.choices), _labels(), str(model._meta.verbose_name)
    lines = [
        FlowLine(
            verb=verb,
            words=_words(labels, model, verb),
            sources=_sources(step, states),
            target=str(states[step.target]) if step.target else _now("状态不变"),
            may={who: who in step.by for who in columns},
        )
        for verb, step in model.FLOW.items()
        if _has(query, name, _words(labels, model, verb))
    ]
    return FlowTable(
        name, model._meta.label_lower, {who: str(named[who]) for who in columns}, lines
    )


def _words(labels: Mapping[tuple[Any, str], Words], model: Any, verb: str) -> str:
    return str(labels.get((model, verb)) or _now("由系统自动进行"))


def _sources(step: Step, states: dict[str, Any]) -> str:
    if set(step.sources) == set(states):
        return _now("任何状态")
    return _now("、").join(str(words) for state, words in states.items() if state in step.sources)


def areas(query: str = "") -> list[Area]:
    """Every address with its answer to each of AUDIENCE, grouped by the app that declares it."""
    grouped = groupby(addresses(), key=lambda address: str(address.area))
    shown = [Area(heading, _address_lines(heading, rows, query)) for heading, rows in grouped]
    return [area for area in shown if area.lines]


def _address_lines(heading: str, rows: Iterable[Address], query: str) -> list[AddressLine]:
    return [
        AddressLine(
            words=str(access.label),
            name=row.name,
            address=f"{access.method} {row.url}".strip(),
            everywhere=access.everywhere,
            answers={who: access.answer(who) for who in AUDIENCE},
        )
        for row in rows
        if (access := row.access) and _has(query, heading, str(access.label), row.url)
    ]


def _has(query: str, *texts: str) -> bool:
    """Whether each word of `query` is in one of `texts`."""
    everything = " ".join(texts).casefold()
    return all(word in everything for word in query.casefold().split())


def spoken_by(role: str) -> list[tuple[str, list[str]]]:
    """What a holder of `role` may do, from the flows: (需求, [受理, 派工 …]), (工单, […])."""
    return [
        (table.name, [line.words for line in table.lines if line.may[role]])
        for table in flow_tables()
        if role in table.columns
    ]
