import pytest

from houqin.desk.demands import actions
from houqin.work.orders.actions import accept_order, finish_order, start_order


@pytest.fixture
def being_done(desk):
    """An urgent one that was dispatched while its review still runs."""
    demand = desk.submitted(claimed="urgent")
    actions.dispatch_demand(desk.zhao, demand, executor=desk.wang)
    return demand


def test_an_urgent_one_is_reviewed_while_it_is_being_done(desk, being_done):
    answer = desk.speak(desk.chen, being_done, "confirm", grade="important")
    assert answer.status_code == 302
    assert (being_done.status, being_done.grade) == ("dispatched", "important")
    assert being_done.graded_at is not None


def test_the_duty_officer_may_not_review(desk, being_done):
    assert desk.speak(desk.zhao, being_done, "confirm", grade="urgent").status_code == 403
    assert being_done.graded_at is None


def test_others_do_not_see_it(desk, being_done):
    assert desk.speak(desk.far, being_done, "confirm", grade="urgent").status_code == 404


def test_what_is_graded_already_is_not_confirmed(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.chen, demand, "confirm", grade="urgent").status_code == 409


def test_a_grade_has_to_be_chosen(desk, being_done):
    assert desk.speak(desk.chen, being_done, "confirm", grade="").status_code == 422


def test_what_was_done_in_time_is_never_shown_as_late(desk, being_done, clock, seeds):
    accept_order(desk.wang, desk.order(being_done))
    start_order(desk.wang, desk.order(being_done))
    pictures = {"before": [seeds.photo()], "after": [seeds.photo()]}
    finish_order(desk.wang, desk.order(being_done), result="好了", **pictures)
    clock.shift(6 * 3600)
    page = desk.get(desk.chen, "demand_verb", being_done.number, "confirm").content.decode()
    assert "已超" not in page
