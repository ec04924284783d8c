"""换班: asked, agreed, approved; refused by role, by state and by what would overlap."""

from datetime import timedelta

import pytest

from houqin.kernel.errors import NotAllowed, Refused
from houqin.platform.notices.models import Notice
from houqin.work.roster.models import Shift, Swap
from houqin.work.roster.swapping import agree_swap, approve_swap, ask_swap
from houqin.work.teams.models import Team
from tests.cast import NOW

pytestmark = pytest.mark.engine


def shift(cast, user, day, hour=8, hours=8):
    start = NOW.replace(hour=hour, minute=0) + timedelta(days=day)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=hours)}
    return Shift.objects.create(user=user, place=cast.building, **times)


@pytest.fixture
def week(cast):
    """wang works tomorrow, zhao the day after."""
    cast.mine, cast.theirs = shift(cast, cast.wang, 1), shift(cast, cast.zhao, 2)
    return cast


def speak(client, swap, verb, **data):
    return client.post(f"/roster/swaps/{swap.number}/{verb}/", data)


def told(user):
    return set(Notice.objects.filter(user=user).values_list("event__name", flat=True))


def who_works(*shifts):
    return [Shift.objects.get(pk=each.pk).user.username for each in shifts]


def days_of(user):
    return [each.starts_at.day for each in Shift.objects.filter(user=user).order_by("starts_at")]


def test_a_shift_is_exchanged_once_the_colleague_and_the_lead_have_agreed(week, as_user):
    asked = {"shift": week.mine.pk, "colleague": week.zhao.pk, "back": week.theirs.pk}
    answer = as_user(week.wang).post("/roster/swaps/new/", asked)
    swap = Swap.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/roster/swaps/{swap.number}/")
    assert "swap.asked" in told(week.zhao)
    assert speak(as_user(week.wang), swap, "agree").status_code == 403
    assert speak(as_user(week.zhao), swap, "agree").status_code == 302
    assert (days_of(week.wang), "swap.agreed" in told(week.li)) == ([24], True)
    assert speak(as_user(week.zhao), swap, "approve").status_code == 403
    assert speak(as_user(week.qin), swap, "approve").status_code == 404
    assert speak(as_user(week.li), swap, "approve").status_code == 302
    assert (days_of(week.wang), days_of(week.zhao)) == ([25], [24])
    assert "swap.done" in told(week.wang) & told(week.zhao)
    assert speak(as_user(week.li), swap, "approve").status_code == 409


def test_where_the_team_needs_no_approval_the_lead_is_told(week, as_user):
    Team.objects.update(swaps_need_approval=False)
    swap = ask_swap(week.wang, week.mine, colleague=week.zhao)
    assert speak(as_user(week.zhao), swap, "agree").status_code == 302
    assert who_works(week.mine, week.theirs) == ["zhao", "zhao"]
    assert "swap.done" in told(week.li)


@pytest.mark.parametrize(
    ("verb", "who", "before"),
    [("decline", "zhao", []), ("withdraw", "wang", []), ("refuse", "li", ["agree"])],
)
def test_a_swap_that_comes_to_nothing_leaves_the_roster_as_it_was(week, as_user, verb, who, before):
    swap = ask_swap(week.wang, week.mine, colleague=week.zhao, back=week.theirs)
    for each in before:
        speak(as_user(week.zhao), swap, each)
    if verb != "withdraw":
        assert speak(as_user(getattr(week, who)), swap, verb).status_code == 422
    assert speak(as_user(getattr(week, who)), swap, verb, reason="家里有事").status_code == 302
    assert who_works(week.mine, week.theirs) == ["wang", "zhao"]
    assert speak(as_user(week.zhao), swap, "agree").status_code == 409


def test_shifts_that_overlap_each_other_can_be_exchanged(cast):
    early, late = shift(cast, cast.wang, 1, 7), shift(cast, cast.zhao, 1, 9)
    swap = ask_swap(cast.wang, early, colleague=cast.zhao, back=late)
    agree_swap(cast.zhao, swap)
    approve_swap(cast.li, swap)
    assert [each.starts_at.hour for each in Shift.objects.filter(user=cast.wang)] == [
        1
    ]  # 09:00 in UTC


@pytest.mark.parametrize("wrong", ["overlap", "begun", "twice", "not theirs", "not mine", "nobody"])
def test_a_swap_that_cannot_be_is_refused_when_it_is_asked(week, as_user, wrong):
    asked = {"shift": week.mine.pk, "colleague": week.zhao.pk}
    answer = 409
    if wrong == "overlap":
        shift(week, week.zhao, 1, 12)
    if wrong == "begun":
        asked["shift"], answer = shift(week, week.wang, 0).pk, 422
    if wrong == "twice":
        ask_swap(week.wang, week.mine, colleague=week.zhao)
    if wrong == "not theirs":
        asked["back"], answer = shift(week, week.wang, 3).pk, 422
    if wrong == "not mine":
        asked["shift"], answer = week.theirs.pk, 422
    if wrong == "nobody":
        asked["colleague"], answer = week.li.pk, 422
    assert as_user(week.wang).post("/roster/swaps/new/", asked).status_code == answer


def test_a_roster_that_was_changed_meanwhile_is_not_swapped(week):
    swap = ask_swap(week.wang, week.mine, colleague=week.zhao)
    agree_swap(week.zhao, swap)
    Shift.objects.filter(pk=week.mine.pk).update(user=week.ma)
    with pytest.raises(Refused, match="不再成立"):
        approve_swap(week.li, swap)
    swap.refresh_from_db()


def test_a_shift_that_was_taken_off_the_roster_meanwhile_cannot_be_asked_for(week):
    seen = Shift.objects.get(pk=week.mine.pk)
    week.mine.delete()
    with pytest.raises(Refused, match="刚被他人改过"):
        ask_swap(week.wang, seen, colleague=week.zhao)


def test_everybody_sees_what_waits_for_them(week, as_user):
    swap = ask_swap(week.wang, week.mine, colleague=week.zhao)
    for who, shown in (("zhao", True), ("li", False), ("wang", False)):
        assert (
            swap.number in as_user(getattr(week, who)).get("/roster/swaps/").content.decode()
        ) is shown
    assert as_user(week.wu).get(swap.get_absolute_url()).status_code == 404
    assert as_user(week.zhao).get(swap.get_absolute_url()).status_code == 200


def test_the_action_refuses_what_no_form_offers(week):
    with pytest.raises(NotAllowed, match="只能换自己的班"):
        ask_swap(week.wang, week.theirs, colleague=week.zhao)
    with pytest.raises(Refused, match="已经开始"):
        ask_swap(week.wang, shift(week, week.wang, 0), colleague=week.zhao)
