"""Raising, following, doing and accepting by program: the same rules as on the pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User
from houqin.platform.files.models import Attachment
from houqin.work.orders import actions as work
from tests.api.conftest import asks, wrong_fields
from tests.cast import NOW, later, picture

pytestmark = pytest.mark.engine


def test_the_catalogue_tells_what_can_be_asked_for_and_which_fields_that_takes(program, cast):
    wu = program(cast.wu, "demands:read")
    codes = {entry["code"] for shelf in wu.get("/catalogue").json() for entry in shelf["entries"]}
    assert "hvac" in codes
    fields = wu.get("/catalogue/pest").json()["fields"]
    assert {"place", "title", "claimed", "ask_kind", "photos"} <= fields["properties"].keys()
    assert "channel" not in fields["properties"]
    assert wu.get("/catalogue/nothing").status_code == 404


def test_a_request_that_is_raised_here_came_by_the_api(program, cast):
    answer = program(cast.wu).post("/demands", asks(cast, wanted_at="2026-11-24T10:00:00+08:00"))
    assert answer.status_code == 201
    created = Demand.objects.get()
    assert answer["Location"] == f"/api/v1/demands/{created.number}"
    assert {"withdraw", "comment"} <= set(answer.json()["actions"])
    assert (created.channel, created.requester, created.place) == ("api", cast.wu, cast.room)
    assert created.wanted_at == later(hours=23, minutes=36)
    assert created.answers == {"flowing": True}
    assert created.phone == cast.wu.phone  # what is left out stays as the page offers it


def test_the_desk_raises_it_for_somebody_and_nobody_else_does(program, cast):
    User.objects.filter(pk=cast.wu.pk).update(name="Wu Gong")  # a name of two words is one name
    answer = program(cast.chen).post("/demands", asks(cast, caller="Wu Gong"))
    assert answer.status_code == 201
    created = Demand.objects.get()
    assert (created.requester, created.raised_by, created.channel) == (cast.wu, cast.chen, "api")
    assert created.phone == cast.wu.phone
    answer = program(cast.chen).post("/demands", asks(cast, caller="张三丰"))
    assert "没有找到“张三丰”" in answer.content.decode()
    assert wrong_fields(program(cast.wu).post("/demands", asks(cast, caller="meng"))) == {"caller"}
    assert Demand.objects.count() == 1


def test_it_may_come_as_a_form_with_photos(program, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    answer = program(cast.wu).post(
        "/demands", **asks(cast), photos=[picture(), picture("b.jpg", "red")]
    )
    assert answer.status_code == 201
    shown = program(cast.wu).get(f"/demands/{answer.json()['number']}").json()
    assert [file["mime"] for file in shown["files"]] == ["image/jpeg", "image/jpeg"]
    url = shown["files"][0]["url"].removeprefix("/api/v1")
    assert program(cast.wu).get(url)["Content-Type"] == "image/jpeg"
    assert program(cast.meng).get(url).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"entry": "nothing"}, "entry"),
        ({"place": "no such place"}, "place"),
        ({"place": "1"}, "place"),  # a key of the database is no code
        ({"place": 1}, "place"),
        ({"title": ""}, "title"),
        ({"title": 5}, "title"),
        ({"title": None}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"claimed": "at once"}, "claimed"),
        ({"wanted_at": "tomorrow"}, "wanted_at"),
        ({"photos": ["x"]}, "photos"),
        ({"tilte": "typed wrong"}, "tilte"),
        ({"channel": "hotline"}, "channel"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_raised(program, cast, change, field):
    answer = program(cast.wu).post("/demands", asks(cast, **change))
    assert answer.status_code == 422
    assert field in wrong_fields(answer)
    assert not Demand.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ('{"title": NaN}', 400), ('"\\ud800"', 400), ("[1]", 422), ('{"a":' * 9999, 400)],
)
def test_what_is_no_object_is_refused(program, cast, body, status):
    assert program(cast.wu).post("/demands", body).status_code == status


def test_another_kind_of_body_is_refused(program, cast):
    wu = program(cast.wu)
    answer = wu.client.post("/api/v1/demands", "a: b", content_type="text/yaml", headers=wu.headers)
    assert answer.status_code == 415


def test_one_sees_by_program_what_one_sees_on_the_pages(program, cast):
    hers = cast.submit()
    assert program(cast.meng).get("/demands").json()["items"] == []
    assert program(cast.meng).get(f"/demands/{hers.number}").status_code == 404
    assert [row["number"] for row in program(cast.chen).get("/demands").json()["items"]] == [
        hers.number
    ]


def test_a_request_tells_its_clocks_with_the_explanation_its_thread_and_its_orders(program, cast):
    order = cast.order()
    told = program(cast.wu).get(f"/demands/{order.subject.number}").json()
    kinds = [clock["kind"] for clock in told["clocks"]]
    assert sorted(kinds) == ["handling", "response", "review"]
    handling = told["clocks"][kinds.index("handling")]
    assert (handling["promised"], handling["unit"], handling["result"]) == (
        5,
        "working_days",
        "running",
    )
    assert handling["explanation"][-1]["kind"] == "due"
    assert told["thread"][0]["event"] == "demand.submitted"
    assert told["orders"] == [
        {
            "number": order.number,
            "title": order.title,
            "status": "offered",
            "doer": "王师傅",
            "open": False,
        }
    ]
    clocks = program(cast.wu).get(f"/demands/{order.subject.number}/clocks").json()
    assert clocks == told["clocks"]


def test_inner_notes_are_told_to_those_who_run_the_service(program, cast):
    demand = cast.submit()
    chen, wu = program(cast.chen), program(cast.wu)
    text = chen.post(
        f"/demands/{demand.number}/actions/comment", {"text": "先看预算", "inner": True}
    )
    assert text.status_code == 200
    notes = {who: who.get(f"/demands/{demand.number}").json()["thread"] for who in (chen, wu)}
    assert [note["note"] for note in notes[chen] if note["inner"]] == ["先看预算"]
    assert "先看预算" not in str(notes[wu])
    answer = wu.post(f"/demands/{demand.number}/actions/comment", {"text": "x", "inner": True})
    assert wrong_fields(answer) == {"inner"}  # a field that this caller is not asked


def test_a_verb_is_done_refused_by_role_by_state_and_for_its_form(program, cast):
    demand = cast.submit()
    grade = f"/demands/{demand.number}/actions/grade"
    chen = program(cast.chen)
    assert program(cast.wu).post(grade, {"grade": "routine"}).status_code == 403
    assert program(cast.meng).post(grade, {"grade": "routine"}).status_code == 404
    assert wrong_fields(chen.post(grade, {})) == {"grade"}
    done = chen.post(grade, {"grade": "important", "note": "会议室要用"})
    assert (done.status_code, done.json()["status"]) == (200, "graded")
    assert "dispatch" in done.json()["actions"]
    assert chen.post(grade, {"grade": "routine"}).status_code == 409
    assert chen.post(f"/demands/{demand.number}/actions/orders_done").status_code == 404


def test_what_an_action_asks_for_is_told_with_the_choices_of_the_moment(program, cast):
    demand = cast.graded()
    told = program(cast.chen).get(f"/demands/{demand.number}/actions/dispatch").json()
    member = f"member-{cast.team.crew.get(user=cast.wang).pk}"
    assert member in told["fields"]["properties"]["to"]["enum"]
    answer = program(cast.chen).post(
        f"/demands/{demand.number}/actions/dispatch", {"to": member, "title": "检修"}
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "dispatched")


def test_from_raising_to_the_signature_without_a_page(program, cast):
    wu, chen, wang = (program(who) for who in (cast.wu, cast.chen, cast.wang))
    answers = {"entry": "other_repair", "place": "BJ-2", "title": "吊顶松了", "claimed": "routine"}
    number = wu.post("/demands", answers).json()["number"]
    chen.post(f"/demands/{number}/actions/grade", {"grade": "routine"})
    member = f"member-{cast.team.crew.get(user=cast.wang).pk}"
    chen.post(f"/demands/{number}/actions/dispatch", {"to": member, "title": "检修"})
    (order,) = wang.get("/orders").json()["items"]
    for verb, body in {
        "accept": {},
        "start": {},
        "finish": {
            "result": "换滤网",
            "materials": [{"name": "滤网", "quantity": 2, "unit": "张", "price": 15.5}],
        },
    }.items():
        answer = wang.post(f"/orders/{order['number']}/actions/{verb}", body)
        assert answer.status_code == 200, answer.content
    told = wang.get(f"/orders/{order['number']}").json()
    assert told["materials"] == [{"name": "滤网", "quantity": 2.0, "unit": "张", "price_fen": 1550}]
    assert wrong_fields(wu.post(f"/demands/{number}/actions/sign", {})) == {"signature"}
    stars = {"speed": 5, "attitude": 5, "solution": 4}
    signed = wu.post(f"/demands/{number}/actions/sign", {"signature": {"name": "吴工"}, **stars})
    assert (signed.status_code, signed.json()["status"]) == (200, "closed")
    told = wu.get(f"/demands/{number}").json()
    assert (told["acceptances"][0]["signed_name"], told["rating"]["solution"]) == ("吴工", 4)


def test_photos_go_with_the_verb_that_takes_them(program, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    order = cast.order(photos=True)
    work.accept_order(cast.wang, order)
    work.start_order(cast.wang, order)
    wang, where = program(cast.wang), f"/orders/{order.number}/actions"
    assert wang.get(f"{where}/finish").json()["blocked"]
    sent = wang.post(
        f"{where}/finish", result="好了", before=[picture()], after=[picture("b.jpg", "red")]
    )
    assert sent.status_code == 200, sent.content
    assert {attachment.tag for attachment in Attachment.objects.of(order)} == {"before", "after"}


def test_a_list_is_read_to_its_end_by_next_and_no_row_is_told_twice(program, cast):
    created = {cast.submit(at=later(minutes=nth)).number for nth in range(7)}
    chen, cursor, told = program(cast.chen), "", []
    while True:
        page = chen.get("/demands", view="open", limit=3, cursor=cursor).json()
        told += [row["number"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(told) == 7
    assert set(told) == created


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"view": "x"}, "view"), ({"grade": "x"}, "grade"), ({"cursor": "x"}, "cursor"),
        ({"limit": 101}, "limit"), ({"limit": "x"}, "limit"), ({"page": 2}, "page"),
    ],
)  # fmt: skip
def test_a_parameter_that_means_nothing_is_refused(program, cast, query, field):
    answer = program(cast.chen).get("/demands", **query)
    assert answer.status_code == 422
    assert wrong_fields(answer) == {field}


def test_the_filters_of_the_page_are_those_of_the_list(program, cast):
    cast.submit(grade="urgent")
    cast.submit()
    assert len(program(cast.chen).get("/demands", grade="urgent").json()["items"]) == 1
    assert len(program(cast.chen).get("/demands", q="空调 502").json()["items"]) == 2
    assert program(cast.chen).get("/demands", q="没有的").json()["items"] == []


@pytest.mark.parametrize(
    "path", ["/demands", "/orders", "/places", "/people", "/deliveries?view=waiting"]
)
def test_a_list_costs_the_same_whatever_its_length(program, cast, path):
    lin = program(cast.lin)
    cast.order()

    def spent():
        lin.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lin.client.get(f"/api/v1{path}", headers=lin.headers).json()["items"] is not None
        return len(queries)

    before = spent()
    for nth in range(4):
        cast.order(at=NOW, title=f"{nth}")
        cast.person(f"p{nth}", "某人", cast.lab)
    assert spent() == before


def test_one_request_costs_the_same_whatever_its_history(program, cast):
    order, wu = cast.order(), program(cast.wu)
    number = order.subject.number

    def spent():
        with CaptureQueriesContext(connection) as queries:
            assert wu.get(f"/demands/{number}").status_code == 200
        return len(queries)

    spent()
    before = spent()
    for _nth in range(4):
        wu.post(f"/demands/{number}/actions/comment", {"text": "怎么样了"})
    assert spent() == before
