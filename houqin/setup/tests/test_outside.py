"""Signing in at the organisation's identity provider, against one of our own on a real port."""

import time

import pytest
from django.contrib.auth import get_user

from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.platform.identity import second_step
from houqin.platform.identity.models import OutsideAccount, SignIn
from tests.provider import CLIENT, OUT, SECRET, Provider, through_the_provider

PASSWORD = "a-long-enough-secret"


@pytest.fixture
def provider(db, settings):
    server = Provider()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = (
        server.issuer,
        CLIENT,
        SECRET,
    )
    settings.OIDC_LABEL = "企业账号"
    yield server
    server.close()


@pytest.fixture
def wu(db):
    return User.objects.create_user(
        "wu", name="吴工", email="Wu@Example.org", password="a-long-enough-secret"
    )


def refused(client, answer):
    page = client.get("/signin/").content.decode()
    return answer.url == "/signin/" and get_user(client).is_anonymous and 'class="toast-x' in page


def test_the_button_is_there_where_a_provider_is_named_and_leads_to_it(provider, client, settings):
    page = client.get("/signin/?next=/notices/").content.decode()
    assert "企业账号" in page
    assert "/signin/outside/?next=/notices/" in page
    settings.OIDC_ISSUER = ""
    assert "signin/outside" not in client.get("/signin/").content.decode()
    assert client.get(OUT).status_code == 404
    assert client.get(OUT + "back/").status_code == 404


def test_a_verified_address_finds_the_person_once_and_the_subject_ever_after(provider, wu, client):
    answer = through_the_provider(client)
    assert answer.url == "/notices/"
    assert get_user(client) == wu
    assert OutsideAccount.objects.get().user == wu
    assert SignIn.objects.get().how == "企业账号"
    assert set(Event.objects.values_list("name", flat=True)) == {"user.linked", "user.signed_in"}
    client.logout()
    provider.person["email"] = "married@example.org"
    through_the_provider(client)
    assert get_user(client) == wu


def test_the_provider_answers_for_its_own_second_step(provider, wu, client):
    second_step.begin(wu)
    through_the_provider(client)
    assert get_user(client) == wu


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of-another-session"},
        {"aud": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 7200},
        {"nonce": None},
        {"sub": None},
    ],
    ids=lambda lie: "-".join(lie),
)
def test_a_token_that_lies_opens_nothing(provider, wu, client, lie):
    provider.lie = lie
    assert refused(client, through_the_provider(client))
    assert not OutsideAccount.objects.exists()


def test_a_token_that_another_key_has_signed_opens_nothing(provider, wu, client):
    provider.forge = True
    assert refused(client, through_the_provider(client))


def test_a_code_that_nobody_asked_for_here_opens_nothing(provider, wu, client):
    assert refused(client, client.get(OUT + "back/", {"code": "code-0", "state": "stolen"}))
    assert refused(
        client, client.get(OUT + "back/", {"error": "access_denied", "error_description": "no"})
    )
    assert refused(client, client.get(OUT + "back/"))


def test_a_state_is_good_for_one_return(provider, wu, client):
    leaving = client.get(OUT)
    state = next(part for part in leaving.url.split("&") if part.startswith("state=")).partition(
        "="
    )[2]
    assert refused(client, client.get(OUT + "back/", {"code": "wrong", "state": state}))
    assert refused(client, client.get(OUT + "back/", {"code": "wrong", "state": state}))


@pytest.mark.parametrize(
    "claims", [{"email_verified": False}, {"email": ""}, {"email": "other@example.org"}]
)
def test_an_address_that_is_not_verified_or_not_known_finds_nobody(provider, wu, client, claims):
    provider.person |= claims
    assert refused(client, through_the_provider(client))


def test_an_address_of_two_people_and_a_closed_account_find_nobody(provider, wu, client):
    User.objects.create_user("wu2", name="吴工", email="wu@example.org")
    assert refused(client, through_the_provider(client))
    User.objects.filter(username="wu2").delete()
    through_the_provider(client)
    client.logout()
    User.objects.filter(pk=wu.pk).update(is_active=False)
    assert refused(client, through_the_provider(client))


def test_somebody_new_is_created_without_any_role_where_the_house_wants_it(
    provider, client, settings
):
    settings.OIDC_CREATE = True
    provider.person |= {"preferred_username": "HQ0999", "sub": "u-9"}
    through_the_provider(client)
    person = get_user(client)
    assert (person.username, person.name, person.email) == ("HQ0999", "吴工", "wu@example.org")
    assert not person.has_usable_password()
    assert person.role_codes() == set()


def test_nobody_takes_over_a_staff_number_by_naming_it(provider, wu, client, settings):
    settings.OIDC_CREATE = True
    provider.person |= {"preferred_username": "WU", "email": "evil@example.org", "sub": "u-6"}
    assert refused(client, through_the_provider(client))


def test_a_provider_that_does_not_answer_leaves_the_password(provider, wu, client):
    provider.close()
    assert refused(client, client.get(OUT))
    client.post("/signin/", {"username": "wu", "password": PASSWORD})
    assert get_user(client) == wu
