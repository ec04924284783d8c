from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.desk.demands import actions
from houqin.platform.files.models import Attachment


def queries(desk, number):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(desk.chen, "demand", number).status_code == 200
    return len(asked)


def test_the_card_tells_the_whole_story(desk):
    page = desk.get(desk.wu, "demand", desk.brought_to("closed").number).content.decode()
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
    page = desk.get(desk.wu, "demand", desk.brought_to("working").number).content.decode()
    assert "第 5 个工作日下班：到期" in page


def test_others_do_not_see_it(desk):
    demand = desk.submitted()
    assert desk.get(desk.far, "demand", demand.number).status_code == 404
    assert desk.get(desk.wu, "demand", "XQ-2026-999999").status_code == 404


def test_htmx_gets_the_part_alone(desk):
    demand = desk.submitted()
    desk.client.force_login(desk.wu)
    part = desk.client.get(demand.get_absolute_url(), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_the_photos_of_the_work_stand_after_those_of_the_scene(desk, seeds):
    demand = desk.brought_to("done", photos=[seeds.photo()])
    shots = desk.get(desk.wu, "demand", demand.number).context["shots"]
    assert [shot["tag"] for shot in shots] == ["现场", "前", "后"]
    assert Attachment.objects.of(demand, desk.order(demand)).count() == 3


def test_the_requester_may_open_the_photos_of_the_work(desk):
    demand = desk.brought_to("done")
    for shot in desk.get(desk.wu, "demand", demand.number).context["shots"]:
        assert desk.client.get(shot["thumb_url"]).status_code == 200


def test_only_who_may_open_an_order_gets_a_link_to_it(desk):
    demand = desk.brought_to("working")
    link = f'href="{desk.order(demand).get_absolute_url()}"'
    assert link in desk.get(desk.chen, "demand", demand.number).content.decode()
    assert link not in desk.get(desk.wu, "demand", demand.number).content.decode()


def test_a_longer_story_asks_no_more_queries(desk):
    demand = desk.brought_to("working")
    desk.get(desk.chen, "demand", demand.number)
    few = queries(desk, demand.number)
    for n in range(5):
        actions.comment_demand(desk.chen, demand, text=f"第 {n} 句")
        actions.dispatch_demand(desk.chen, demand, executor=desk.wang)
    assert queries(desk, demand.number) == few
    assert few <= 45, few


def test_the_shell_keeps_its_own_request(desk):
    """The card is named like the page's own demand; language and theme come back here all the same."""
    demand = desk.submitted()
    page = desk.get(desk.wu, "demand", demand.number).content.decode()
    assert f'name="next" value="{demand.get_absolute_url()}"' in page
