"""The role matrix, printed from the tables that are the law: the flows and the addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import Demand
from houqin.kernel.flow import SYSTEM, Step
from houqin.kernel.people.roles import role_choices
from houqin.setup.role_matrix.access import (
    ADDRESSES,
    AUDIENCE,
    FORBIDDEN,
    MISSING,
    MOVED,
    WRONG_METHOD,
)
from houqin.ui.cards import Card
from houqin.work.orders.models import WorkOrder

# What somebody is to one object, beside the roles that are granted.
RELATIONS: Final = {
    "requester": _("需求人"),
    "executor": _("执行人"),
    "crew": _("班组成员"),
    SYSTEM: _("系统"),
}
FLOWING: Final = ((Demand, _("需求")), (WorkOrder, _("工单")))


@dataclass(frozen=True)
class Line:
    """One verb: who may speak it, from which states, into which."""

    verb: str
    words: str
    sources: str
    target: str
    may: list[bool]  # one for each column of the table


@dataclass(frozen=True)
class FlowTable:
    name: str
    columns: list[str]
    lines: list[Line]


def flow_tables() -> list[FlowTable]:
    cards = {card.model: card for card in _cards(get_resolver())}
    return [_flow_table(model, str(name), cards.get(model)) for model, name in FLOWING]


def _flow_table(model: Any, name: str, card: Card | None) -> FlowTable:
    named = {**RELATIONS, **dict(role_choices())}
    spoken = {str(role) for step in model.FLOW.values() for role in step.by}
    columns = [role for role in named if role in spoken]
    states = dict(model.Status.choices)
    lines = [
        Line(
            verb=verb,
            words=_words(verb, card),
            sources=_sources(step, states),
            target=str(states[step.target]) if step.target else _now("状态不变"),
            may=[role in step.by for role in columns],
        )
        for verb, step in model.FLOW.items()
    ]
    return FlowTable(name, [str(named[role]) for role in columns], lines)


def _words(verb: str, card: Card | None) -> str:
    if card and verb in card.verbs:
        return str(card.verbs[verb].label)
    return _now("随工单自动进行") if verb.startswith("orders_") else _now("到期自动进行")


def _sources(step: Step, states: dict[str, Any]) -> str:
    if set(step.sources) == set(states):
        return _now("任何状态")
    return _now("、").join(str(words) for state, words in states.items() if state in step.sources)


def _cards(resolver: URLResolver) -> Iterator[Card]:
    """The cards behind the addresses: each view of a card is one of its own methods."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _cards(pattern)
        elif isinstance(pattern, URLPattern):
            method = getattr(pattern.callback, "__wrapped__", pattern.callback)
            card = getattr(method, "__self__", None)
            if isinstance(card, Card):
                yield card


def page_lines() -> list[dict[str, Any]]:
    """Each address with the answer to each of AUDIENCE: open, asked to sign in, refused or not there."""
    marks = {FORBIDDEN: "refused", MISSING: "missing", WRONG_METHOD: "refused"}
    return [
        {
            "words": address.words,
            "route": " ".join(filter(None, (address.route, address.sample))),
            "method": address.method,
            "answers": [
                {
                    "status": status,
                    "mark": "door" if _to_the_door(who, status) else marks.get(status, "open"),
                }
                for who in AUDIENCE
                for status in [address.answer(who)]
            ],
        }
        for address in ADDRESSES
    ]


def _to_the_door(who: str, status: int) -> bool:
    return who == "anonymous" and status == MOVED


def spoken_by(role: str) -> list[tuple[str, list[str]]]:
    """What a holder of `role` may do, from the flows: (需求, [受理, 派工 …]), (工单, […])."""
    cards = {card.model: card for card in _cards(get_resolver())}
    return [
        (
            str(name),
            [
                _words(verb, cards.get(model))
                for verb, step in model.FLOW.items()
                if role in step.by
            ],
        )
        for model, name in FLOWING
        if any(role in step.by for step in model.FLOW.values())
    ]
