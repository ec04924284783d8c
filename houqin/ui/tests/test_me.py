"""我的: what a person settles about the own account."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client

from houqin.kernel.people.actions import add_department, grant_role
from houqin.kernel.people.models import Absence, Role, User
from houqin.kernel.places.actions import add_place
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.ui.account.preferences import substitutes_for

NOW = datetime(2026, 11, 23, 2, 24, tzinfo=UTC)
PASSWORD = "a-long-enough-secret"
NEW = "another-longer-secret"


@pytest.fixture
def people(db):
    """chen and lin of one department, meng of another, an auditor and a second one."""
    hq, lab = (add_department(None, name=name, code=name) for name in ("后勤服务中心", "研发一部"))
    accounts = {}
    for username, department in [
        ("chen", hq),
        ("lin", hq),
        ("meng", lab),
        ("aud", hq),
        ("aud2", lab),
    ]:
        accounts[username] = User.objects.create_user(
            username, password=PASSWORD, name=username, department=department
        )
    grant_role(
        accounts["chen"],
        Role.COORDINATOR,
        place=add_place(None, kind="campus", name="滨江园区", code="BJ"),
    )
    for username in ("aud", "aud2"):
        grant_role(accounts[username], Role.AUDITOR)
    with turned_to(NOW):
        yield accounts


@pytest.fixture
def chen(people, client):
    client.force_login(people["chen"])
    return people["chen"]


def away(client, substitute, starts="2026-11-24T08:30", ends="2026-11-25T17:30"):
    return client.post(
        "/me/away/", {"substitute": substitute.pk, "starts_at": starts, "ends_at": ends}
    )


def test_the_page_says_which_roles_one_holds_and_where(chen, client):
    page = client.get("/me/").content.decode()
    assert "后勤专员" in page
    assert "滨江园区" in page


def test_language_and_look_are_kept_with_the_account(chen, client):
    client.post("/language/", {"language": "en"})
    client.post("/theme/", {"theme": "dark"})
    chen.refresh_from_db()
    assert (chen.language, chen.theme) == ("en", "dark")
    client.post("/theme/", {"theme": "pink"})
    chen.refresh_from_db()
    assert chen.theme == "dark"


def test_a_phone_number_is_kept_and_nonsense_is_not(chen, client):
    assert client.post("/me/phone/", {"phone": "021-5127 转 6"}).status_code == 302
    assert client.post("/me/phone/", {"phone": "call me"}).status_code == 422
    chen.refresh_from_db()
    assert chen.phone == "021-5127 转 6"


def test_somebody_stands_in_while_one_is_away_and_it_is_on_the_record(chen, people, client):
    assert away(client, people["lin"]).status_code == 302
    absence = Absence.objects.get()
    assert absence.substitute == people["lin"]
    assert absence.ends_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert Event.objects.filter(name="user.away", target_id=chen.pk).exists()
    assert "由 lin 代理" in client.get("/me/").content.decode()


def test_coming_back_ends_the_absence(chen, people, client):
    away(client, people["lin"], starts="2026-11-22T08:30")
    client.post("/me/back/")
    assert Absence.objects.get().ends_at == NOW
    assert not Absence.objects.filter(ends_at__gt=NOW).exists()


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2026-11-25T08:30", "2026-11-24T08:30"), ("2026-11-01T08:30", "2026-11-02T08:30")],
)
def test_an_absence_that_ends_too_early_is_refused_in_its_field(chen, people, client, starts, ends):
    answer = away(client, people["lin"], starts, ends)
    assert answer.status_code == 422
    assert "结束时间" in answer.content.decode()
    assert not Absence.objects.exists()


def test_a_year_that_no_calendar_has_is_refused(chen, people, client):
    assert away(client, people["lin"], "0001-01-01T00:00", "2026-11-25T17:30").status_code == 422
    assert away(client, people["lin"], ends="9999-12-31T23:59").status_code == 422
    assert not Absence.objects.exists()


@pytest.mark.parametrize("stranger", ["meng", "aud", "chen"])
def test_nobody_else_can_be_named(chen, people, client, stranger):
    assert away(client, people[stranger]).status_code == 422


def test_the_three_administrators_stand_in_only_for_their_own_kind(people):
    assert set(substitutes_for(people["aud"])) == {people["aud2"]}
    assert people["aud"] not in substitutes_for(people["lin"])


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(chen, client):
    elsewhere = Client()
    elsewhere.force_login(chen)
    answer = client.post("/me/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert get_user(client) == chen
    assert get_user(elsewhere).is_anonymous
    chen.refresh_from_db()
    assert chen.check_password(NEW)
    assert Event.objects.filter(name="user.password_changed").exists()


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("wrong", NEW, NEW), (PASSWORD, "12345678", "12345678"), (PASSWORD, NEW, NEW + "x")],
)
def test_a_password_that_is_wrong_weak_or_mistyped_is_not_set(chen, client, old, new, again):
    assert client.post("/me/password/", {"old": old, "new": new, "again": again}).status_code == 422
    chen.refresh_from_db()
    assert chen.check_password(PASSWORD)


def test_who_stands_in_sees_for_whom(people, client):
    span = {"starts_at": NOW - timedelta(days=1), "ends_at": NOW + timedelta(days=1)}
    Absence.objects.create(user=people["chen"], substitute=people["lin"], **span)
    client.force_login(people["lin"])
    assert "代理 chen" in client.get("/me/").content.decode()
