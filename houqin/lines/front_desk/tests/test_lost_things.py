"""The rules of lost things: claimed by a colleague, compared by the desk, kept as long as the law says."""

import pytest

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.timekeeping import turned_to
from houqin.lines.front_desk import samples
from houqin.lines.front_desk.access import RUNS_DESK
from houqin.lines.front_desk.actions import (
    claim_lost_thing,
    dispose_lost_thing,
    hand_over_lost_thing,
    keep_on_lost_thing,
)
from houqin.lines.front_desk.models import LostThing
from houqin.platform.notices.models import Notice
from houqin.ui.today import TODAY, TodayPart, TodayRow
from tests.cast import later

MARKS = "伞柄有贴纸"


def told(person):
    return [notice.event.name for notice in Notice.objects.filter(user=person).order_by("pk")]


def test_a_lost_thing_is_claimed_compared_and_handed_over_with_a_signature(cast, clerk, as_user):
    thing = samples.lost_thing(cast)
    url = thing.get_absolute_url()
    assert MARKS not in as_user(cast.wu).get(url).content.decode()
    assert as_user(cast.wu).post(f"{url}claim/", {"note": "柄上有笑脸"}).status_code == 302
    assert told(clerk) == ["lost_thing.claimed"]
    assert as_user(cast.meng).get(url).status_code == 404  # it is not looking for an owner now
    page = as_user(clerk).get(url).content.decode()
    assert MARKS in page
    assert "柄上有笑脸" in page
    assert "请失主签名" in as_user(clerk).post(f"{url}hand_over/").content.decode()
    hand_over_lost_thing(clerk, LostThing.objects.get(), name="吴工")
    thing.refresh_from_db()
    assert (thing.status, thing.signed_name) == ("handed_over", "吴工")
    assert told(cast.wu) == ["lost_thing.handed_over"]


def test_who_is_not_the_owner_is_told_and_the_next_one_learns_nothing(cast, clerk, as_user):
    thing = samples.lost_thing(cast)
    claim_lost_thing(cast.meng, thing, note="柄上有笑脸")
    with pytest.raises(NotAllowed):
        hand_over_lost_thing(cast.meng, thing, name="孟工")
    keep_on_lost_thing(clerk, thing, reason="说不出贴纸的颜色")
    assert told(cast.meng) == ["lost_thing.kept_on"]
    assert (thing.status, thing.owner, thing.claim_note) == ("found", None, "")
    assert "柄上有笑脸" not in as_user(cast.wu).get(thing.get_absolute_url()).content.decode()


def test_nothing_is_disposed_of_before_the_year_of_the_law(cast, clerk):
    thing = samples.lost_thing(cast)
    with turned_to(later(days=364)), pytest.raises(Refused, match="2027-11-23"):
        dispose_lost_thing(clerk, thing, reason="捐赠")
    with turned_to(later(days=365)):
        dispose_lost_thing(clerk, thing, reason="捐赠")
    assert thing.status == "disposed"


def test_the_desk_sees_today_what_each_domain_adds_for_its_own_places(cast, clerk, as_user):
    samples.parcel(cast)
    samples.parcel(cast, place=cast.far_room, tracking_number="FAR0001")
    samples.lost_thing(cast)
    asked = []

    def rows(user, roles, at):
        asked.append((user, roles))
        return [TodayRow("消防检查", "十点到大厅")]

    TODAY.register(TodayPart("toy", "别处加的", 5, rows, "front_desk:parcels"))
    try:
        page = as_user(clerk).get("/front-desk/").content.decode()
    finally:
        TODAY.remove("toy")
    for words in ("别处加的", "十点到大厅", "SF1234567890", "黑色雨伞"):
        assert words in page
    assert "FAR0001" not in page
    assert asked == [(clerk, RUNS_DESK)]
    assert as_user(cast.wu).get("/front-desk/").status_code == 403
