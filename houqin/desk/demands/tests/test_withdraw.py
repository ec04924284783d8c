def test_the_requester_takes_it_back(desk):
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "withdraw", reason="自己好了").status_code == 302
    assert demand.status == "cancelled"
    assert desk.told(demand)[-1] == "demand.withdrawn"


def test_no_reason_has_to_be_given(desk):
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "withdraw").status_code == 302


def test_nobody_else_may(desk):
    demand = desk.submitted()
    assert desk.speak(desk.chen, demand, "withdraw").status_code == 403
    assert demand.status == "submitted"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.submitted(), "withdraw").status_code == 404


def test_not_once_somebody_is_on_the_way(desk):
    demand = desk.brought_to("dispatched")
    assert desk.speak(desk.wu, demand, "withdraw").status_code == 409


def test_a_reason_has_an_end(desk):
    assert desk.speak(desk.wu, desk.submitted(), "withdraw", reason="长" * 301).status_code == 422
