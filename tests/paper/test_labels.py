"""Labels for places: what their codes say is read back from the page as a camera would."""

import pytest

from houqin.desk.channels.labels import label_url
from houqin.kernel.places.actions import add_place
from houqin.platform.paper.labels import SHEETS
from tests.effort import times
from tests.paper.reading import codes, pages, words


@pytest.fixture
def floor(cast, settings):
    """Thirty rooms of one building."""
    settings.SITE_URL = "https://houqin.example.org"
    floor = add_place(cast.building, kind="floor", name="6 层", code="BJ-2-6")
    return [
        add_place(floor, kind="room", name=f"6{nth:02}", code=f"BJ-2-6{nth:02}")
        for nth in range(1, 31)
    ]


def sheet(client, place, **answers):
    answers = {"place": place.pk, "kinds": ["room"], "sheet": "a4-3x8"} | answers
    return client.get("/labels/sheet/", answers)


def test_every_code_of_a_printed_sheet_opens_the_page_of_its_place(cast, as_user, floor):
    answer = sheet(as_user(cast.chen), cast.building)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    wanted = {label_url(place) for place in [cast.room, *floor]}
    assert {*codes(answer.content, 0), *codes(answer.content, 1)} == wanted
    assert pages(answer.content) == 2  # thirty-one of twenty-four each
    text = words(answer.content)
    assert "扫码报修" in text
    assert all(place.label in text and place.name in text for place in floor)


@pytest.mark.parametrize("size", SHEETS)
def test_a_code_can_be_read_on_every_paper(cast, as_user, floor, size):
    answer = sheet(as_user(cast.li), cast.room, sheet=size)
    assert codes(answer.content) == [label_url(cast.room)]


def test_a_used_sheet_goes_on_where_it_is_still_empty(cast, as_user, floor):
    assert pages(sheet(as_user(cast.chen), cast.building, skip=17).content) == 2
    assert pages(sheet(as_user(cast.chen), cast.building, skip=18).content) == 3


def test_the_code_leads_to_the_place_without_an_account(cast, client, as_user, floor, settings):
    address = codes(sheet(as_user(cast.chen), cast.room).content)[0].removeprefix(settings.SITE_URL)
    client.logout()
    assert "502" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"kinds": []}, "至少选一种"),
        ({"kinds": ["outdoor"]}, "没有这几种"),
        ({"skip": "99"}, ""),
        ({"sheet": "x"}, ""),
    ],
)
def test_what_cannot_be_printed_is_said_on_the_form(cast, as_user, answers, told):
    answer = sheet(as_user(cast.chen), cast.building, **answers)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_only_those_who_run_the_place_print_its_codes(cast, as_user):
    for who in ("wu", "wang", "xu"):
        assert as_user(getattr(cast, who)).get("/labels/").status_code == 403
        assert sheet(as_user(getattr(cast, who)), cast.room).status_code == 403
    assert sheet(as_user(cast.qin), cast.room).status_code == 403  # leads another campus
    assert sheet(as_user(cast.li), cast.room).status_code == 200


def test_many_labels_fill_their_sheets(cast, as_user):
    rooms = times(48, most=240)
    for nth in range(rooms):
        add_place(cast.building, kind="room", name=f"{nth}", code=f"R{nth}")
    client = as_user(cast.chen)
    answer = sheet(client, cast.near)
    assert pages(answer.content) == rooms // 24 + 1  # and room 502
