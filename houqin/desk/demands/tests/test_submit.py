import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from houqin.desk.demands.actions import submit_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.errors import NotAllowed
from houqin.platform.files.models import Attachment


@pytest.fixture
def send(desk):
    def send(user, entry="plumbing", **filled):
        desk.client.force_login(user)
        values = {
            "place": desk.room.pk,
            "title": "水槽下面漏水",
            "claimed": "important",
            "ask_flowing": "yes",
        }
        return desk.client.post(reverse("channels:new_demand_for", args=[entry]), values | filled)

    return send


def test_a_request_is_raised_with_answers_and_photos(desk, send, seeds):
    answer = send(
        desk.wu, body="地上一滩水", photos=[seeds.photo(), seeds.photo("2.jpg", "blue")], ask_danger="no",
        phone="13800000000", wanted_at="2026-11-24T14:00",
    )  # fmt: skip
    demand = Demand.objects.get()
    assert answer.status_code == 302
    assert answer.url == demand.get_absolute_url()
    assert f"编号 {demand.number}" in str(next(iter(get_messages(answer.wsgi_request))))
    assert demand.answers == {"flowing": True, "danger": False}
    assert (demand.grade, demand.status, demand.phone) == ("important", "submitted", "13800000000")
    assert Attachment.objects.of(demand).photos().count() == 2


def test_the_card_that_follows_says_the_answers(desk, send):
    send(desk.wu)
    page = desk.get(desk.wu, "demand", Demand.objects.get().number).content.decode()
    assert "水是否还在流" in page
    assert "已提交，编号" in page


def test_a_required_question_is_asked_again_in_words(desk, send):
    answer = send(desk.wu, ask_flowing="")
    assert answer.status_code == 422
    assert "请回答“水是否还在流”" in answer.content.decode()
    assert "水槽下面漏水" in answer.content.decode()  # what was written is still there
    assert not Demand.objects.exists()


def test_place_and_title_are_needed(desk, send):
    page = send(desk.wu, place="", title="").content.decode()
    assert "请选择地点" in page
    assert "请用一句话说明" in page


def test_a_wish_for_the_past_is_asked_again(desk, send):
    assert send(desk.wu, wanted_at="2026-11-20T09:00").status_code == 422


def test_seven_photos_are_too_many(desk, send, seeds):
    answer = send(desk.wu, photos=[seeds.photo(f"{n}.jpg") for n in range(7)])
    assert answer.status_code == 422
    assert "最多 6 张" in answer.content.decode()


def test_numbers_and_choices_are_kept_as_what_they_are(desk, send):
    send(desk.wu, "meeting", ask_people="12", ask_tea="yes")
    send(desk.wu, "hvac", ask_symptom="滴水", anyway="1")
    assert [demand.answers for demand in Demand.objects.order_by("pk")] == [
        {"people": 12, "tea": True},
        {"symptom": "滴水"},
    ]
    assert send(desk.wu, "hvac", ask_symptom="着火").status_code == 422


def test_the_form_remembers_the_last_place_and_says_each_promise(desk):
    desk.submitted()
    page = desk.get(desk.wu, "channels:new_demand_for", "plumbing")
    assert page.context["form"]["place"].value() == desk.room.pk
    assert "24 小时内响应，48 小时内办结" in page.content.decode()
    assert "3 个工作日内响应，5 个工作日内办结" in page.content.decode()


def test_a_scanned_code_fills_in_the_place(desk):
    page = desk.get(desk.wu, "channels:new_demand_for", "plumbing", place="BJ-2-502")
    assert page.context["form"]["place"].value() == desk.room.pk
    assert (
        desk.get(desk.wu, "channels:new_demand_for", "plumbing", place="no-such").status_code == 200
    )


def test_on_this_page_everybody_asks_for_themselves(desk, send):
    assert (
        "caller"
        not in desk.get(desk.chen, "channels:new_demand_for", "plumbing").context["form"].fields
    )
    send(desk.chen, caller="吴工", channel="paper")
    demand = Demand.objects.get()
    assert (demand.requester, demand.channel) == (desk.chen, "web")
    with pytest.raises(NotAllowed):
        submit_demand(desk.wu, desk.entry("hvac"), place=desk.room, title="x", requester=desk.far)


def test_the_catalogue_is_searched(desk):
    page = desk.get(desk.wu, "channels:new_demand", q="漏水").content.decode()
    assert "水" in page
    assert "家具门窗" not in page
    assert "目录里没有这一项" in desk.get(desk.wu, "channels:new_demand", q="火箭").content.decode()


def test_what_is_no_longer_offered_is_not_found(desk):
    entry = desk.entry("lift")
    entry.active = False
    entry.save()
    assert desk.get(desk.wu, "channels:new_demand_for", "lift").status_code == 404
    assert "电梯" not in desk.get(desk.wu, "channels:new_demand").content.decode()
