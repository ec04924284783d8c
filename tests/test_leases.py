"""Every table whose rows workers take turns at keeps one contract, on both engines."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F

from houqin.kernel.leases import Leased, LeaseLost
from houqin.kernel.people.models import User
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.trail.actions import record
from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.sheets.models import Export, ImportFile
from houqin.platform.tokens.models import KeptAnswer, Token
from tests.api.conftest import token_of
from tests.cast import NOW
from tests.racing import kinds, race

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 24
SECOND = timedelta(seconds=1)


def a_person():
    return User.objects.create_user("worker", name="工人")


def a_delivery(person):
    hook = Hook.objects.create(name="群", kind="generic", url="https://example.org/")
    event = record(person, "user.named", person, at=NOW)
    return Delivery.objects.create(hook=hook, event=event, channel="hook", since=NOW, next_at=NOW)


def an_answer(person):
    token_of(person)
    return KeptAnswer.objects.create(token=Token.objects.get(), key="k", fingerprint="f", at=NOW)


SAMPLES = {
    SweepRun: lambda person: SweepRun.objects.create(name="job", next_at=NOW),
    Delivery: a_delivery,
    Export: lambda person: Export.objects.create(user=person, name="a.xlsx", at=NOW),
    KeptAnswer: an_answer,
    ImportFile: lambda person: ImportFile.objects.create(
        uploaded_by=person, name="a.csv", content=b"", at=NOW
    ),
}


def test_every_leased_table_is_tested_here():
    assert {model for model in apps.get_models() if issubclass(model, Leased)} == set(SAMPLES)


@pytest.fixture(params=SAMPLES, ids=lambda model: model.__name__)
def rows(request, transactional_db):
    """The rows of the table, of which there is one."""
    row = SAMPLES[request.param](a_person())
    return request.param.objects.filter(pk=row.pk)


def test_of_many_workers_one_gets_the_row(rows):
    claims = race(WORKERS, lambda nth: rows.claim(NOW).first())
    assert len([row for row in claims if row]) == 1
    assert kinds(claims) == set()


def test_who_looked_before_a_row_was_taken_and_given_back_does_not_take_it(rows):
    others = []

    def meanwhile(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not others:
            others.append("one")
            rows.claim(NOW).get().finish()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert not rows.claim(NOW).exists()
    assert others
    assert rows.claim(NOW).exists()


def test_a_lease_holds_until_its_end_and_no_longer(rows):
    lease = rows.model.LEASE
    assert rows.claim(NOW).exists()
    assert not rows.claim(NOW + lease).exists()
    assert rows.claim(NOW + lease + SECOND).exists()


def test_a_renewed_lease_lasts_longer(rows):
    lease = rows.model.LEASE
    row = rows.claim(NOW).get()
    row.renew(NOW + lease)
    assert not rows.claim(NOW + 2 * lease).exists()
    assert rows.claim(NOW + 2 * lease + SECOND).exists()


def test_who_comes_back_from_the_dead_writes_nothing(rows):
    dead = rows.claim(NOW).get()
    later = NOW + rows.model.LEASE + SECOND
    alive = rows.claim(later).get()
    for attempt in (lambda: dead.renew(later), dead.finish):
        with pytest.raises(LeaseLost):
            attempt()
    assert not dead.held().exists()
    alive.renew(later)
    alive.finish()


def test_who_has_given_back_a_row_or_never_had_it_writes_nothing(rows):
    with pytest.raises(LeaseLost):
        rows.get().finish()
    row = rows.claim(NOW).get()
    row.finish()
    with pytest.raises(LeaseLost):
        row.finish()
    assert rows.claim(NOW).exists()


def test_many_workers_share_many_rows_and_each_row_is_taken_once():
    """Also where a filter joins another table: the condition is asked of the rows as they are now."""
    first = a_delivery(a_person())
    for _nth in range(19):
        event = record(first.event.actor, "user.named", first.event.actor, at=NOW)
        Delivery.objects.create(
            hook=first.hook, event=event, channel="hook", since=NOW, next_at=NOW
        )
    due = Delivery.objects.filter(event__name="user.named").due(NOW).order_by("pk")
    claims = race(WORKERS, lambda nth: list(due.claim(NOW, most=5, attempts=F("attempts") + 1)))
    assert kinds(claims) == set()
    assert sum(map(len, claims)) == 20
    assert max(map(len, claims)) <= 5
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}
