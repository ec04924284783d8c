def test_it_ends_with_the_reason(desk):
    demand = desk.submitted()
    assert desk.speak(desk.lin, demand, "reject", reason="请找行政部").status_code == 302
    assert demand.status == "rejected"
    assert not demand.clocks.filter(result="running").exists()
    assert "请找行政部" in desk.get(desk.wu, "demand", demand.number).content.decode()


def test_the_requester_may_not(desk):
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "reject", reason="x").status_code == 403
    assert demand.status == "submitted"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.submitted(), "reject", reason="x").status_code == 404


def test_not_once_it_is_graded(desk):
    assert desk.speak(desk.chen, desk.brought_to("graded"), "reject", reason="x").status_code == 409


def test_a_reason_is_needed(desk):
    demand = desk.submitted()
    assert desk.speak(desk.chen, demand, "reject", reason="").status_code == 422
    assert demand.status == "submitted"
