from houqin.kernel.files.models import Attachment


def test_the_requester_completes_it_and_the_clocks_go_on(desk, seeds):
    request = desk.brought_to("returned")
    answer = desk.speak(
        desk.wu, request, "resubmit", title="502 会议室空调不制热", body="靠窗那台", photos=[seeds.photo()]
    )
    assert answer.status_code == 302
    assert (request.status, request.title, request.body) == ("submitted", "502 会议室空调不制热", "靠窗那台")
    assert not request.clocks.exclude(paused_at=None).exists()
    assert Attachment.objects.of(request).photos().count() == 1


def test_the_form_holds_what_was_written(desk):
    request = desk.brought_to("returned", body="一直吹冷风")
    page = desk.get(desk.wu, "request_verb", request.number, "resubmit").content.decode()
    assert "空调不制热" in page
    assert "一直吹冷风" in page


def test_nobody_else_completes_it(desk):
    request = desk.brought_to("returned")
    assert desk.speak(desk.chen, request, "resubmit", title="x").status_code == 403
    assert request.status == "returned"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.brought_to("returned"), "resubmit", title="x").status_code == 404


def test_only_what_was_sent_back(desk):
    assert desk.speak(desk.wu, desk.submitted(), "resubmit", title="x").status_code == 409


def test_a_title_is_needed(desk):
    request = desk.brought_to("returned")
    assert desk.speak(desk.wu, request, "resubmit", title="").status_code == 422
    assert request.status == "returned"


def test_what_is_no_picture_is_refused_in_words(desk):
    request = desk.brought_to("returned")
    from_a_camera = desk.upload("IMG_1.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64)
    answer = desk.speak(desk.wu, request, "resubmit", title="x", photos=[from_a_camera])
    assert answer.status_code == 422
    assert "HEIC" in answer.content.decode()
