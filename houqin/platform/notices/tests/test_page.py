import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.platform.notices.actions import notify
from houqin.platform.notices.models import Notice
from houqin.platform.notices.tests.conftest import NOW


@pytest.fixture
def wang(client, cast):
    client.force_login(cast.wang)
    return cast.wang


def page(client, query=""):
    return client.get(f"/notices/{query}").content.decode()


def test_without_notices_the_page_says_what_it_is_for(client, wang):
    assert "还没有消息" in page(client)


def test_notices_are_listed_newest_first_and_unread_ones_marked(client, wang, happen):
    notify([wang], happen("一号楼"), url="/x/", now=NOW)
    notify([wang], happen("二号楼"), url="/x/", urgent=True, now=NOW)
    shown = page(client)
    assert shown.index("转到了二号楼") < shown.index("转到了一号楼")
    assert shown.count("未读</span>") == 2
    assert "陈专员" in shown
    assert "紧急" in shown


def test_a_click_marks_a_notice_read_and_goes_there(client, wang, happen):
    notify([wang], happen(), url="/me/", now=NOW)
    notice = Notice.objects.get()
    answer = client.post(notice.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "未读</span>" not in page(client)
    assert client.get(notice.get_absolute_url()).status_code == 405


def test_a_notice_leads_nowhere_outside_the_house(client, wang, happen):
    notify([wang], happen(), url="https://elsewhere.example.org/", now=NOW)
    answer = client.post(Notice.objects.get().get_absolute_url())
    assert answer["Location"] == "/notices/"


def test_a_notice_of_somebody_else_does_not_exist(client, cast, wang, happen):
    notify([cast.li], happen(), url="/x/", now=NOW)
    assert client.post(Notice.objects.get().get_absolute_url()).status_code == 404
    assert "转到了" not in page(client)


def test_all_are_read_at_once(client, wang, happen):
    for _number in range(3):
        notify([wang], happen(), url="/x/", now=NOW)
    latest = Notice.objects.latest("pk")
    assert f'name="upto" value="{latest.pk}"' in page(client)
    assert client.post("/notices/read/", {"upto": latest.pk}).status_code == 302
    assert "全部已读" not in page(client)


def test_pages_follow_each_other_without_gaps(client, wang, happen):
    for _number in range(65):
        notify([wang], happen(), url="/x/", now=NOW)
    keys = list(Notice.objects.order_by("-pk").values_list("pk", flat=True))
    first = page(client)
    second = page(client, beside(first, "next"))
    third = page(client, beside(second, "next"))
    assert [shown(answer) for answer in (first, second, third)] == [
        keys[:30],
        keys[30:60],
        keys[60:],
    ]
    assert shown(page(client, beside(third, "prev"))) == keys[30:60]
    assert shown(page(client, beside(second, "prev"))) == keys[:30]
    assert (beside(first, "prev"), beside(third, "next")) == ("", "")


def shown(text):
    return [int(pk) for pk in re.findall(r'id="notice-(\d+)"', text)]


def beside(text, rel):
    """The address of the page beside it, "" where there is none."""
    link = re.search(rf'href="(\?cursor=[^"]+)" rel="{rel}"', text)
    return link[1] if link else ""


@pytest.mark.parametrize(
    "query", ["?cursor=x", "?cursor=-1", "?cursor=99999999999999999999", "?cursor=²"]
)
def test_an_address_that_makes_no_sense_shows_the_first_page(client, wang, query, happen):
    notify([wang], happen(), url="/x/", now=NOW)
    assert "转到了" in page(client, query)


def test_more_notices_cost_no_more_queries(client, wang, happen):
    def queries(notices):
        for _number in range(notices):
            notify([wang], happen(), url="/x/", now=NOW)
        with CaptureQueriesContext(connection) as asked:
            page(client)
        return len(asked)

    assert queries(2) == queries(8)
