"""A draft is over when a view has accepted its form; every form that keeps one can say that it is back."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.engine
KEY = "draft:7:hotline"
CALL = {
    "who": "吴工",
    "entry": "cleaning",
    "title": "地上有水",
    "claimed": "routine",
    "draft_key": KEY,
}


def ended(answer) -> str:
    return answer.cookies["draft_accepted"].value if "draft_accepted" in answer.cookies else ""


@pytest.fixture
def call(cast, as_user):
    browser = as_user(cast.chen)
    return lambda **answers: browser.post("/hotline/", CALL | {"place": cast.room.pk} | answers)


def test_an_accepted_form_ends_its_draft(call):
    answer = call()
    assert answer.status_code == 302
    assert ended(answer) == "draft%3A7%3Ahotline"


def test_a_form_without_a_draft_ends_none(call):
    assert ended(call(draft_key="")) == ""


def test_a_form_with_errors_keeps_its_draft(call):
    answer = call(title="")
    assert answer.status_code == 422
    assert ended(answer) == ""


def test_who_may_not_keeps_the_draft(cast, as_user):
    answer = as_user(cast.wu).post("/hotline/", CALL)
    assert answer.status_code == 403
    assert ended(answer) == ""


def test_a_session_that_ran_out_keeps_the_draft(cast):
    answer = Client().post("/hotline/", CALL)
    assert answer.url.startswith("/signin/")
    assert ended(answer) == ""


def test_every_form_with_a_draft_can_say_that_it_is_back():
    pages = {
        path: path.read_text()
        for path in Path(settings.BASE_DIR, "houqin").glob("**/templates/**/*.html")
    }
    keeping = {path: text for path, text in pages.items() if "data-draft=" in text}
    assert [path for path, text in keeping.items() if "ui/_draft_note.html" not in text] == []
    assert len(keeping) >= 5
