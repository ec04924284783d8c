from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.kernel.files.models import Attachment
from houqin.servicedesk import actions


def queries(desk, number):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(desk.chen, "request", number).status_code == 200
    return len(asked)


def test_the_card_tells_the_whole_story(desk):
    page = desk.get(desk.wu, "request", desk.brought_to("closed").number).content.decode()
    for words in (
        "空调不制热",
        "换了电动二通阀",
        "受理，定级“常规”",
        "派给 王师傅",
        "签字验收",
        "4 / 5",
        "SHA-256",
    ):
        assert words in page


def test_the_steps_to_the_due_time_are_laid_open(desk):
    page = desk.get(desk.wu, "request", desk.brought_to("working").number).content.decode()
    assert "第 5 个工作日下班：到期" in page


def test_others_do_not_see_it(desk):
    request = desk.submitted()
    assert desk.get(desk.far, "request", request.number).status_code == 404
    assert desk.get(desk.wu, "request", "XQ-2026-999999").status_code == 404


def test_htmx_gets_the_part_alone(desk):
    request = desk.submitted()
    desk.client.force_login(desk.wu)
    part = desk.client.get(request.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_the_photos_of_the_work_stand_after_those_of_the_scene(desk, seeds):
    request = desk.brought_to("done", photos=[seeds.photo()])
    shots = desk.get(desk.wu, "request", request.number).context["shots"]
    assert [shot["tag"] for shot in shots] == ["现场", "前", "后"]
    assert Attachment.objects.of(request, desk.order(request)).count() == 3


def test_the_requester_may_open_the_photos_of_the_work(desk):
    request = desk.brought_to("done")
    for shot in desk.get(desk.wu, "request", request.number).context["shots"]:
        assert desk.client.get(shot["thumb_url"]).status_code == 200


def test_only_who_may_open_an_order_gets_a_link_to_it(desk):
    request = desk.brought_to("working")
    link = f'href="{desk.order(request).get_absolute_url()}"'
    assert link in desk.get(desk.chen, "request", request.number).content.decode()
    assert link not in desk.get(desk.wu, "request", request.number).content.decode()


def test_a_longer_story_asks_no_more_queries(desk):
    request = desk.brought_to("working")
    desk.get(desk.chen, "request", request.number)
    few = queries(desk, request.number)
    for n in range(5):
        actions.comment_request(desk.chen, request, text=f"第 {n} 句")
        actions.dispatch_request(desk.chen, request, executor=desk.wang)
    assert queries(desk, request.number) == few
    assert few <= 45, few


def test_the_shell_keeps_its_own_request(desk):
    """The card is named like the page's own request; language and theme come back here all the same."""
    request = desk.submitted()
    page = desk.get(desk.wu, "request", request.number).content.decode()
    assert f'name="next" value="{request.get_absolute_url()}"' in page
