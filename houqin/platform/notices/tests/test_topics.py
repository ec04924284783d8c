"""What a domain tells people of is a line of its own on the page of choices."""

from houqin.platform.notices import topics
from houqin.platform.notices.topics import TOPICS, Topic, register_topic, topic_of


def test_a_domain_adds_its_topic_and_the_general_ones_go_first(monkeypatch):
    monkeypatch.setattr(topics, "PATTERNS", dict(topics.PATTERNS))
    register_topic(Topic("fleet", "用车", 60), "trip.*")
    try:
        assert topics.topic_of("trip.planned") == "fleet"
        assert topics.topic_of("trip.commented") == "talk"
        after_talk, fleet = TOPICS.codes.index("talk"), TOPICS.codes.index("fleet")
        assert after_talk < fleet < TOPICS.codes.index("other")
    finally:
        TOPICS.remove("fleet")


def test_what_no_domain_claims_is_other():
    assert topic_of("trip.planned") == "other"
