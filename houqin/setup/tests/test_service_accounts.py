"""Another system is no person: nobody signs in as one, and it holds nothing before it is approved."""

import re

import pytest
from django.contrib.auth import get_user

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, RoleGrant, User
from houqin.platform.tokens.models import ServiceAccount, Token
from houqin.setup.directory.actions import deactivate_person, restore_person, save_person
from houqin.setup.grants.actions import give_role
from houqin.setup.sign_in_links.actions import PASSWORD_LINK, make_links
from houqin.shared.links.actions import draw_link
from tests.cast import NOW
from tests.provider import CLIENT, SECRET, Provider, through_the_provider

ASKED = {
    "name": "网关",
    "username": "svc-gateway",
    "purpose": "传感器报修",
    "roles": ["manager"],
    "place": "",
}
GOOD = {"new": "a long and quiet Monday", "again": "a long and quiet Monday"}


@pytest.fixture
def two(cast):
    """The administrators who set a service account up and approve of it."""
    for username, role in (("sys", Role.SYSTEM_ADMIN), ("sec", Role.SECURITY_ADMIN)):
        grant_role(cast.person(username, username, cast.hq), role)
    return cast


@pytest.fixture
def service(two, as_user):
    """One that was asked for as a manager of the whole house, and waits to be approved."""
    assert as_user(two.sys).post("/service-accounts/new/", ASKED).status_code == 302
    return ServiceAccount.objects.get()


def test_a_system_administrator_does_not_become_a_manager_by_a_service_account(
    two, service, as_user
):
    client, user = as_user(two.sys), service.user
    assert "svc-gateway" not in client.get("/people/", {"q": "svc-"}).content.decode()
    answer = client.post(f"/people/{user.pk}/link/")
    if link := re.search(r"http://testserver(/start/[\w-]+/)", answer.content.decode()):
        client.post(link[1], GOOD)
    client.logout()
    client.post("/signin/", {"username": user.username, "password": GOOD["new"]})
    assert get_user(client).is_anonymous
    assert answer.status_code == 404
    assert client.get("/standards/new/").status_code == 302


def test_it_holds_no_role_before_it_is_approved_and_those_of_the_page_afterwards(
    two, service, as_user
):
    where = f"/service-accounts/{service.pk}/"
    assert not RoleGrant.objects.filter(user=service.user).exists()
    page = as_user(two.sec).get(where).content.decode()
    assert "后勤主管" in page
    assert "还没有任何角色" in page
    as_user(two.sec).post(f"{where}approve/")
    assert User.objects.get(pk=service.user_id).roles_at(None) == {"manager"}


@pytest.mark.parametrize(
    "page",
    ["", "edit/", "link/", "deactivate/", "restore/", "grant/"],
    ids=lambda page: page or "page",
)
def test_the_pages_of_people_do_not_know_it(two, service, as_user, page):
    actor = two.sec if page == "grant/" else two.sys
    ask = (
        as_user(actor).post if page in ("link/", "deactivate/", "restore/") else as_user(actor).get
    )
    assert ask(f"/people/{service.user_id}/{page}").status_code == 404


def test_whatever_page_asks_no_action_treats_it_as_a_person(two, service):
    user = service.user
    fields = {"username": "svc-x", "name": "x", "department": None}
    for refused in (
        lambda: make_links(two.sys, [user]),
        lambda: save_person(two.sys, user, **fields),
        lambda: deactivate_person(two.sys, user),
        lambda: restore_person(two.sys, user),
        lambda: give_role(two.sec, user, role=Role.MANAGER),
    ):
        with pytest.raises(Refused, match="服务账号"):
            refused()


def test_neither_password_nor_old_link_nor_open_session_lets_anybody_in_as_it(two, service, client):
    user = service.user
    user.set_password(GOOD["new"])
    user.save()
    client.logout()
    client.post("/signin/", {"username": user.username, "password": GOOD["new"]})
    assert get_user(client).is_anonymous
    _link, token = draw_link(two.sys, PASSWORD_LINK, user, at=NOW)
    assert client.get(f"/start/{token}/").status_code == 404
    client.force_login(user)
    assert client.get("/me/").status_code == 302


def test_the_identity_provider_does_not_find_it_by_an_address(two, service, client, settings):
    User.objects.filter(pk=service.user_id).update(email="wu@example.org")
    client.logout()
    server = Provider()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = (
        server.issuer,
        CLIENT,
        SECRET,
    )
    try:
        through_the_provider(client)
    finally:
        server.close()
    assert get_user(client).is_anonymous


def test_closed_for_good_is_for_good(two, service, as_user):
    where = f"/service-accounts/{service.pk}/"
    assert as_user(two.sec).post(f"{where}approve/").status_code == 302
    assert as_user(two.sec).post(f"{where}close/").status_code == 302
    client = as_user(two.sys)
    assert client.post(f"/people/{service.user_id}/restore/").status_code == 404
    asked = {"name": "再来", "scopes": ["demands:read"], "days": 30}
    assert client.post(where, asked).status_code == 409
    assert not RoleGrant.objects.filter(user=service.user).exists()
    assert not Token.objects.filter(user=service.user, revoked_at=None).exists()


def test_one_that_was_closed_before_is_not_approved_afterwards(two, service, as_user):
    as_user(two.sys).post(f"/service-accounts/{service.pk}/close/")
    assert as_user(two.sec).post(f"/service-accounts/{service.pk}/approve/").status_code == 409


def test_nobody_hands_over_to_it_or_writes_it_into_a_request(two, service, as_user):
    where = f"/service-accounts/{service.pk}/"
    as_user(two.sec).post(f"{where}approve/")
    assert as_user(two.lin).get(f"/handover/{service.user.username}/").status_code == 404
    options = as_user(two.lin).get("/demands/people/", {"q": "svc-gate"}).content.decode()
    assert "svc-gateway" not in options
