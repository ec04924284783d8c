"""One team and one member of a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.work.teams.models import Skill, Team


def team(cast: Any) -> Team:
    crew: Team = cast.team
    return crew


def member(cast: Any) -> dict[str, int]:
    return {"pk": cast.team.pk, "member": cast.team.crew.get(user=cast.wang).pk}


def skill(cast: Any) -> Skill:
    trade: Skill = cast.hvac
    return trade
