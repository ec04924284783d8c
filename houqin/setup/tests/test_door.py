"""The ways in: passwords that are owed, the second step, sessions, and the security administrator's help."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
import pytest
from django.contrib.auth import get_user
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.identity import second_step
from houqin.platform.identity.models import Account, Failure, OldPassword, SecondStepRole, SignIn
from houqin.platform.identity.passwords import demand_new_password
from houqin.platform.identity.sessions import forget_ended

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD, NEW = "a-long-enough-secret", "quite-another-secret"
CODE, SET_UP, SECURITY = "/signin/code/", "/me/security/second-step/", "/me/security/"


@pytest.fixture
def wu(db):
    with turned_to(NOW):
        yield User.objects.create_user("wu", password=PASSWORD, name="吴工", phone="13800138000")


@pytest.fixture
def sec(wu):
    keeper = User.objects.create_user("sec", name="安全员")
    grant_role(keeper, Role.SECURITY_ADMIN)
    client = Client()
    client.force_login(keeper)
    client.user = keeper
    return client


def enter(client, password=PASSWORD, **more):
    return client.post("/signin/", {"username": "wu", "password": password, **more})


def code_of(person, at=NOW):
    secret = second_step._opened(Account.objects.get(user=person).secret)
    return pyotp.TOTP(secret).at(at)


def enrol(person, at=NOW):
    """The recovery codes of `person`, who uses the second step from `at` on."""
    second_step.begin(person)
    return second_step.confirm(person, code=code_of(person, at), now=at)


@pytest.mark.parametrize(
    "weak",
    ["short-one", "password123", "1234567890123", "13800138000", "吴工吴工吴工吴工吴工", PASSWORD],
)
def test_a_short_common_similar_or_present_password_is_refused(wu, client, weak):
    client.force_login(wu)
    if weak.startswith("吴"):
        User.objects.filter(pk=wu.pk).update(name="吴工吴工吴工吴工吴")
    answer = client.post("/me/password/", {"old": PASSWORD, "new": weak, "again": weak})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()


def test_none_of_the_last_five_passwords_comes_back(wu, settings):
    for nth in range(5):
        wu.set_password(f"secret-number-{nth}-of-wu")
        wu.save()
    for nth in range(5):
        with pytest.raises(ValidationError):
            validate_password(f"secret-number-{nth}-of-wu", wu)
    validate_password(PASSWORD, wu)  # the sixth before
    assert OldPassword.objects.filter(user=wu).count() == 5


def test_whoever_owes_a_password_gets_nowhere_until_it_is_changed(wu, sec, client):
    assert sec.post(f"/signins/people/{wu.pk}/password/").status_code == 302
    enter(client, next="/notices/")
    assert client.get("/notices/").url == "/me/security/password/"
    assert client.post("/me/phone/", {"phone": "1"}).url == "/me/security/password/"
    page = client.get("/me/security/password/")
    assert page.status_code == 200
    assert (
        client.post("/me/security/password/", {"new": PASSWORD, "again": PASSWORD}).status_code
        == 422
    )
    assert client.post("/me/security/password/", {"new": NEW, "again": NEW}).status_code == 302
    assert client.get("/notices/").status_code == 200
    assert SignIn.objects.get(user=wu).session == client.session.session_key
    client.logout()
    enter(client, NEW)
    assert client.get("/notices/").status_code == 200


def test_the_second_step_is_set_up_with_a_code_that_the_app_shows(wu, client):
    enter(client)
    page = client.get(SET_UP).content.decode()
    secret = second_step._opened(Account.objects.get(user=wu).secret)
    assert "data:image/svg+xml" in page
    assert secret in page.replace(" ", "")
    assert secret not in Account.objects.get(user=wu).secret
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert client.post(SET_UP, {"code": ""}).status_code == 422
    codes = client.post(SET_UP, {"code": f"{code_of(wu)[:3]} {code_of(wu)[3:]}"})
    assert codes.status_code == 200
    assert len(codes.context["codes"]) == 10
    assert Event.objects.filter(name="user.second_step_on").exists()
    again = client.get(SET_UP)
    assert again.status_code == 409  # the secret is never shown again
    assert secret not in again.content.decode().replace(" ", "")
    assert "还有 10 个备用码" in client.get(SECURITY).content.decode()


def test_with_the_second_step_a_password_alone_opens_nothing(wu, client):
    enrol(wu)
    answer = enter(client, next="/notices/", stay="on")
    assert answer.url == "/signin/code/?next=%2Fnotices%2F"
    assert get_user(client).is_anonymous
    assert client.get("/notices/").status_code == 302
    assert client.get(answer.url).status_code == 200
    with turned_to(NOW + timedelta(seconds=30)):
        fields = {"code": code_of(wu, NOW + timedelta(seconds=30)), "next": "/notices/"}
        assert client.post(CODE, fields).url == "/notices/"
    assert get_user(client) == wu
    assert client.session.get_expiry_age() == 7 * 24 * 3600
    assert Event.objects.filter(name="user.signed_in", facts__how="second_step").exists()


def test_no_code_is_good_twice_nor_long(wu, client):
    enrol(wu)
    at = NOW + timedelta(minutes=5)
    with turned_to(at):
        enter(client)
        assert client.post(CODE, {"code": code_of(wu, NOW)}).status_code == 422  # too old
        code = code_of(wu, at)
        assert client.post(CODE, {"code": code}).status_code == 302
        thief = Client()
        enter(thief)
        assert thief.post(CODE, {"code": code}).status_code == 422
        assert get_user(thief).is_anonymous


def test_a_recovery_code_is_good_once(wu, client):
    codes = enrol(wu)
    enter(client)
    assert client.post(CODE, {"code": codes[0].upper().replace("-", " ")}).status_code == 302
    assert second_step.codes_left(wu) == 9
    client.logout()
    enter(client)
    assert client.post(CODE, {"code": codes[0]}).status_code == 422


def test_codes_are_not_guessed_and_the_password_does_not_last(wu, client):
    enrol(wu)
    with turned_to(NOW + timedelta(minutes=2)):
        enter(client)
        for _again in range(5):
            assert client.post(CODE, {"code": "123456"}).status_code == 422
        code = code_of(wu, NOW + timedelta(minutes=2))
        assert client.post(CODE, {"code": code}).status_code == 429
    with turned_to(NOW + timedelta(minutes=13)):
        assert (
            client.post(CODE, {"code": code_of(wu, NOW + timedelta(minutes=13))}).url == "/signin/"
        )
    assert Client().get(CODE).url == "/signin/"


def test_another_secret_key_opens_no_secret_but_a_former_one_does(wu, settings):
    enrol(wu)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-key" * 5
    assert not second_step.passes(wu, code="123456", now=NOW)
    assert second_step._opened(Account.objects.get(user=wu).secret) == ""
    settings.SECRET_KEY_FALLBACKS = [former]
    later = NOW + timedelta(minutes=1)
    assert second_step.passes(wu, code=code_of(wu, later), now=later)


def test_it_is_switched_off_and_codes_are_renewed_by_whoever_knows_the_password(wu, client):
    old = enrol(wu)
    client.force_login(wu)
    for path in ("/me/security/second-step/off/", "/me/security/codes/"):
        assert client.post(path, {"password": "wrong"}).status_code == 422
    new = client.post("/me/security/codes/", {"password": PASSWORD}).context["codes"]
    assert not second_step.passes(wu, code=old[1], now=NOW)
    assert second_step.passes(wu, code=new[1], now=NOW)
    assert client.post("/me/security/second-step/off/", {"password": PASSWORD}).status_code == 302
    assert not second_step.uses_second_step(wu)
    assert client.post("/me/security/codes/", {"password": PASSWORD}).status_code == 409


def test_a_role_can_demand_the_second_step_from_the_next_sign_in_on(wu, sec, client):
    grant_role(wu, Role.FINANCE)
    assert sec.post("/signins/roles/", {"roles": ["finance"]}).status_code == 302
    assert sec.post("/signins/roles/", {"roles": ["nonsense"]}).status_code == 422
    assert list(SecondStepRole.objects.values_list("role", flat=True)) == ["finance"]
    enter(client)
    assert client.get("/notices/").url == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.post(SET_UP, {"code": code_of(wu)}).status_code == 200
    assert client.get("/notices/").status_code == 200
    client.post("/me/security/second-step/off/", {"password": PASSWORD})
    assert client.get("/notices/").url == SET_UP  # owed again


def test_sessions_are_listed_and_ended_one_by_one_or_all(wu, client):
    phone, tablet = (
        Client(headers={"User-Agent": "Phone <b>"}),
        Client(headers={"User-Agent": "Tablet"}),
    )
    for browser in (client, phone, tablet):
        enter(browser)
    page = client.get(SECURITY).content.decode()
    assert "Phone &lt;b&gt;" in page
    assert page.count('name="only"') == 2
    first = SignIn.objects.get(device="Tablet")
    assert client.post("/me/security/sessions/", {"only": first.pk}).status_code == 302
    assert get_user(tablet).is_anonymous
    assert get_user(phone) == wu
    client.post("/me/security/sessions/", {"only": "nonsense"})
    assert get_user(phone).is_anonymous
    assert get_user(client) == wu
    assert Event.objects.filter(name="user.sessions_ended", target_id=wu.pk).count() == 2


def test_where_somebody_was_signed_in_is_forgotten_when_the_session_has_run_out(wu, client):
    enter(client)
    assert forget_ended(NOW) == 0
    assert SignIn.objects.count() == 1
    assert forget_ended(timezone.now() + timedelta(days=30)) == 1
    assert SignIn.objects.count() == 0


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile MicroMessenger/8.0",
            "微信 · iPhone",
        ),
        ("curl/8.1", "curl/8.1"),
    ],
)
def test_a_device_is_called_as_people_call_it(agent, words):
    assert SignIn(device=agent).browser == words


def test_nobody_ends_the_sessions_of_somebody_else(wu, sec, client):
    enter(client)
    other = Client()
    other.force_login(User.objects.create_user("meng", name="孟工"))
    other.post("/me/security/sessions/", {"only": SignIn.objects.get(user=wu).pk})
    assert get_user(client) == wu


def test_the_security_administrator_unlocks_and_helps_and_it_is_on_the_record(wu, sec, client):
    enrol(wu)
    for _again in range(5):
        enter(client, "wrong")
    assert enter(client).status_code == 429
    page = sec.get("/signins/", {"q": "吴"}).content.decode()
    assert "清除两步验证" in page
    row = Failure.objects.get(username="wu", address="127.0.0.1")
    assert f"/signins/{row.pk}/unlock/" in page
    assert sec.post(f"/signins/{row.pk}/unlock/").status_code == 302
    assert enter(client).url.startswith(CODE)
    assert sec.post(f"/signins/people/{wu.pk}/second_step/").status_code == 302
    enter(client)
    assert get_user(client) == wu
    assert sec.post(f"/signins/people/{wu.pk}/sessions/").status_code == 302
    assert get_user(client).is_anonymous
    names = set(Event.objects.filter(actor=sec.user).values_list("name", flat=True))
    assert names == {"user.unlocked", "user.second_step_off", "user.sessions_ended"}


def test_an_administrator_does_not_help_the_own_account_nor_by_other_verbs(wu, sec):
    assert sec.post(f"/signins/people/{sec.user.pk}/second_step/").status_code == 409
    assert sec.post(f"/signins/people/{wu.pk}/delete/").status_code == 404


def test_the_demonstration_owes_nothing(wu, client, settings, tmp_path):
    demand_new_password(wu, wu, at=NOW)
    enrol(wu)
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    (tmp_path / "demo_accounts.json").write_text(
        '[{"username": "wu", "name": "吴工", "role": "x"}]'
    )
    assert client.post("/signin/demo/", {"username": "wu"}).status_code == 302
    assert client.get("/notices/").status_code == 200
