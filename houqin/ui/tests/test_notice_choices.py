"""The page on which one chooses what comes by mail."""

from datetime import time

import pytest

from houqin.kernel.people.models import User
from houqin.platform.notices.models import Choice, NoticeChoice
from houqin.platform.notices.topics import TOPICS

PATH = "/me/notices/"


@pytest.fixture
def wang(db, client):
    person = User.objects.create_user("wang", name="王师傅")
    client.force_login(person)
    return person


def filled(**changes):
    return dict.fromkeys(TOPICS.codes, "now") | {"daily_at": "08:30"} | changes


def test_the_page_begins_with_every_mail_at_once_and_says_that_an_address_is_missing(client, wang):
    answer = client.get(PATH)
    assert [answer.context["form"][topic].value() for topic in TOPICS.codes] == [
        NoticeChoice.NOW
    ] * len(TOPICS)
    assert "还没有登记邮箱" in answer.content.decode()
    User.objects.update(email="wang@example.org")
    assert "还没有登记邮箱" not in client.get(PATH).content.decode()


def test_a_choice_is_kept_and_shown_again(client, wang):
    hours = {"daily_at": "17:00", "quiet_from": "22:00", "quiet_to": "07:00"}
    assert client.post(PATH, filled(demand="daily", other="never", **hours)).status_code == 302
    kept = Choice.objects.get(user=wang)
    assert (kept.mail["demand"], kept.mail["other"], kept.mail["work"]) == ("daily", "never", "now")
    assert (kept.daily_at, kept.quiet_from, kept.quiet_to) == (time(17), time(22), time(7))
    form = client.get(PATH).context["form"]
    assert (form["demand"].value(), form["quiet_from"].value()) == ("daily", time(22))
    client.post(PATH, filled())
    kept.refresh_from_db()
    assert (kept.mail["demand"], kept.quiet_from) == ("now", None)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"quiet_from": "22:00"}, "从几点到几点"),
        ({"quiet_to": "07:00"}, "从几点到几点"),
        ({"quiet_from": "07:00", "quiet_to": "07:00"}, "不能相同"),
        ({"quiet_from": "late"}, "field__error"),
        ({"daily_at": ""}, "field__error"),
        ({"work": "pigeon"}, "field__error"),
        ({"alarm": ""}, "field__error"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_kept(client, wang, change, sentence):
    answer = client.post(PATH, filled(**change))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Choice.objects.exists()
