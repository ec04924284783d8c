from houqin.kernel.clock.models import Clock


def test_the_coordinator_grades_it_and_the_clocks_follow(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.chen, demand, "grade", grade="important", note="影响会议")
    assert answer.status_code == 302
    assert answer.url == demand.get_absolute_url()
    assert (demand.status, demand.grade, demand.claimed) == ("graded", "important", "routine")
    assert demand.clocks.get(kind="review").result == Clock.Result.MET
    assert demand.clocks.get(kind="handling").amount == 48
    assert desk.told(demand)[-1] == "demand.graded"


def test_htmx_is_sent_on_by_a_header(desk):
    demand = desk.submitted()
    desk.client.force_login(desk.lin)
    address = f"{demand.get_absolute_url()}grade/"
    answer = desk.client.post(address, {"grade": "urgent"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == demand.get_absolute_url()


def test_where_to_go_on_to_fits_into_a_header(desk):
    demand = desk.submitted()
    desk.client.force_login(desk.lin)
    asked = {"grade": "urgent", "next": "/demands/?q=空调\nX: y"}
    answer = desk.client.post(
        f"{demand.get_absolute_url()}grade/", asked, headers={"HX-Request": "true"}
    )
    assert answer["HX-Redirect"] == "/demands/?q=%E7%A9%BA%E8%B0%83%0AX:%20y"


def test_each_grade_shows_its_due_times_before_one_is_chosen(desk, clock):
    demand = desk.submitted()
    clock.shift(3 * 3600)  # 13:24: two hours from 10:24 are over, four are not
    page = desk.get(desk.chen, "demand_verb", demand.number, "grade").content.decode()
    assert "今天 12:24 已超" in page
    assert "今天 14:24" in page
    assert "今天 14:24 已超" not in page
    assert "服务标准 2026 版" in page


def test_the_requester_may_not_grade(desk):
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "grade", grade="urgent").status_code == 403
    assert demand.status == "submitted"


def test_the_coordinator_of_another_campus_does_not_see_it(desk):
    demand = desk.submitted()
    assert desk.speak(desk.west, demand, "grade", grade="urgent").status_code == 404
    assert demand.status == "submitted"


def test_it_is_graded_once(desk):
    demand = desk.brought_to("graded")
    assert desk.speak(desk.chen, demand, "grade", grade="urgent").status_code == 409
    assert demand.grade == "routine"


def test_a_grade_has_to_be_chosen(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.chen, demand, "grade")
    assert answer.status_code == 422
    assert "请选择分级" in answer.content.decode()
    assert demand.status == "submitted"


def test_an_unknown_grade_is_no_grade(desk):
    assert desk.speak(desk.chen, desk.submitted(), "grade", grade="critical").status_code == 422
