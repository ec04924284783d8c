"""Claims, pace and failures of posts; tests/test_messages.py tests what robots say as it is received."""

import re
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connections, transaction

from houqin.kernel.trail.messages import say
from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.notices.tests.conftest import NOW
from houqin.platform.webhooks import robots, sending
from houqin.platform.webhooks.sweeps import send_posts

pytestmark = pytest.mark.engine
OK = (200, b'{"errcode": 0}')


@pytest.fixture
def wire(monkeypatch):
    """Everything that went out; `wire.answer` is what comes back, or the error that is raised."""

    class Wire(list):
        answer = OK

        def post(self, url, body, headers):
            self.append(url)
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    wire = Wire()
    monkeypatch.setattr(sending, "post", wire.post)
    return wire


def hook(name="群", **options):
    told = {"kind": "wecom", "url": f"https://example.org/{name}", "events": ["test.*"]}
    return Hook.objects.create(name=name, **told | options)


def test_an_event_is_on_its_way_the_moment_it_happened_and_gone_when_it_did_not(cast, happen):
    hook()
    with transaction.atomic():
        happen()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    happen()
    assert Delivery.objects.get().state == "waiting"


def test_without_hooks_an_event_costs_one_question_more(
    cast, happen, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        happen()


def test_a_hook_that_is_switched_off_is_told_nothing_that_was_waiting_either(cast, happen, wire):
    silent = hook()
    happen()
    Hook.objects.update(active=False)
    happen()
    send_posts(NOW)
    assert wire == []
    assert Delivery.objects.get(hook=silent).state == "skipped"


def test_a_machine_that_does_not_answer_is_asked_once_and_holds_up_no_other(
    cast, happen, monkeypatch, wire
):
    hook("down")
    hook("up")
    for _number in range(3):
        happen()

    def post(url, body, headers):
        wire.append(url)
        if "down" in url:
            raise TimeoutError
        return OK

    monkeypatch.setattr(sending, "post", post)
    assert send_posts(NOW) == 6
    assert [url.rpartition("/")[2] for url in wire] == ["down", "up", "up", "up"]
    assert set(Delivery.objects.filter(hook__name="down").values_list("last_error", "next_at")) == {
        ("TimeoutError", NOW + timedelta(minutes=1))
    }


def test_what_cannot_be_said_or_is_no_answer_holds_up_nobody(cast, happen, wire):
    hook()
    say("test.moved", "%(where)d")
    happen()
    send_posts(NOW)
    assert Delivery.objects.get().last_error == "TypeError"
    say("test.moved", "好")
    wire.answer = (200, b"<html>")
    send_posts(NOW + timedelta(minutes=2))
    assert Delivery.objects.get().last_error == "wecom -1"


def test_killed_between_claim_and_send_it_is_sent_after_the_lease_under_the_same_number(
    cast, happen, wire
):
    robot = hook()
    happen()
    [claimed] = sending.claim_for(robot, NOW)  # and here the power goes
    assert send_posts(NOW + Delivery.LEASE) == 0
    assert send_posts(NOW + Delivery.LEASE + timedelta(seconds=1)) == 1
    assert Delivery.objects.get().pk == claimed.pk
    assert Delivery.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_together_keep_the_pace_of_a_robot_and_send_nothing_twice(cast, happen, wire):
    hook()
    for _number in range(30):
        happen()
    start = threading.Barrier(2)

    def work():
        start.wait()
        send_posts(NOW)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert len(wire) == 20
    send_posts(NOW + timedelta(seconds=60))
    assert len(wire) == 30


def test_a_signed_hook_has_a_secret(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        hook(kind="signed")


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "+8613800138000",
        "010-68001234",
        "02168001234",
    ],
)
def test_a_phone_number_is_masked_wherever_it_stands(text):
    assert robots.plain(f"找王师傅{text}，急", 100) == "找王师傅…，急"


def test_the_numbers_of_the_house_are_no_phone_numbers():
    kept = "XQ-2026-000123 二〇二六-11-23 10:24 3.5 m³ 合同 2026010112345678901"
    assert robots.plain(kept, 100) == kept


def test_the_check_that_the_documents_give_to_other_systems_is_right(cast):
    page = Path(settings.BASE_DIR / "docs" / "webhooks.md").read_text(encoding="utf-8")
    known: dict = {}
    exec(re.search(r"```python\n(.*?)```", page, re.S)[1], known)
    out = robots.signed(Hook(url="https://x.example/", secret="s"), 7, {"a": "好"}, NOW)
    signature, at = out.headers["X-Houqin-Signature"], NOW.timestamp()
    assert known["is_ours"]("s", signature, out.body, at)
    assert not known["is_ours"]("other", signature, out.body, at)
    assert not known["is_ours"]("s", signature, out.body + b" ", at)
    assert not known["is_ours"]("s", signature.replace("t=1", "t=2"), out.body, at)
    assert not known["is_ours"]("s", signature, out.body, at + 301)
