"""The rules of parcels: who is told, who may fetch, what the code is worth, when they go back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.policies.actions import change_policy
from houqin.kernel.timekeeping import turned_to
from houqin.lines.front_desk import samples
from houqin.lines.front_desk.actions import hand_out_parcel, receive_parcel, send_back_parcel
from houqin.lines.front_desk.models import Parcel
from houqin.lines.front_desk.policies import PARCEL_KEPT
from houqin.lines.front_desk.sweeps import return_overdue
from houqin.platform.notices.models import Notice
from tests.api.conftest import Caller, token_of
from tests.cast import later

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


def told(person):
    return [notice.event.name for notice in Notice.objects.filter(user=person).order_by("pk")]


def test_a_parcel_comes_in_its_recipient_is_told_and_fetches_it_by_the_code(cast, clerk, as_user):
    client = as_user(clerk)
    answers = {"recipient": "吴工", "carrier": "顺丰", "place": cast.building.pk}
    answer = client.post("/front-desk/parcels/new/", answers | {"tracking_number": "SF0042"})
    parcel = Parcel.objects.get()
    assert answer.url == parcel.get_absolute_url()
    assert told(cast.wu) == ["parcel.received"]
    url = f"{parcel.get_absolute_url()}hand_out/"
    assert "取件码不对" in client.post(url, {"code": "nope"}).content.decode()
    assert "请输入取件码" in client.post(url).content.decode()
    assert client.post(url, {"code": parcel.code}).status_code == 302
    parcel.refresh_from_db()
    assert (parcel.status, parcel.signed_name) == ("handed_out", "吴工")
    assert told(cast.wu) == ["parcel.received", "parcel.handed_out"]
    assert client.post(url, {"code": parcel.code}).status_code == 409


def test_the_code_is_shown_to_the_recipient_and_to_nobody_else(cast, clerk, as_user):
    parcel = samples.parcel(cast)
    Parcel.objects.filter(pk=parcel.pk).update(code="7391")
    url = parcel.get_absolute_url()
    assert "7391" in as_user(cast.wu).get(url).content.decode()
    for person in (clerk, cast.chen, cast.lin):
        assert "7391" not in as_user(person).get(url).content.decode()
        row = Caller(token_of(person)).get(f"/parcels/{parcel.number}").json()
        assert "7391" not in str(row)
    assert as_user(cast.meng).get(url).status_code == 404


def test_a_colleague_may_sign_on_behalf_and_the_recipient_is_told(
    cast, clerk, as_user, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    parcel = samples.parcel(cast)
    signed = {"signature_name": "孟工", "signature_drawing": PNG, "collector": "meng"}
    answer = as_user(clerk).post(f"{parcel.get_absolute_url()}hand_out/", signed)
    assert answer.status_code == 302
    assert told(cast.wu)[-1] == "parcel.collected"
    page = as_user(cast.wu).get(parcel.get_absolute_url()).content.decode()
    assert "由孟工代领" in page
    assert "signature__image" in page


def test_a_parcel_for_an_outsider_needs_a_signature_and_tells_nobody(cast, clerk):
    before = Notice.objects.count()
    parcel = samples.parcel(cast, outsider="访客 赵先生")
    with pytest.raises(Refused):
        hand_out_parcel(clerk, parcel)
    hand_out_parcel(clerk, parcel, name="赵先生")
    assert Notice.objects.count() == before


@pytest.mark.engine
@pytest.mark.parametrize("whom", [{}, {"recipient": True, "outsider": "赵先生"}])
def test_a_parcel_is_for_one_person(cast, clerk, whom, as_user):
    rows = whom | ({"recipient": cast.wu} if "recipient" in whom else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        receive_parcel(clerk, place=cast.building, carrier="顺丰", **rows)
    sent = whom | ({"recipient": "wu"} if "recipient" in whom else {})
    answers = {"carrier": "顺丰", "place": cast.building.pk} | sent
    answer = as_user(clerk).post("/front-desk/parcels/new/", answers)
    assert answer.status_code == 422
    assert "收件人填一位" in answer.content.decode()


def test_a_receptionist_of_one_campus_neither_sees_nor_receives_parcels_of_another(
    cast, clerk, as_user
):
    there = samples.parcel(cast, place=cast.far_room)
    assert as_user(clerk).get(there.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        send_back_parcel(clerk, there, reason="?")
    with pytest.raises(NotAllowed):
        samples.receive_parcel(clerk, recipient=cast.wu, place=cast.far_room, carrier="顺丰")


@pytest.mark.engine
def test_what_nobody_fetches_goes_back_after_the_days_that_held_when_it_came(cast):
    old, fetched = samples.parcel(cast), samples.parcel(cast)
    hand_out_parcel(cast.chen, fetched, name="吴工")
    with turned_to(later(hours=1)):
        change_policy(cast.lin, PARCEL_KEPT, value=3, reason="?")
        new = samples.parcel(cast)
    with turned_to(later(days=4)):
        assert return_overdue(later(days=4)) == 1
        new.refresh_from_db()
        assert new.status == "returned"
        assert told(cast.wu)[-1] == "parcel.unfetched"
    with turned_to(later(days=14)):
        assert return_overdue(later(days=14) - timedelta(minutes=1)) == 0
        assert return_overdue(later(days=14)) == 1
    fetched.refresh_from_db()
    assert fetched.status == "handed_out"
    assert Parcel.objects.get(pk=old.pk).status == "returned"


@pytest.mark.engine
def test_a_parcel_is_found_by_its_tracking_number_and_the_last_four_digits(
    cast, as_user, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        parcel = samples.parcel(cast)
    for words in ("SF1234567890", "sf12345", "吴工"):
        assert parcel.number in as_user(cast.chen).get("/search/", {"q": words}).content.decode(), (
            words
        )
    assert (
        parcel.number
        not in as_user(cast.meng).get("/search/", {"q": "SF1234567890"}).content.decode()
    )


def test_a_machine_receives_lists_and_hands_out(cast, clerk):
    caller = Caller(token_of(clerk))
    body = {"recipient": "wu", "carrier": "京东", "place": "BJ-2"}
    created = caller.post("/parcels", body)
    assert created.status_code == 201, created.content
    number = created.json()["number"]
    assert [row["number"] for row in caller.get("/parcels", view="waiting").json()["items"]] == [
        number
    ]
    done = caller.post(f"/parcels/{number}/actions/hand_out", {"signature": {"name": "吴工"}})
    assert done.json()["status"] == "handed_out", done.content
    assert Caller(token_of(cast.wu)).post("/parcels", body).status_code == 403
