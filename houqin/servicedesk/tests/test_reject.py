def test_it_ends_with_the_reason(desk):
    request = desk.submitted()
    assert desk.speak(desk.lin, request, "reject", reason="请找行政部").status_code == 302
    assert request.status == "rejected"
    assert not request.clocks.filter(result="running").exists()
    assert "请找行政部" in desk.get(desk.wu, "request", request.number).content.decode()


def test_the_requester_may_not(desk):
    request = desk.submitted()
    assert desk.speak(desk.wu, request, "reject", reason="x").status_code == 403
    assert request.status == "submitted"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.submitted(), "reject", reason="x").status_code == 404


def test_not_once_it_is_graded(desk):
    assert desk.speak(desk.chen, desk.brought_to("graded"), "reject", reason="x").status_code == 409


def test_a_reason_is_needed(desk):
    request = desk.submitted()
    assert desk.speak(desk.chen, request, "reject", reason="").status_code == 422
    assert request.status == "submitted"
