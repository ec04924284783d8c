"""The front desk of the demonstration: two weeks of parcels and a few lost things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import turned_to
from houqin.lines.front_desk import actions
from houqin.lines.front_desk.access import RECEPTIONIST
from houqin.lines.front_desk.models import Parcel
from houqin.lines.front_desk.sweeps import return_overdue

CARRIERS = ("顺丰速运", "京东物流", "中通快递", "圆通速递", "邮政 EMS")
OUTSIDERS = ("访客 赵先生（华清暖通）", "实习生 钱同学")
DAYS = 16
# what, by what one knows it, how many days ago, what became of it
LOST = (
    ("黑色雨伞", "伞柄贴着笑脸贴纸", 9, "handed_over"),
    ("蓝色保温杯", "杯底刻着 L", 5, "claimed"),
    ("无线耳机一只", "左耳，充电盒没有", 2, "found"),
    ("门禁卡", "卡背写着 0231", 1, "found"),
)


def play(
    people: Mapping[str, User],
    rooms: Mapping[str, Sequence[Place]],
    last: datetime,
    random: Random,
) -> None:
    """小郑 sits at the desk of 滨江; most fetch what has come for them, some do not."""
    clerk, desk = people["zheng"], Place.objects.get_parent(rooms["BJ"][0])
    with turned_to(last - timedelta(days=DAYS + 1)):
        grant_role(clerk, RECEPTIONIST, place=Place.objects.get_root(desk))
    crowd = [people[name] for name in ("wugong", "meng", "shen", "he", "luo", "chen", "xu")]
    for back in range(DAYS, -1, -1):
        day = last - timedelta(days=back)
        for nth in range(3):
            _live(clerk, crowd, desk, day - timedelta(minutes=40 * nth + 5), last, random)
    with turned_to(last):
        return_overdue(last)
    for title, marks, days, fate in LOST:
        _lose(clerk, people["shen"], rooms["BJ"], (title, marks, fate), last - timedelta(days=days))


def _live(
    clerk: User, crowd: Sequence[User], desk: Place, at: datetime, last: datetime, random: Random
) -> None:
    with turned_to(at):
        parcel = _receive(clerk, crowd, desk, random)
    fetched, chance = at + timedelta(hours=random.randint(1, 30)), random.random()
    if chance < 0.12 or fetched >= last:
        return
    with turned_to(fetched):
        if chance < 0.3:
            actions.hand_out_parcel(clerk, parcel, collector=crowd[0], name=str(crowd[0]))
        else:
            actions.hand_out_parcel(clerk, parcel, code=parcel.code)


def _receive(clerk: User, crowd: Sequence[User], desk: Place, random: Random) -> Parcel:
    """A parcel for one of `crowd`, now and then for somebody from outside."""
    for_outside = random.random() < 0.1
    return actions.receive_parcel(
        clerk,
        recipient=None if for_outside else random.choice(crowd),
        outsider=random.choice(OUTSIDERS) if for_outside else "",
        place=desk,
        carrier=random.choice(CARRIERS),
        tracking_number=f"SF{random.randrange(10**12):012}",
    )


def _lose(
    clerk: User,
    owner: User,
    rooms: Sequence[Place],
    description: tuple[str, str, str],
    at: datetime,
) -> None:
    title, marks, fate = description
    with turned_to(at):
        thing = actions.keep_lost_thing(
            clerk, title=title, marks=marks, found_in=rooms[1], place=rooms[0], finder="保洁 刘姐"
        )
    with turned_to(at + timedelta(hours=5)):
        if fate != "found":
            actions.claim_lost_thing(owner, thing, note=marks)
        if fate == "handed_over":
            actions.hand_over_lost_thing(clerk, thing, name=str(owner))
