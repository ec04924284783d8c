def test_its_open_orders_end_with_it(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.chen, demand, "cancel", reason="设备已报废").status_code == 302
    assert demand.status == "cancelled"
    assert desk.order(demand).status == "cancelled"
    assert not demand.clocks.filter(result="running").exists()


def test_the_executor_may_not(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.wang, demand, "cancel", reason="x").status_code == 403
    assert demand.status == "working"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.brought_to("graded"), "cancel", reason="x").status_code == 404


def test_not_what_is_signed_for(desk):
    assert (
        desk.speak(desk.chen, desk.brought_to("accepted"), "cancel", reason="x").status_code == 409
    )


def test_a_reason_is_needed(desk):
    demand = desk.brought_to("graded")
    assert desk.speak(desk.chen, demand, "cancel", reason="").status_code == 422
    assert demand.status == "graded"
