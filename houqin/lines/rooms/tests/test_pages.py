"""The pages: the grid and its privacy, the form with a series, the door, the use."""

import re
from datetime import timedelta

import pytest

from houqin.kernel.people.actions import grant_role
from houqin.kernel.timekeeping import turned_to
from houqin.lines.rooms.actions import DOOR_LINK, check_in, end_early
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.policies import TIDYING
from houqin.lines.rooms.reports import use_of_rooms
from houqin.lines.rooms.samples import at, door, room
from houqin.lines.rooms.sweeps import finish_meetings, release_no_shows
from houqin.lines.rooms.tests.test_booking import book, hall_of
from houqin.platform.files.models import Attachment
from houqin.shared.links.actions import revoke_links
from houqin.ui.today import TODAY
from tests.cast import NOW, picture
from tests.policies import put


def ask_for(where, **more):
    """What the form sends: tomorrow from 14 to 15."""
    day = at(14, days=1)
    return {
        "room": where.code, "day": f"{day:%Y-%m-%d}", "starts": "14:00", "ends": "15:00",
        "subject": "周会", "people": "4", "on_rest_days": "skip",
    } | more  # fmt: skip


def text(answer):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", answer.content.decode()))


def test_a_free_slot_of_the_grid_leads_to_the_form_filled_in(cast, as_user):
    room(cast)
    page = as_user(cast.wu).get("/rooms/?day=2026-11-24").content.decode()
    slot = re.search(r'href="(/rooms/new/[^"]*starts=09:30[^"]*)"', page)
    form = as_user(cast.wu).get(slot[1].replace("&amp;", "&")).content.decode()
    assert 'value="2026-11-24"' in form
    assert 'value="09:30"' in form
    assert '<option value="R1" selected>' in form


def test_others_see_who_has_a_room_and_not_what_for(cast, as_user):
    hall, east, _west = hall_of(cast)
    book(cast.wu, east, 14, 15, subject="绝密收购")
    own, other = (text(as_user(who).get("/rooms/")) for who in (cast.wu, cast.meng))
    assert "绝密收购" in own
    assert "绝密收购" not in other
    assert other.count("吴工") == 1
    assert "东厅已订" in other  # on the lane of the hall
    assert hall.name in other


def test_the_grid_asks_as_much_for_many_rooms_as_for_few(
    cast, as_user, django_assert_max_num_queries
):
    client = as_user(cast.wu)
    for nth in range(12):
        book(cast.meng, room(cast, f"{nth} 号"), 14, 15)
    with django_assert_max_num_queries(40):
        client.get("/rooms/")


def test_a_week_of_one_room(cast, as_user):
    where = room(cast)
    book(cast.wu, where, 14, 15, days=2, subject="周三的会")
    page = text(as_user(cast.wu).get(f"/rooms/?span=week&room={where.code}&day=2026-11-23"))
    assert "周三的会" in page
    assert "11-29" in page


def test_a_room_that_is_taken_offers_to_stand_in_line(cast, as_user):
    where = room(cast)
    book(cast.meng, where, 14, 15, days=1)
    client = as_user(cast.wu)
    answer = client.post("/rooms/new/", ask_for(where))
    assert answer.status_code == 422
    assert "排队等这间" in text(answer)
    assert client.post("/rooms/new/", ask_for(where, wait="1")).status_code == 302
    assert Meeting.objects.get(organiser=cast.wu).status == "waiting"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends": "13:00"}, "结束时间要晚于开始时间"),
        ({"people": "50"}, "坐 12 人"),
        ({"emails": "wu@x.example 不是邮箱"}, "不是邮箱"),
        ({"repeat": "weekly"}, "请选第一天之后一年以内的日期"),
        ({"day": "2026-11-28"}, "休息日"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, as_user, more, words):
    answer = as_user(cast.wu).post("/rooms/new/", ask_for(room(cast), **more))
    assert answer.status_code == 422
    assert words in text(answer)


def test_a_series_shows_its_dates_before_it_is_booked(cast, as_user):
    where = room(cast)
    book(cast.meng, where, 14, 15, days=8)
    client = as_user(cast.wu)
    asked = ask_for(where, repeat="weekly", until="2026-12-15")
    page = client.post("/rooms/new/", asked).content.decode()
    assert Meeting.objects.count() == 1
    seal = re.search(r'name="sure" value="(\w+)"', page)[1]
    dates = re.findall(r'name="dates"\s+value="([\d-]+)" checked', page)
    assert dates == ["2026-11-24", "2026-12-08", "2026-12-15"]
    changed = asked | {"starts": "13:00", "sure": seal, "dates": dates}
    assert client.post("/rooms/new/", changed).status_code == 200  # is shown anew
    taken = asked | {"sure": seal, "dates": ["2026-12-01"]}
    assert "已有" in text(client.post("/rooms/new/", taken))
    client.post("/rooms/new/", asked | {"sure": seal, "dates": dates})
    assert Meeting.objects.filter(organiser=cast.wu, series__isnull=False).count() == 3


def test_free_rooms_are_large_enough_and_nobody_has_them(cast, as_user):
    small, large, _taken = (
        room(cast, capacity=4),
        room(cast, "大", capacity=40),
        room(cast, "满", capacity=20),
    )
    book(cast.wu, _taken, 14, 15, days=1)
    asked = "?day=2026-11-24&starts=14:00&ends=15:00&people=10"
    page = text(as_user(cast.meng).get(f"/rooms/free/{asked}"))
    assert large.name in page
    assert small.name not in page


def test_the_time_for_tidying_is_offered_to_nobody(cast, as_user):
    put(TIDYING, 30)
    where = room(cast)
    book(cast.wu, where, 15, 16, days=1)
    client = as_user(cast.meng)
    page = client.get("/rooms/?day=2026-11-24").content.decode()
    assert "starts=16:00" not in page
    assert "starts=16:30" in page
    asked = "?day=2026-11-24&starts={}&ends={}&people=4"
    assert where.name not in text(client.get("/rooms/free/" + asked.format("14:00", "15:00")))
    assert where.name in text(client.get("/rooms/free/" + asked.format("13:30", "14:30")))


def test_what_ended_early_leaves_its_rest_free_in_the_grid(cast, as_user):
    meeting = book(cast.wu, room(cast), 14, 16)
    with turned_to(at(14)):
        check_in(cast.wu, meeting)
    with turned_to(at(14.5)):
        end_early(cast.wu, meeting)
        page = as_user(cast.meng).get("/rooms/").content.decode()
    assert "starts=14:30" in page
    assert page.count("rooms__bar ") == 1


def test_the_card_offers_what_may_be_done_and_moves_the_meeting(cast, as_user):
    where = room(cast)
    meeting = book(cast.wu, where, 14, 15, days=1, attendees=[cast.wang])
    address = meeting.get_absolute_url()
    assert as_user(cast.meng).get(address).status_code == 404
    assert "签到从 11-24 13:50 开始" in as_user(cast.wang).get(address).content.decode()
    moved = {"room": where.code, "day": "2026-11-24", "starts": "16:00", "ends": "17:00"}
    assert as_user(cast.wang).post(f"{address}move/", moved).status_code == 403
    assert as_user(cast.wu).post(f"{address}move/", moved).status_code == 302
    assert Meeting.objects.get().starts_at == at(16, days=1)


def test_the_code_at_the_door_checks_in_whoever_is_invited(cast, as_user):
    meeting = book(cast.wu, room(cast), 14, 15, attendees=[cast.wang])
    with turned_to(at(13) + timedelta(minutes=55)):
        assert "没有您要签到的会议" in text(as_user(cast.meng).get("/rooms/R1/check-in/"))
        answer = as_user(cast.wang).post("/rooms/R1/check-in/", {"meeting": meeting.number})
    assert answer.status_code == 302
    assert Meeting.objects.get().status == "running"


def test_the_screen_at_the_door_shows_now_and_next_and_acts_without_an_account(cast, client):
    where = room(cast)
    meeting = book(cast.wu, where, 14, 15, subject="绝密")
    later = book(cast.meng, where, 15, 16)
    address = f"/rooms/door/{door(cast)['token']}/"
    page = text(client.get(address))
    assert "空闲" in page
    assert "到 14:00" in page
    with turned_to(at(14)):
        page = text(client.get(address))
        assert "使用中" in page
        assert "绝密" not in page
        client.post(address, {"meeting": meeting.number, "verb": "check_in"})
        assert client.post(address, {"meeting": later.number, "verb": "cancel"}).status_code == 404
    with turned_to(at(14.5)):
        client.post(address, {"meeting": meeting.number, "verb": "end_early"})
        assert "空闲" in text(client.get(address))
        revoke_links(DOOR_LINK, where, at(14.5))
        assert client.get(address).status_code == 404
    assert Meeting.objects.get(pk=meeting.pk).status == "ended"


def test_the_use_of_rooms_counts_what_was_used_and_what_was_missed(cast, as_user):
    where = room(cast)
    held, missed = book(cast.wu, where, 14, 16), book(cast.meng, where, 16, 17)
    with turned_to(at(14)):
        check_in(cast.wu, held)
    release_no_shows(at(16.25))
    finish_meetings(at(17))
    (use,) = use_of_rooms(cast.lin, at(0).date().replace(day=1), at(20))
    # November 2026 has sixteen working days up to Monday the 23rd, of twelve hours each.
    assert (use.meetings, use.no_shows, use.no_show_rate) == (1, 1, 50)
    assert (use.hours, use.open, use.occupancy) == (2.0, timedelta(hours=16 * 12), 1)
    assert missed.number not in text(as_user(cast.lin).get("/rooms/use/"))
    assert as_user(cast.wu).get("/rooms/use/").status_code == 403


def test_a_front_desk_is_told_who_meets_where_today_and_not_what_about(cast):
    book(cast.wu, room(cast), 14, 15, subject="绝密收购")
    book(cast.wu, room(cast), 9, 10, days=1)
    book(cast.meng, room(cast, "215 会议室", place=cast.far_room), 14, 15)
    grant_role(cast.meng, "duty", place=cast.near)
    (row,) = TODAY["meetings"].rows(cast.meng, {"duty"}, NOW)
    assert (row.title, row.beside, row.url) == ("14:00 201 会议室", f"吴工 {cast.wu.phone}", "")
    (own, _far) = TODAY["meetings"].rows(cast.chen, {"coordinator"}, NOW)
    assert "绝密收购" in own.beside


def test_a_room_is_shown_by_its_photos_and_new_ones_replace_them(cast, as_user, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    where = room(cast)
    meeting = book(cast.wu, where, 14, 15)
    answers = {
        "code": where.code, "name": where.name, "place": where.place_id, "capacity": "12",
        "opens": "08:00", "closes": "20:00",
    }  # fmt: skip
    for photos in ([picture("old.jpg")], [picture("new.jpg", "red")], []):
        more = {"photos": photos} if photos else {}
        answer = as_user(cast.lin).post(f"/rooms/register/{where.pk}/", answers | more)
        assert answer.status_code == 302
    photo = Attachment.objects.of(where).get()
    assert photo.name == "new.jpg"
    for user, path in (
        (cast.wu, meeting.get_absolute_url()), (cast.lin, f"/rooms/register/{where.pk}/")
    ):  # fmt: skip
        assert photo.thumb_url in as_user(user).get(path).content.decode()
    assert as_user(cast.wu).get(photo.thumb_url).status_code == 200
    free = "/rooms/free/?day=2026-11-23&starts=18:00&ends=19:00&people=4"
    assert photo.thumb_url in as_user(cast.wu).get(free).content.decode()
