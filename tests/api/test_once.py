"""Idempotency keys: sent twice, done once, answered alike."""

import pytest

from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.platform.tokens.models import KeptAnswer
from houqin.platform.tokens.sweeps import forget_answers
from tests.api.conftest import Caller, asks, token_of
from tests.cast import Cast, later, picture
from tests.racing import race

pytestmark = pytest.mark.engine
KEY = "8f14e45f-ceea"


def test_sent_again_it_is_done_once_and_answered_alike(program, cast):
    wu = program(cast.wu)
    first, second = (wu.post("/demands", asks(cast), key=KEY) for _nth in range(2))
    assert Demand.objects.count() == 1
    assert (first.status_code, first.content) == (201, second.content)
    assert (second.status_code, second["Location"]) == (201, first["Location"])
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert wu.post("/demands", asks(cast), key="another").status_code == 201
    assert Demand.objects.count() == 2


def test_a_refusal_is_repeated_alike_too(program, cast):
    wu = program(cast.wu)
    first, second = (wu.post("/demands", {"entry": "x"}, key=KEY) for _nth in range(2))
    assert (first.status_code, first.content) == (422, second.content)
    assert second["Content-Type"] == "application/problem+json"
    assert second["Idempotency-Replayed"] == "true"


def test_the_same_key_for_something_else_is_refused(program, cast):
    wu = program(cast.wu)
    wu.post("/demands", asks(cast), key=KEY)
    assert wu.post("/demands", asks(cast, title="别的"), key=KEY).status_code == 422
    assert (
        wu.post(f"/demands/{Demand.objects.get().number}/actions/withdraw", key=KEY).status_code
        == 422
    )
    assert (
        program(cast.wu).post("/demands", asks(cast), key=KEY).status_code == 201
    )  # another token's key
    assert Demand.objects.count() == 2


def test_photos_count_and_the_boundary_between_them_does_not(program, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    wu = program(cast.wu)
    assert wu.post("/demands", key=KEY, **asks(cast), photos=[picture()]).status_code == 201
    again = wu.post("/demands", key=KEY, **asks(cast), photos=[picture()])
    assert again["Idempotency-Replayed"] == "true"
    assert (
        wu.post("/demands", key=KEY, **asks(cast), photos=[picture("p.jpg", "red")]).status_code
        == 422
    )


@pytest.mark.parametrize("key", ["键", "a b", "x" * 256])
def test_what_is_no_key_is_refused(program, cast, key):
    assert program(cast.wu).post("/demands", asks(cast), key=key).status_code == 422
    assert not Demand.objects.exists()


def test_while_it_is_being_done_a_second_one_waits_and_a_dead_one_is_taken_over(program, cast):
    wu = program(cast.wu)
    wu.post("/demands", asks(cast), key=KEY)
    # as it stands while somebody is at it
    KeptAnswer.objects.update(status=None, body="", lease_until=later() + KeptAnswer.LEASE)
    busy = wu.post("/demands", asks(cast), key=KEY)
    assert (busy.status_code, busy["Retry-After"]) == (409, "1")
    with turned_to(later(minutes=3)):
        assert later(minutes=3) - later() > KeptAnswer.LEASE
        assert wu.post("/demands", asks(cast), key=KEY).status_code == 201


def test_who_lost_the_claim_has_done_nothing(program, cast, monkeypatch):
    wu = program(cast.wu)

    def slow(*args):
        KeptAnswer.objects.update(lease_token="somebody else")
        return {"number": cast.submit().number, "url": ""}

    monkeypatch.setattr("houqin.desk.demands.api.routes._submit", slow)
    assert wu.post("/demands", asks(cast), key=KEY).status_code == 409
    assert not Demand.objects.exists()
    assert KeptAnswer.objects.get().status is None  # the other one writes it


def test_what_broke_leaves_the_key_free(program, cast, monkeypatch):
    wu = program(cast.wu)
    with monkeypatch.context() as broken:
        broken.setattr("houqin.desk.demands.api.routes._submit", lambda *args: 1 / 0)
        assert wu.post("/demands", asks(cast), key=KEY).status_code == 500
    assert wu.post("/demands", asks(cast), key=KEY).status_code == 201


def test_a_key_is_forgotten_after_a_day(program, cast):
    wu = program(cast.wu, expires_at=later(days=90))
    wu.post("/demands", asks(cast), key=KEY)
    assert forget_answers(later(hours=23)) == 0
    with turned_to(later(hours=24)):  # even before it is swept
        assert "Idempotency-Replayed" not in wu.post("/demands", asks(cast), key=KEY)
    assert forget_answers(later(hours=49)) == 1
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_does_it():
    with turned_to(later()):
        cast = Cast()
        secret, body = token_of(cast.wu), asks(cast)
        outcomes = race(16, lambda nth: Caller(secret).post("/demands", body, key=KEY))
    assert {outcome.status_code for outcome in outcomes} <= {201, 409}
    assert Demand.objects.count() == 1
    assert len({outcome.content for outcome in outcomes if outcome.status_code == 201}) == 1
    with turned_to(later(seconds=1)):
        assert Caller(secret).post("/demands", body, key=KEY)["Idempotency-Replayed"] == "true"
