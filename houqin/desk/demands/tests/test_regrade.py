def test_the_due_time_moves_and_the_reason_is_kept(desk):
    demand = desk.brought_to("working")
    before = demand.clocks.get(kind="handling").due_at
    answer = desk.speak(desk.chen, demand, "regrade", grade="important", reason="下午有客户")
    assert answer.status_code == 302
    assert demand.grade == "important"
    assert demand.clocks.get(kind="handling").due_at < before
    assert desk.told(demand)[-1] == "demand.regraded"


def test_the_requester_may_not(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.wu, demand, "regrade", grade="urgent", reason="x").status_code == 403
    assert demand.grade == "routine"


def test_others_do_not_see_it(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.far, demand, "regrade", grade="urgent", reason="x").status_code == 404


def test_not_before_the_review(desk):
    assert (
        desk.speak(desk.chen, desk.submitted(), "regrade", grade="urgent", reason="x").status_code
        == 409
    )


def test_a_reason_and_another_grade_are_needed(desk):
    demand = desk.brought_to("working")
    answer = desk.speak(desk.chen, demand, "regrade", grade="routine", reason="")
    assert answer.status_code == 422
    assert "现在就是这一级" in answer.content.decode()
    assert "请写明原因" in answer.content.decode()
