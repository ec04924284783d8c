"""One shift, swap and cell of the roster, made by the actions for a cast of people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.kernel.timekeeping import now
from houqin.platform.sheets.actions import bring_import
from houqin.platform.sheets.registry import IMPORTS
from houqin.work.roster.models import Shift, ShiftPattern, Swap
from houqin.work.roster.swapping import ask_swap


def swap(cast: Any) -> Swap:
    """A shift of wang's that he asks zhao to take."""
    start = now() + timedelta(days=1)
    shift = Shift.objects.create(
        user=cast.wang, place=cast.near, starts_at=start, ends_at=start + timedelta(hours=8)
    )
    return ask_swap(cast.wang, shift, colleague=cast.zhao)


def pattern(cast: Any) -> ShiftPattern:
    return ShiftPattern.objects.all()[0]


def team(cast: Any) -> dict[str, Any]:
    return {"team": cast.team.pk}


def sheet(cast: Any) -> dict[str, Any]:
    """A sheet that the lead of the team has brought."""
    upload = SimpleUploadedFile("a.csv", "姓名,日期,班次\nwang,2026-11-30,早\n".encode())
    kind = IMPORTS["roster:sheet"]
    return team(cast) | {"pk": bring_import(cast.li, kind, upload=upload, about=team(cast)).pk}


def cell(cast: Any) -> dict[str, Any]:
    member = cast.team.crew.get(user=cast.wang)
    return {"cell": f"{member.pk}:2026-11-30", "brush": ShiftPattern.objects.all()[0].letter}
