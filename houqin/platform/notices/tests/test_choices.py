"""What a person chose decides when mail comes, never what is shown in the house."""

from datetime import time, timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from houqin.platform.notices.actions import choose, mark_all_read, notify
from houqin.platform.notices.models import Choice, Delivery, Notice, NoticeChoice
from houqin.platform.notices.sweeps import send_mail
from houqin.platform.notices.tests.conftest import NOW
from houqin.platform.notices.topics import TOPICS, topic_of

EVENING, NIGHT = NOW.replace(hour=21), NOW.replace(hour=23)
MORNING = NOW.replace(hour=7, minute=0) + timedelta(days=1)


def wishes(person, wish=NoticeChoice.NOW, **hours):
    return choose(person, mail=dict.fromkeys(TOPICS.codes, wish), **hours)


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("order.offered", "work"), ("demand.graded", "demand"), ("demand.commented", "talk"),
        ("clock.alarm", "alarm"), ("demand.urged", "alarm"), ("shift.swapped", "roster"),
        ("hook.tested", "other"),
    ],
)  # fmt: skip
def test_the_topic_follows_from_the_name_of_the_event(name, topic):
    assert topic_of(name) == topic


@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        (("22:00", "07:00"), NIGHT, MORNING),
        (("22:00", "07:00"), MORNING - timedelta(minutes=1), MORNING),
        (("22:00", "07:00"), MORNING, MORNING),
        (("22:00", "07:00"), EVENING, EVENING),
        (("12:00", "14:00"), NOW.replace(hour=13), NOW.replace(hour=14, minute=0)),
        (("12:00", "14:00"), NOW, NOW),
    ],
)
def test_quiet_hours_end_when_the_clock_of_the_house_says_so(quiet, at, until):
    start, end = (time.fromisoformat(hour) for hour in quiet)
    assert Choice(quiet_from=start, quiet_to=end).after_quiet(at) == until


def test_whoever_wants_no_mail_is_told_in_the_house_alone_unless_it_is_urgent(cast, happen):
    wishes(cast.wang, NoticeChoice.NEVER)
    notify([cast.wang], happen(), url="/x/", now=NOW)
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 0)
    notify([cast.wang], happen(), url="/x/", urgent=True, now=NOW)
    assert send_mail(NOW) == 1


def test_a_digest_is_one_letter_at_its_hour_of_what_has_not_been_read(cast, happen):
    wishes(cast.wang, NoticeChoice.DAILY, daily_at=time(8, 30))
    for place in ("一号楼", "二号楼", "三号楼"):
        notify([cast.wang], happen(place), url=f"/{place}/", now=NOW)
    Notice.objects.filter(url="/一号楼/").update(read_at=NOW)
    at = NOW.replace(hour=8, minute=30) + timedelta(days=1)
    assert send_mail(at - timedelta(seconds=1)) == 0
    assert send_mail(at) == 3
    [letter] = outbox.outbox
    assert letter.subject == "[后勤管家] 2 条新消息"
    assert letter.body.count("http://testserver/") == 2
    assert "一号楼" not in letter.body
    states = dict(Delivery.objects.values_list("notice__url", "state"))
    assert states == {"/一号楼/": "skipped", "/二号楼/": "sent", "/三号楼/": "sent"}
    assert send_mail(at + timedelta(days=1)) == 0


def test_a_digest_of_which_all_was_read_is_not_sent(cast, happen):
    wishes(cast.wang, NoticeChoice.DAILY)
    notify([cast.wang], happen(), url="/x/", now=NOW)
    mark_all_read(cast.wang, now=NOW)
    send_mail(NOW + timedelta(days=1))
    assert outbox.outbox == []


def test_a_digest_is_of_one_person(cast, happen):
    for person in (cast.wang, cast.chen):
        wishes(person, NoticeChoice.DAILY)
    event = happen()
    notify([cast.wang], event, url="/x/", now=NOW)
    other = type(event).objects.create(
        actor=cast.wang, name="test.moved", target=cast.target, at=NOW, facts={"where": "x"}
    )
    notify([cast.chen], other, url="/x/", now=NOW)
    send_mail(NOW + timedelta(days=1))
    assert sorted(letter.to[0] for letter in outbox.outbox) == [
        "chen@example.org",
        "wang@example.org",
    ]
    assert all("新消息" not in letter.subject for letter in outbox.outbox)


def test_what_turns_out_to_be_urgent_leaves_the_digest_and_comes_at_once(cast, happen):
    wishes(cast.wang, NoticeChoice.DAILY, quiet_from=time(9), quiet_to=time(18))
    event = happen()
    notify([cast.wang], event, url="/x/", now=NOW)
    assert send_mail(NOW) == 0
    notify([cast.wang], event, url="/x/", urgent=True, now=NOW)
    assert send_mail(NOW) == 1
    assert "【紧急】" in outbox.outbox[0].body
    assert send_mail(NOW + timedelta(days=1)) == 0


def test_quiet_hours_of_one_hold_up_nobody_else(cast, happen):
    wishes(cast.wang, quiet_from=time(9), quiet_to=time(18))
    event = happen()
    cast.li.email = "li@example.org"
    cast.li.save()
    notify([cast.wang, cast.li], event, url="/x/", now=NOW)
    send_mail(NOW)
    assert [letter.to for letter in outbox.outbox] == [["li@example.org"]]


def test_quiet_hours_have_two_ends(cast):
    for hours in ({"quiet_from": time(9)}, {"quiet_from": time(9), "quiet_to": time(9)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Choice.objects.create(user=cast.wang, **hours)
