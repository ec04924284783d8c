import smtplib
import threading
from datetime import timedelta
from typing import ClassVar

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections
from django.utils import translation

from houqin.kernel.trail.messages import say
from houqin.platform.notices import mail
from houqin.platform.notices.actions import notify
from houqin.platform.notices.models import Delivery
from houqin.platform.notices.outcomes import fail
from houqin.platform.notices.sweeps import send_mail
from houqin.platform.notices.tests.conftest import NOW

pytestmark = pytest.mark.engine
MINUTE = timedelta(minutes=1)


class Server(EmailBackend):
    """A mail server that is down, or does not like an address, when the test says so."""

    down = False
    unwanted = ""
    in_transaction: ClassVar[list[bool]] = []

    def open(self):
        if Server.down:
            raise ConnectionRefusedError("10.0.0.7 refused chen@example.org")
        return True

    def send_messages(self, messages):
        if Server.unwanted and Server.unwanted in messages[0].to:
            raise smtplib.SMTPDataError(451, b"try again later, wang@example.org")
        Server.in_transaction.append(connection.in_atomic_block)
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "down", False)
    monkeypatch.setattr(Server, "unwanted", "")
    monkeypatch.setattr(Server, "in_transaction", [])
    return Server


def tell(cast, happen, *people):
    notify(people or [cast.wang], happen(), url="/demands/123/", now=NOW)


def test_a_mail_says_what_happened_and_leads_there(cast, happen, settings):
    settings.SITE_URL = "https://houqin.example.org"
    tell(cast, happen)
    assert send_mail(NOW) == 1
    letter = outbox.outbox[0]
    assert letter.subject == "[后勤管家] XQ-2026-000123 漏水 转到了三号楼"
    assert "https://houqin.example.org/demands/123/" in letter.body
    assert letter.to == ["wang@example.org"]
    assert letter.extra_headers["Message-ID"].endswith("@houqin.example.org>")
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at, delivery.lease_until) == ("sent", NOW, None)
    assert send_mail(NOW + MINUTE) == 0


def test_a_mail_speaks_the_language_of_its_receiver(cast, happen, monkeypatch):
    spoken = []

    def spy(text):
        spoken.append(translation.get_language())
        return text

    monkeypatch.setattr(mail, "_", spy)
    cast.wang.language = "en"
    cast.wang.save()
    tell(cast, happen)
    send_mail(NOW)
    assert set(spoken) == {"en"}
    assert translation.get_language() == "zh-hans"


def test_an_hour_without_a_mail_server_loses_and_repeats_nothing(cast, happen, server):
    tell(cast, happen, cast.wang, cast.target)
    cast.target.email = "target@example.org"
    cast.target.save()
    tell(cast, happen, cast.wang, cast.target)
    server.down = True
    tries = 0
    for second in range(0, 3600, 60):
        tries += send_mail(NOW + timedelta(seconds=second))
    assert tries == 3 * 6  # after 0, 1, 3, 7, 15 and 31 minutes
    assert not outbox.outbox
    server.down = False
    for second in range(3600, 3 * 3600, 60):
        send_mail(NOW + timedelta(seconds=second))
    assert sorted(letter.to[0] for letter in outbox.outbox) == [
        "target@example.org",
        "wang@example.org",
        "wang@example.org",
    ]
    assert len({letter.extra_headers["Message-ID"] for letter in outbox.outbox}) == 3
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_one_address_that_fails_does_not_hold_up_the_others(cast, happen, server):
    server.unwanted = "wang@example.org"
    cast.li.email = "li@example.org"
    cast.li.save()
    tell(cast, happen, cast.wang, cast.li)
    send_mail(NOW)
    assert [letter.to for letter in outbox.outbox] == [["li@example.org"]]
    waiting = Delivery.objects.get(state="waiting")
    assert (waiting.last_error, waiting.next_at) == ("SMTPDataError 451", NOW + MINUTE)


def test_an_error_does_not_keep_the_address(cast, happen, server):
    server.down = True
    tell(cast, happen)
    send_mail(NOW)
    assert Delivery.objects.get().last_error == "ConnectionRefusedError"


def test_a_letter_that_cannot_be_written_holds_up_nobody(cast, happen):
    say("test.moved", "%(where)d")
    tell(cast, happen)
    say("test.fine", "好")
    send_mail(NOW)
    assert Delivery.objects.get().last_error == "TypeError"


def test_after_two_days_the_house_gives_up(cast, happen, server):
    server.down = True
    tell(cast, happen)
    now = NOW
    for _attempt in range(100):
        send_mail(now)
        delivery = Delivery.objects.get()
        if delivery.state == "dead":
            break
        assert delivery.next_at - now <= timedelta(hours=1)
        now = delivery.next_at
    assert NOW + timedelta(hours=48) <= now <= NOW + timedelta(hours=49)


def test_killed_between_claim_and_send_it_is_sent_after_the_lease(cast, happen):
    tell(cast, happen)
    assert len(mail.claim_due(NOW)) == 1  # and here the power goes
    assert send_mail(NOW + Delivery.LEASE) == 0
    assert send_mail(NOW + Delivery.LEASE + timedelta(seconds=1)) == 1
    assert len(outbox.outbox) == 1


def test_one_that_comes_back_from_the_dead_changes_nothing(cast, happen):
    tell(cast, happen)
    [[stale]] = mail.claim_due(NOW)
    send_mail(NOW + 2 * Delivery.LEASE)
    fail(stale, NOW + 2 * Delivery.LEASE, "ConnectionError")
    assert Delivery.objects.get().state == "sent"


def test_who_left_or_gave_up_their_address_gets_no_mail(cast, happen):
    tell(cast, happen)
    cast.wang.email = ""
    cast.wang.save()
    send_mail(NOW)
    assert Delivery.objects.get().state == "skipped"
    assert not outbox.outbox


def test_a_line_break_in_a_title_forges_no_header(cast, happen):
    cast.target.name = "漏水\nBcc: all@example.org"
    cast.target.save()
    tell(cast, happen)
    send_mail(NOW)
    assert "\n" not in outbox.outbox[0].subject


def test_urgent_goes_first_when_many_wait(cast, happen, monkeypatch):
    monkeypatch.setattr(mail, "BATCH", 1)
    tell(cast, happen)
    notify([cast.wang], happen("变电站"), url="/x/", urgent=True, now=NOW)
    send_mail(NOW)
    assert "变电站" in outbox.outbox[0].subject
    assert "【紧急】" in outbox.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_each_mail_is_sent_by_one(cast, happen):
    for _number in range(5):
        tell(cast, happen)
    start = threading.Barrier(2)

    def work():
        start.wait()
        send_mail(NOW)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    send_mail(NOW)
    assert len(outbox.outbox) == 5
    assert Server.in_transaction == [False] * 5
