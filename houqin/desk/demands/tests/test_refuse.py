from houqin.work.orders.models import WorkOrder


def test_the_same_people_get_the_rework_and_a_second_clock_runs(desk):
    demand = desk.brought_to("done")
    assert desk.speak(desk.wu, demand, "refuse", reason="还在滴水").status_code == 302
    assert (demand.status, demand.round) == ("dispatched", 2)
    rework = desk.order(demand)
    assert (rework.executor, rework.rework_of) == (desk.wang, WorkOrder.objects.of(demand).first())
    assert [clock.result for clock in demand.clocks.filter(kind="handling").order_by("round")] == [
        "met",
        "running",
    ]
    page = desk.get(desk.wu, "demand", demand.number).content.decode()
    assert "还在滴水" in page
    assert "第 2 轮" in page


def test_the_executor_may_not(desk):
    demand = desk.brought_to("done")
    assert desk.speak(desk.wang, demand, "refuse", reason="x").status_code == 403
    assert demand.status == "done"


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.brought_to("done"), "refuse", reason="x").status_code == 404


def test_not_what_is_signed_for(desk):
    assert desk.speak(desk.wu, desk.brought_to("accepted"), "refuse", reason="x").status_code == 409


def test_a_reason_is_needed(desk):
    demand = desk.brought_to("done")
    assert desk.speak(desk.wu, demand, "refuse", reason="").status_code == 422
    assert demand.round == 1
