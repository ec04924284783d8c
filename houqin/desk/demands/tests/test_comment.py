import pytest

from houqin.desk.demands.actions import comment_demand
from houqin.kernel.errors import Refused
from houqin.platform.files.models import Attachment


def test_both_sides_speak_in_one_thread(desk, seeds):
    demand = desk.brought_to("working")
    desk.speak(desk.wu, demand, "comment", text="下午两点客户到", photos=[seeds.photo()])
    desk.speak(desk.wang, demand, "comment", text="十二点前可用")
    for user in (desk.wu, desk.wang, desk.chen):
        page = desk.get(user, "demand", demand.number).content.decode()
        assert "下午两点客户到" in page
        assert "十二点前可用" in page
    assert Attachment.objects.of(demand).count() == 1


def test_an_inner_note_stays_among_those_who_do_the_work(desk):
    demand = desk.brought_to("working")
    assert (
        desk.speak(desk.chen, demand, "comment", text="这台该换了", inner="on").status_code == 302
    )
    assert desk.told(demand)[-1] == "demand.noted"
    sees = {
        name: "这台该换了"
        in desk.get(getattr(desk, name), "demand", demand.number).content.decode()
        for name in ("chen", "wang", "lin", "wu", "luo", "qian")
    }
    assert sees == {
        "chen": True,
        "wang": True,
        "lin": True,
        "wu": False,
        "luo": False,
        "qian": False,
    }


def test_the_requester_cannot_hide_a_word(desk):
    demand = desk.submitted()
    desk.speak(desk.wu, demand, "comment", text="请快一点", inner="on")
    assert desk.told(demand)[-1] == "demand.commented"


def test_an_inner_note_brings_no_photos_which_the_requester_would_see(desk, seeds):
    demand = desk.brought_to("working")
    answer = desk.speak(
        desk.chen, demand, "comment", text="供应商报价", inner="on", photos=[seeds.photo()]
    )
    assert answer.status_code == 422
    assert not Attachment.objects.of(demand).exists()
    with pytest.raises(Refused):
        comment_demand(desk.chen, demand, text="供应商报价", inner=True, photos=[seeds.photo()])


def test_who_only_looks_does_not_speak(desk):
    assert desk.speak(desk.qian, desk.submitted(), "comment", text="x").status_code == 403


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.submitted(), "comment", text="x").status_code == 404


def test_an_empty_word_is_not_sent(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.wu, demand, "comment", text="   ")
    assert answer.status_code == 422
    assert desk.told(demand) == ["demand.submitted"]
