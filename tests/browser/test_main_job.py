"""From raising a request to the archive, as five people do it in their browsers."""

import re

import pytest
from playwright.sync_api import expect

from houqin.desk.demands.models import Demand
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.roster.models import Shift
from tests.browser.story import Story
from tests.browsing import DESK, PHONE, in_browser
from tests.cast import later

pytestmark = in_browser


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_five_people_do_the_main_job_to_the_end(house, window, troubles, scripted):
    story = Story(window, scripted)
    requester = story.enter(house.wu, PHONE)
    story.raise_demand(requester)
    coordinator = story.enter(house.chen, DESK)
    story.review(coordinator)
    story.dispatch(coordinator)
    technician = story.enter(house.wang, PHONE)
    story.accept_and_start(technician)
    story.finish(technician)
    story.sign(requester)
    story.find_in_archive(story.enter(house.lin, DESK))
    assert story.wrong == []
    assert troubles == []
    done = Demand.objects.get(number=story.number)
    assert (done.status, done.rated, done.claimed, done.grade) == (
        "closed",
        True,
        "important",
        "important",
    )


def test_what_is_not_right_is_done_again_and_signed_then(house, window, troubles):
    order = house.order()
    accept_order(house.wang, order)
    start_order(house.wang, order)
    finish_order(house.wang, order, result="加氟")
    story = Story(window)
    requester, technician = window(PHONE, house.wu), window(PHONE, house.wang)
    requester.goto(order.subject.get_absolute_url())
    story.refuse(requester, "还是不热")
    story.do_again(technician, "换电磁阀")
    requester.reload()
    story.speak(requester, "签字验收")
    requester.get_by_role("button", name="签字确认，验收通过").click()
    expect(requester.locator(".page__head .state")).to_have_text("已验收")
    story.look(requester, "32-signed")
    assert story.wrong == []
    assert troubles == []


def test_an_urgent_request_reaches_the_duty_officer_at_once(house, window, troubles):
    Shift.objects.create(
        user=house.ma,
        place=house.near,
        starts_at=later(hours=-3),
        ends_at=later(hours=9),
        on_call=True,
    )
    story = Story(window)
    officer = window(PHONE, house.ma)
    officer.goto("/notices/")
    expect(officer.get_by_text("还没有消息")).to_be_visible()
    story.look(officer, "40-quiet")
    story.raise_demand(story.enter(house.wu, PHONE), grade="紧急")
    officer.reload()
    expect(officer.locator("#main li")).to_contain_text(["紧急"])
    expect(officer.get_by_label("底部导航").locator(".count--hot")).to_have_text("1")
    story.look(officer, "41-paged")
    officer.get_by_role("button", name=re.compile("^查看")).click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("502 会议室空调不制热")
    expect(officer.get_by_role("link", name="先派工")).to_be_visible()
    story.look(officer, "42-opened")
    assert story.wrong == []
    assert troubles == []
