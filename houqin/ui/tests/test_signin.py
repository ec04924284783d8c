"""The door: who gets in, who has to wait, and where one is sent on to."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse

from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.identity import attempts
from houqin.platform.identity.sweeps import forget_failures

pytestmark = pytest.mark.engine
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "a-long-enough-secret"
SIGNIN, DEMO = "/signin/", "/signin/demo/"


@pytest.fixture
def wu(db):
    return User.objects.create_user("HQ0217", password=PASSWORD, name="吴工")


@pytest.fixture
def demo(wu, settings, tmp_path):
    """The demonstration with one account that exists and one that does not any more."""
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    rows = [
        {"username": "HQ0217", "name": "吴工", "role": "需求人", "hint": "提交一件需求"},
        {"username": "gone", "name": "离职", "role": "需求人", "hint": ""},
    ]
    (tmp_path / "demo_accounts.json").write_text(json.dumps(rows))


def enter(client, username="HQ0217", password=PASSWORD, **more):
    return client.post(SIGNIN, {"username": username, "password": password, **more})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_whoever_is_not_signed_in_is_led_to_the_door_and_back(wu, client):
    answer = client.get("/me/")
    assert answer.status_code == 302
    assert answer.url == "/signin/?next=/me/"
    page = client.get(answer.url).content.decode()
    assert 'name="next" value="/me/"' in page
    assert enter(client, next="/me/").url == "/me/"


def test_the_right_password_opens_the_door_for_seven_days_or_until_the_browser_is_closed(
    wu, client
):
    assert enter(client, stay="on").url == reverse("home")
    assert client.session.get_expiry_age() == 7 * 24 * 3600
    client.logout()
    enter(client)
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("username", "password"), [("HQ0217", "wrong"), ("nobody", PASSWORD), ("HQ0217", ""), ("", "")]
)
def test_a_wrong_number_or_password_is_said_without_telling_which(wu, client, username, password):
    answer = enter(client, username, password)
    assert answer.status_code == 422
    assert not signed_in(client)
    if username and password:
        assert "工号或密码不对" in answer.content.decode()


def test_an_account_that_was_closed_and_the_house_itself_do_not_get_in(wu, client):
    User.objects.filter(pk=wu.pk).update(is_active=False)
    assert enter(client).status_code == 422
    house = the_house()
    house.set_password(PASSWORD)
    house.is_active = True
    house.save()
    assert enter(client, "house").status_code == 422
    assert not signed_in(client)


def test_who_has_to_wait_has_no_password_tried(wu, client, monkeypatch):
    for _again in range(5):
        enter(client, password="wrong")
    monkeypatch.setattr("houqin.ui.account.forms.authenticate", lambda **tried: 1 / 0)
    assert enter(client).status_code == 429


def test_after_five_failures_even_the_right_password_has_to_wait_longer_each_time(wu, client):
    with turned_to(NOW):
        for _again in range(5):
            assert enter(client, password="wrong").status_code == 422
        answer = enter(client)
        assert answer.status_code == 429
        assert "请在 10:25 以后再试" in answer.content.decode()
        assert not signed_in(client)
        assert client.post(SIGNIN, {"username": "other", "password": "x"}).status_code == 422
        elsewhere = client.post(
            SIGNIN, {"username": "HQ0217", "password": PASSWORD}, REMOTE_ADDR="10.0.0.9"
        )
        assert elsewhere.status_code == 302
        client.logout()
    with turned_to(NOW + timedelta(minutes=1, seconds=1)):
        assert enter(client, password="wrong").status_code == 422
        assert "请在 10:28 以后再试" in enter(client).content.decode()  # two minutes this time
    with turned_to(NOW + timedelta(minutes=4)):
        assert enter(client).status_code == 302
    locks = Event.objects.filter(name="user.locked", target_id=wu.pk)
    assert locks.count() == 2


def test_a_success_forgets_the_failures_before_it(wu, client):
    for _again in range(4):
        enter(client, password="wrong")
    assert enter(client).status_code == 302
    client.logout()
    enter(client, password="wrong")
    assert enter(client).status_code == 302
    assert not Event.objects.filter(name="user.locked").exists()


def test_one_account_is_not_guessed_from_many_addresses_nor_many_from_one(wu, client, monkeypatch):
    monkeypatch.setattr(attempts, "OF_ACCOUNT", 6)
    monkeypatch.setattr(attempts, "OF_ADDRESS", 3)
    for nth in range(6):
        answers = {"username": "hq0217 ", "password": "wrong"}
        assert client.post(SIGNIN, answers, REMOTE_ADDR=f"10.0.0.{nth}").status_code == 422
    answers = {"username": "HQ0217", "password": PASSWORD}
    assert client.post(SIGNIN, answers, REMOTE_ADDR="10.0.0.99").status_code == 429
    for name in ("a", "b", "c"):
        client.post(SIGNIN, {"username": name, "password": "x"}, REMOTE_ADDR="10.1.0.1")
    assert (
        client.post(SIGNIN, {"username": "d", "password": "x"}, REMOTE_ADDR="10.1.0.1").status_code
        == 429
    )


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "6.6.6.6", "127.0.0.1"),  # nobody of ours wrote that
        (1, "6.6.6.6, 10.0.0.1", "10.0.0.1"),
        (2, "6.6.6.6, 10.0.0.1, 192.168.0.1", "10.0.0.1"),
        (2, "10.0.0.1", "127.0.0.1"),  # not through our proxies
    ],
)
def test_behind_proxies_the_address_is_what_our_own_outermost_one_saw(
    rf, settings, proxies, passed, address
):
    settings.TRUSTED_PROXIES = proxies
    assert attempts.address_of(rf.get("/", headers={"X-Forwarded-For": passed})) == address


def test_what_is_too_old_to_count_is_removed(wu, client):
    enter(client, password="wrong")
    assert forget_failures(now()) == 0
    assert forget_failures(now() + timedelta(days=2)) == 3


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/",
        "//evil.example/x",
        "javascript:alert(1)",
        "\\\\evil.example",
        "http:///evil.example",
    ],
)
def test_nobody_is_sent_on_to_another_house(wu, client, foreign):
    assert enter(client, next=foreign).url == reverse("home")
    assert client.post("/language/", {"language": "en", "next": foreign}).url == reverse("home")
    assert client.post("/theme/", {"theme": "dark", "next": foreign}).url == reverse("home")


def test_who_is_inside_already_is_not_asked_again(wu, client):
    client.force_login(wu)
    assert client.get(SIGNIN, {"next": "/me/"}).url == "/me/"


def test_a_part_of_a_page_whose_session_ended_brings_the_whole_page_to_the_door(wu, client):
    answer = client.get(
        SIGNIN,
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/demands/?view=mine&q=a",
        },
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/signin/?next=/demands/%3Fview%3Dmine%26q%3Da"


def test_signing_out_takes_a_press_not_a_link(wu, client):
    client.force_login(wu)
    assert client.get("/signout/").status_code == 405
    assert client.post("/signout/").url == SIGNIN
    assert not signed_in(client)


def test_the_demonstration_lists_its_people_and_opens_with_one_click(demo, client):
    page = client.get(SIGNIN).content.decode()
    assert 'value="HQ0217"' in page
    assert 'value="gone"' not in page
    assert client.post(DEMO, {"username": "HQ0217"}).url == reverse("home")
    assert signed_in(client)


@pytest.mark.parametrize("username", ["gone", "admin", ""])
def test_the_demonstration_opens_no_account_that_it_does_not_list(demo, client, username):
    User.objects.create_user("admin", name="管理员")
    assert client.post(DEMO, {"username": username}).status_code == 404
    assert not signed_in(client)


def test_outside_the_demonstration_there_is_no_click_that_opens(demo, settings, client):
    settings.DEMO = False
    assert client.post(DEMO, {"username": "HQ0217"}).status_code == 404
    assert "演示账号" not in client.get(SIGNIN).content.decode()


def test_the_command_prints_where_and_as_whom_to_enter(demo, capsys, settings):
    call_command("demo_accounts")
    out = capsys.readouterr().out
    assert "http://testserver/signin/" in out
    assert "吴工" in out
    assert "HQ0217" in out
    settings.DEMO = False
    call_command("demo_accounts")
    assert "load_demo" in capsys.readouterr().out


def test_the_monitor_is_told_ok_without_signing_in(db, client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_the_door_speaks_english_when_asked_to(wu, client):
    client.post("/language/", {"language": "en", "next": SIGNIN})
    assert client.get(SIGNIN)["Content-Language"] == "en"
    client.post("/language/", {"language": "xx", "next": SIGNIN})
    assert client.get(SIGNIN)["Content-Language"] == "en"
