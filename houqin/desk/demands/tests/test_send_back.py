def test_it_goes_back_with_the_reason_and_nothing_counts(desk):
    demand = desk.submitted()
    assert desk.speak(desk.chen, demand, "send_back", reason="请补一张照片").status_code == 302
    assert demand.status == "returned"
    assert not demand.clocks.filter(paused_at=None).exists()
    page = desk.get(desk.wu, "demand", demand.number).content.decode()
    assert "需要补充" in page
    assert "请补一张照片" in page


def test_the_requester_may_not(desk):
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "send_back", reason="x").status_code == 403
    assert demand.status == "submitted"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.submitted(), "send_back", reason="x").status_code == 404


def test_not_once_it_is_graded(desk):
    demand = desk.brought_to("graded")
    assert desk.speak(desk.chen, demand, "send_back", reason="x").status_code == 409


def test_a_reason_is_needed(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.chen, demand, "send_back", reason="  ")
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()
    assert demand.status == "submitted"
