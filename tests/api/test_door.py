"""Who is let in, as whom, and how a program is told no."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import turned_to
from houqin.platform.tokens.models import Token
from tests.api.conftest import V1, Caller, token_of
from tests.cast import NOW, later


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer hq_nobody", "Basic d3U6eA==", "Bearer hq_é"]
)
def test_without_a_token_that_is_known_nobody_comes_in(cast, client, header):
    answer = client.get(f"{V1}/demands", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_counts_for_nothing_here(cast, as_user):
    assert as_user(cast.chen).get(f"{V1}/demands").status_code == 401
    assert as_user(cast.chen).post(f"{V1}/demands", {"title": "x"}).status_code == 401


def test_a_token_acts_as_its_owner_whatever_session_comes_along(cast, as_user):
    hers = cast.submit()
    client = as_user(cast.chen)
    headers = {"Authorization": f"Bearer {token_of(cast.meng)}"}
    assert client.get(f"{V1}/demands/{hers.number}", headers=headers).status_code == 404
    assert client.get("/demands/").status_code == 200  # and leaves the session as it was


def test_a_token_ends_by_time_by_revoking_and_with_its_owner(program, cast):
    old = program(cast.wu, expires_at=later(days=1))
    assert old.get("/demands").status_code == 200
    with turned_to(later(days=1)):
        assert old.get("/demands").status_code == 401
    Token.objects.update(revoked_at=NOW)
    assert old.get("/demands").status_code == 401
    left = program(cast.wu)
    User.objects.filter(pk=cast.wu.pk).update(is_active=False)
    assert left.get("/demands").status_code == 401


def test_only_the_digest_is_kept_and_when_it_was_used(program, cast):
    caller = program(cast.wu)
    caller.get("/demands")
    token = Token.objects.get()
    assert caller.secret not in repr(vars(token))
    assert token.used_at == NOW


def test_who_asks_too_often_is_told_how_long_to_wait(program, cast, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    caller = program(cast.wu)
    answers = [caller.get("/demands") for _nth in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert program(cast.chen).get("/demands").status_code == 200  # each token has its own measure
    with turned_to(later(minutes=1)):
        assert caller.get("/demands").status_code == 200


@pytest.mark.parametrize(
    ("language", "words"), [("en", "It does not exist"), ("zh-CN", "没有这个内容")]
)
def test_a_problem_is_said_in_the_language_that_is_asked_for(program, cast, language, words):
    answer = program(cast.wu).get("/demands/XQ-0", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith(words)


def test_without_a_wish_it_speaks_the_language_of_the_account(program, cast):
    User.objects.filter(pk=cast.wu.pk).update(language="en")
    assert "exist" in program(cast.wu).get("/demands/XQ-0").json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"), [("/nothing/here", 404), ("/demands?q=%00", 400), ("/demands/%00", 400)]
)
def test_what_no_operation_answers_is_a_problem_too(program, cast, path, status):
    answer = program(cast.wu).client.get(V1 + path, headers=program(cast.wu).headers)
    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_another_method_is_told_which_there_are(program, cast):
    caller = program(cast.wu)
    answer = caller.client.delete(f"{V1}/demands", headers=caller.headers)
    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}
    assert answer.json()["title"] == "Method Not Allowed"


def test_an_administrator_does_no_business_by_token_either(program, cast):
    sys = cast.person("sys", "系统", cast.hq)
    grant_role(sys, "system_admin")
    assert program(sys).get("/demands").status_code == 403
    assert program(sys).get("/hooks").status_code == 403  # whoever runs them reads the business


def test_no_token_reaches_the_log(program, cast, caplog, settings, monkeypatch):
    caplog.set_level(logging.DEBUG)
    caller = program(cast.wu)
    caller.post("/demands", {"title": "x"}, key="a")
    caller.get("/demands")
    monkeypatch.setattr("houqin.desk.demands.api.routes.read_listing", lambda *args: 1 / 0)
    answer = caller.get("/demands")
    assert answer.status_code == 500
    assert answer.json()["title"] == "Internal Server Error"
    Caller("hq_notthere").get("/demands")
    logged = caplog.text + " ".join(str(vars(record)) for record in caplog.records)
    assert "ZeroDivisionError" in logged
    assert caller.secret not in logged
    assert "hq_notthere" not in logged


def test_the_pages_of_the_house_take_no_token(program, cast):
    caller = program(cast.wu)
    answer = caller.client.get("/demands/", headers=caller.headers)
    assert answer.status_code == 302
    assert isinstance(answer.wsgi_request.user, AnonymousUser)
