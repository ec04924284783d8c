"""How each event is said to a person. Apps declare their events once; the timeline and the notices
read the same sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Saying:
    """`sentence` is completed with the event's facts; `words` turns codes among them into words.

    `inner` events are shown only to those who run the service; `quiet` ones stay off the timeline.
    """

    sentence: str | Promise
    icon: str = "point"
    tone: str = ""
    note: str = ""
    inner: bool = False
    quiet: bool = False
    words: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


SAYINGS: dict[str, Saying] = {}


def say(name: str, sentence: str | Promise, **options: Any) -> None:
    """Declare how the event `name` is said."""
    SAYINGS[name] = Saying(sentence, **options)


def sentence_of(name: str, facts: Mapping[str, Any]) -> str:
    """The sentence of an event in the language of now; an undeclared event says its name."""
    saying = SAYINGS.get(name)
    if saying is None:
        return name
    spoken = {
        key: saying.words[key](value) if key in saying.words else value
        for key, value in facts.items()
    }
    return str(saying.sentence) % _Blank(spoken)


class _Blank(dict[str, Any]):
    """A fact that an older event does not have reads as a dash, not as an error."""

    def __missing__(self, key: str) -> str:
        return _("—")
