"""What a notice is about, as a person sorts their mail. It follows from the name of the event."""

from __future__ import annotations

from fnmatch import fnmatchcase

from django.utils.translation import gettext_lazy as _

from houqin.kernel.registry import Registered, Registry


class Topic(Registered):
    """One line of the page on which people choose what comes by mail."""


TOPICS: Registry[Topic] = Registry("topics of notices")
ALARM = TOPICS.register(Topic("alarm", _("时限提醒和催办"), 30)).code
TALK = TOPICS.register(Topic("talk", _("回复和@我"), 40)).code
OTHER = TOPICS.register(Topic("other", _("其他"), 900)).code

# What people do to each other is the same in every domain, and goes before what a domain claims.
PATTERNS = {
    "clock.*": ALARM, "*.urged": ALARM, "*.supervis*": ALARM,
    "*.commented": TALK, "*.noted": TALK, "*.mention*": TALK, "*.copied": TALK,
}  # fmt: skip


def register_topic(topic: Topic, *patterns: str) -> None:
    """Let the events of these names be about `topic`; an app calls it in its `events.py`."""
    TOPICS.register(topic)
    PATTERNS.update(dict.fromkeys(patterns, topic.code))


def topic_of(name: str) -> str:
    """What an event of this name is about."""
    return next((topic for pattern, topic in PATTERNS.items() if fnmatchcase(name, pattern)), OTHER)
