"""The pages: making and ending tokens, and the service accounts that two administrators agree on."""

import pytest

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.platform.tokens.models import ServiceAccount, Token
from tests.api.conftest import Caller
from tests.cast import later

ASKED = {"name": "楼宇传感器", "scopes": ["demands:write"], "days": 30}
SERVICE = {
    "name": "OA",
    "username": "svc-oa",
    "purpose": "从 OA 提交需求",
    "roles": ["coordinator"],
}


@pytest.fixture
def two(cast):
    for username, role in [("sys", "system_admin"), ("sec", "security_admin")]:
        grant_role(cast.person(username, username, cast.hq), role)
    return cast


def secret_on(page):
    return page.context["made"][1]


def test_a_person_makes_a_token_sees_it_once_and_ends_it(as_user, cast):
    wu = as_user(cast.wu)
    page = wu.post("/me/tokens/", ASKED)
    secret = secret_on(page)
    assert page["Cache-Control"].startswith("max-age=0")
    assert secret in page.content.decode()
    assert secret not in wu.get("/me/tokens/").content.decode()
    token = Token.objects.get()
    assert (token.user, token.scopes, token.expires_at) == (
        cast.wu,
        ["demands:write"],
        later(days=30),
    )
    assert secret not in str(Event.objects.get(name="token.made").facts)
    assert Caller(secret).get("/demands").status_code == 403  # may write, not read
    assert wu.post(f"/me/tokens/{token.pk}/revoke/").status_code == 302
    assert Caller(secret).get("/demands").status_code == 401
    assert wu.post(f"/me/tokens/{token.pk}/revoke/").status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": ""}, "name"), ({"scopes": []}, "scopes"), ({"days": 3650}, "days"),
     ({"scopes": ["hooks:write"]}, "scopes")],  # for those who run what leaves the house
)  # fmt: skip
def test_a_token_that_is_not_asked_for_properly_is_not_made(as_user, cast, change, field):
    page = as_user(cast.wu).post("/me/tokens/", ASKED | change)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Token.objects.exists()


def test_nobody_ends_or_sees_the_token_of_somebody_else(as_user, cast):
    as_user(cast.wu).post("/me/tokens/", ASKED)
    assert (
        as_user(cast.meng).post(f"/me/tokens/{Token.objects.get().pk}/revoke/").status_code == 404
    )
    assert "楼宇传感器" not in as_user(cast.meng).get("/me/tokens/").content.decode()


def test_a_service_account_works_once_another_administrator_has_approved_it(as_user, two):
    sys = as_user(two.sys)
    assert sys.post("/service-accounts/new/", SERVICE | {"place": two.near.pk}).status_code == 302
    service = ServiceAccount.objects.get()
    where = f"/service-accounts/{service.pk}/"
    secret = secret_on(sys.post(where, ASKED | {"scopes": ["demands:read"]}))
    assert Caller(secret).get("/demands").status_code == 401
    assert sys.post(where + "approve/").status_code == 403
    assert "楼宇传感器" in as_user(two.sec).get(where).content.decode()
    assert as_user(two.sec).post(where + "approve/").status_code == 302
    assert as_user(two.sec).post(where + "approve/").status_code == 409
    near, far = two.submit(), two.submit(place=two.far_room)
    seen = [row["number"] for row in Caller(secret).get("/demands").json()["items"]]
    assert seen == [near.number]
    assert far.number not in seen
    assert as_user(two.sec).post(where, ASKED).status_code == 403  # approves, and makes no token
    assert as_user(two.sys).post(where + "close/").status_code == 302
    assert Caller(secret).get("/demands").status_code == 401
    assert not User.objects.get(username="svc-oa").is_active


@pytest.mark.parametrize(
    "change", [{"roles": ["system_admin"]}, {"username": "OA!"}, {"username": "chen"}]
)
def test_a_service_account_is_no_administrator_and_has_a_name_of_its_own(as_user, two, change):
    assert as_user(two.sys).post("/service-accounts/new/", SERVICE | change).status_code == 422
    assert not ServiceAccount.objects.exists()


def test_who_holds_both_posts_does_not_approve_the_own_account(as_user, two):
    grant_role(two.sys, "security_admin")
    as_user(two.sys).post("/service-accounts/new/", SERVICE)
    where = f"/service-accounts/{ServiceAccount.objects.get().pk}/approve/"
    assert as_user(two.sys).post(where).status_code == 409
