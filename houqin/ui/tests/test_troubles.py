import pytest
from django.test import Client

from houqin.ui.account.sessions import OWES
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]


def test_a_wrong_address_gets_a_page_that_says_so(client, db):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_a_broken_view_gets_a_page_of_the_house(db, monkeypatch):
    monkeypatch.setattr("houqin.ui.account.sign_in.connection", None)
    answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 500
    assert "系统出了点问题" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/demands/XQ%00/", "/review/?number=%00", "/demands/new/hvac/?place=%00"]
)
def test_an_address_with_a_nul_is_no_request(client, db, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    ("address", "title"),
    [("/demands/XQ-0/", "没有找到这个页面"), ("/review/", "您没有此操作的权限")],
)
def test_an_error_keeps_the_shell_and_its_title_says_what_happened(cast, as_user, address, title):
    page = as_user(cast.wu).get(address).content.decode()
    assert f"<title>{title} · " in page
    assert 'class="rail"' in page
    assert 'class="tabbar"' in page


def test_an_error_before_signing_in_or_while_a_password_is_owed_has_no_menu(cast, as_user, client):
    assert "rail" not in client.get("/no-such-page/").content.decode()
    client = as_user(cast.wu)
    session = client.session
    session[OWES] = "password"
    session.save()
    page = client.get("/no-such-page/").content.decode()
    assert "没有找到这个页面" in page
    assert "rail" not in page
