"""What the front desk keeps, as it comes to be by the actions, for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.lines.front_desk.actions import keep_lost_thing, receive_parcel
from houqin.lines.front_desk.models import LostThing, Parcel


def parcel(cast: Any, **fields: Any) -> Parcel:
    """One for wu, which waits at the near campus."""
    answers = {"place": cast.building, "carrier": "SF", "tracking_number": "SF1234567890"} | fields
    if "outsider" not in answers:
        answers = {"recipient": cast.wu} | answers
    return receive_parcel(cast.chen, **answers)


def lost_thing(cast: Any, **fields: Any) -> LostThing:
    """An umbrella that was found in a room and is kept in the building."""
    answers = {
        "title": "黑色雨伞",
        "marks": "伞柄有贴纸",
        "found_in": cast.room,
        "place": cast.building,
    }
    return keep_lost_thing(cast.chen, **(answers | fields))
