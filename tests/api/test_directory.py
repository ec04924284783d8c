import pytest

pytestmark = pytest.mark.engine


def test_people_are_found_by_those_who_run_the_service_and_nobody_tells_a_phone(program, cast):
    results = program(cast.chen).get("/people", q="王").json()
    assert results["items"] == [
        {"username": "wang", "name": "王师傅", "department": "后勤服务中心"}
    ]
    alone = program(cast.wu).get("/people").json()
    assert [row["username"] for row in alone["items"]] == ["wu"]


def test_places_are_narrowed_by_kind_by_what_is_above_and_by_words(program, cast):
    wu = program(cast.wu)
    assert len(wu.get("/places").json()["items"]) == 5
    assert [row["code"] for row in wu.get("/places", kind="building").json()["items"]] == ["BJ-2"]
    assert [row["code"] for row in wu.get("/places", within="CX").json()["items"]] == [
        "CX",
        "CX-215",
    ]
    assert [row["code"] for row in wu.get("/places", q="502").json()["items"]] == ["BJ-2-502"]
    first = wu.get("/places", limit=3).json()
    rest = wu.get("/places", limit=3, cursor=first["next"]).json()
    assert len(first["items"] + rest["items"]) == 5
    assert rest["next"] == ""
    assert wu.get("/places", cursor="９").status_code == 422
