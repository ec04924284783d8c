"""ETag and If-Match: nothing is done to what has moved on since the caller looked."""

import pytest

from houqin.desk.demands.actions import comment_demand, grade_demand
from tests.api.conftest import asks

pytestmark = pytest.mark.engine
GRADE = "/demands/{number}/actions/grade"


@pytest.fixture
def chen(cast, program):
    return program(cast.chen)


@pytest.fixture
def seen(cast, chen):
    """(where to grade it, the tag under which it was read)."""
    demand = cast.submit()
    return demand, GRADE.format(number=demand.number), chen.get(f"/demands/{demand.number}")["ETag"]


def grade(chen, where, tag, **more):
    return chen.post(where, {"grade": "routine"}, headers={"If-Match": tag}, **more)


def test_what_was_seen_is_acted_on_and_has_another_tag_afterwards(cast, chen, seen):
    demand, where, tag = seen
    assert tag == 'W/"0"'
    answer = grade(chen, where, tag)
    assert answer.status_code == 200
    assert answer["ETag"] != tag
    assert answer["ETag"] == chen.get(f"/demands/{demand.number}")["ETag"]


def test_what_has_moved_on_since_is_let_be(cast, chen, seen):
    demand, where, tag = seen
    grade_demand(cast.chen, demand, grade="important")
    answer = grade(chen, where, tag)
    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    assert "重新读取" in answer.json()["detail"]
    assert chen.get(where, headers={"If-Match": tag}).status_code == 412
    demand.refresh_from_db()
    assert demand.grade == "important"


@pytest.mark.parametrize("tag", ["*", '"0"', 'W/"7", W/"0"'])
def test_any_form_that_names_the_step_will_do(chen, seen, tag):
    assert grade(chen, seen[1], tag).status_code == 200


@pytest.mark.parametrize("tag", ['W/"7"', "nonsense", '""', ""])
def test_what_names_another_step_or_none_will_not(chen, seen, tag):
    assert grade(chen, seen[1], tag).status_code == 412


def test_what_is_only_said_moves_nothing(cast, chen, seen):
    demand, where, tag = seen
    comment_demand(cast.wu, demand, text="快一点")
    assert grade(chen, where, tag).status_code == 200


def test_sent_again_with_its_key_it_is_answered_alike_although_it_has_moved_on(chen, seen):
    first, again = (grade(chen, seen[1], seen[2], key="k1") for _nth in range(2))
    assert (
        (again.status_code, again["ETag"])
        == (first.status_code, first["ETag"])
        == (200, first["ETag"])
    )


def test_an_order_is_tagged_too(cast, program):
    order = cast.order()
    wang = program(cast.wang)
    tag = wang.get(f"/orders/{order.number}")["ETag"]
    where = f"/orders/{order.number}/actions/accept"
    accepted = wang.post(where, headers={"If-Match": tag})
    assert accepted.status_code == 200
    assert wang.post(where, headers={"If-Match": tag}).status_code == 412
    assert wang.post(where, headers={"If-Match": accepted["ETag"]}).status_code == 409


def test_what_is_new_is_raised_as_before(cast, program):
    assert (
        program(cast.wu).post("/demands", asks(cast), headers={"If-Match": "*"}).status_code == 201
    )
