from houqin.platform.files.models import Attachment


def test_the_requester_completes_it_and_the_clocks_go_on(desk, seeds):
    demand = desk.brought_to("returned")
    answer = desk.speak(
        desk.wu,
        demand,
        "resubmit",
        title="502 会议室空调不制热",
        body="靠窗那台",
        photos=[seeds.photo()],
    )
    assert answer.status_code == 302
    assert (demand.status, demand.title, demand.body) == (
        "submitted",
        "502 会议室空调不制热",
        "靠窗那台",
    )
    assert not demand.clocks.exclude(paused_at=None).exists()
    assert Attachment.objects.of(demand).photos().count() == 1


def test_the_form_holds_what_was_written(desk):
    demand = desk.brought_to("returned", body="一直吹冷风")
    page = desk.get(desk.wu, "demand_verb", demand.number, "resubmit").content.decode()
    assert "空调不制热" in page
    assert "一直吹冷风" in page


def test_nobody_else_completes_it(desk):
    demand = desk.brought_to("returned")
    assert desk.speak(desk.chen, demand, "resubmit", title="x").status_code == 403
    assert demand.status == "returned"


def test_others_do_not_see_it(desk):
    assert (
        desk.speak(desk.far, desk.brought_to("returned"), "resubmit", title="x").status_code == 404
    )


def test_only_what_was_sent_back(desk):
    assert desk.speak(desk.wu, desk.submitted(), "resubmit", title="x").status_code == 409


def test_a_title_is_needed(desk):
    demand = desk.brought_to("returned")
    assert desk.speak(desk.wu, demand, "resubmit", title="").status_code == 422
    assert demand.status == "returned"


def test_what_is_no_picture_is_refused_in_words(desk):
    demand = desk.brought_to("returned")
    from_a_camera = desk.upload("IMG_1.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64)
    answer = desk.speak(desk.wu, demand, "resubmit", title="x", photos=[from_a_camera])
    assert answer.status_code == 422
    assert "HEIC" in answer.content.decode()
