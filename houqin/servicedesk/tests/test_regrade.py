def test_the_due_time_moves_and_the_reason_is_kept(desk):
    request = desk.brought_to("working")
    before = request.clocks.get(kind="handling").due_at
    answer = desk.speak(desk.chen, request, "regrade", grade="important", reason="下午有客户")
    assert answer.status_code == 302
    assert request.grade == "important"
    assert request.clocks.get(kind="handling").due_at < before
    assert desk.told(request)[-1] == "request.regraded"


def test_the_requester_may_not(desk):
    request = desk.brought_to("working")
    assert desk.speak(desk.wu, request, "regrade", grade="urgent", reason="x").status_code == 403
    assert request.grade == "routine"


def test_others_do_not_see_it(desk):
    request = desk.brought_to("working")
    assert desk.speak(desk.far, request, "regrade", grade="urgent", reason="x").status_code == 404


def test_not_before_the_review(desk):
    assert desk.speak(desk.chen, desk.submitted(), "regrade", grade="urgent", reason="x").status_code == 409


def test_a_reason_and_another_grade_are_needed(desk):
    request = desk.brought_to("working")
    answer = desk.speak(desk.chen, request, "regrade", grade="routine", reason="")
    assert answer.status_code == 422
    assert "现在就是这一级" in answer.content.decode()
    assert "请写明原因" in answer.content.decode()
