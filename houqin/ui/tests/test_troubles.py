import pytest
from django.test import Client


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
