"""What is filtered in a list is kept under a name, for oneself."""

import pytest

from houqin.ui.saved_views.models import SavedView
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]
pytestmark = pytest.mark.engine
QUEUE = "demands"
FILTERED = "view=all&grade=urgent"


@pytest.fixture
def keep(as_user):
    """`keep(user, name, query)` is the answer to that button of the queue."""

    def keep(user, name, query=FILTERED, **more):
        answers = {"list": QUEUE, "name": name, "query": query, "next": f"/demands/?{query}"}
        return as_user(user).post("/views/", answers | more)

    return keep


def chips(client, query=""):
    return {view["name"]: view["on"] for view in client.get(f"/demands/?{query}").context["saved"]}


def test_a_view_is_kept_and_found_again_above_the_list(cast, as_user, keep):
    page = as_user(cast.chen).get(f"/demands/?{FILTERED}&cursor=")
    assert page.context["savable"] == "grade=urgent&view=all"
    answer = keep(cast.chen, "紧急的")
    assert answer.url == f"/demands/?{FILTERED}"
    client = as_user(cast.chen)
    assert chips(client) == {"紧急的": False}
    assert chips(client, "grade=urgent&view=all") == {"紧急的": True}  # whatever the order
    assert client.get(f"/demands/?{FILTERED}").context["savable"] == ""
    assert "?grade=urgent&amp;view=all" in client.get("/demands/").content.decode()
    assert client.get("/orders/").context["saved"] == []  # of another list


def test_nothing_is_offered_where_nothing_is_filtered(cast, as_user):
    for query in ("", "view=all", "cursor=x"):
        assert as_user(cast.chen).get(f"/demands/?{query}").context["savable"] == "", query


def test_the_same_name_again_keeps_the_new_one(cast, as_user, keep):
    keep(cast.chen, "我的", "q=空调")
    keep(cast.chen, "我的", "q=漏水")
    assert SavedView.objects.get().query == "q=%E6%BC%8F%E6%B0%B4"


def test_views_are_private(cast, as_user, keep):
    keep(cast.chen, "我的")
    assert chips(as_user(cast.lin)) == {}
    address = f"/views/{SavedView.objects.get().pk}/drop/"
    assert as_user(cast.lin).post(address).status_code == 404
    assert as_user(cast.chen).post(address, {"next": "/demands/"}).url == "/demands/"
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [("", FILTERED, "起个名字"), ("长" * 31, FILTERED, "30"), ("x", "q=" + "长" * 400, "条件太长")],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_lost(cast, keep, name, query, words):
    answer = keep(cast.chen, name, query)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["form"]["query"].value() == query
    assert not SavedView.objects.exists()


def test_twelve_are_enough(cast, keep):
    for nth in range(12):
        assert keep(cast.chen, f"{nth}").status_code == 302
    assert "最多存 12 个" in keep(cast.chen, "13").content.decode()
    assert keep(cast.chen, "3", "q=x").status_code == 302  # in place of one


def test_only_lists_of_the_house_have_views(keep, cast):
    assert keep(cast.chen, "x", list="nosuch.html").status_code == 404
