"""Who should do it, and why. Proposes; a person decides (R2.4).

Whoever is off shift (out of hours, where the team keeps no roster), lacks the trade, is at home on another
site or is away is proposed only when asked for, and then with the reason against. The weights are those of
the table below; nothing else enters the score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.shared.credentials.reports import missing
from houqin.work.orders.records import Past, Records
from houqin.work.teams.credentials import OF_SKILL
from houqin.work.teams.models import Member, Skill

SKILL, SAME_BUILDING, SAME_CAMPUS, ON_SHIFT, PER_OPEN_JOB = 40, 25, 15, 25, 5
LAST_HERE, LAST_NEAR = 10, 5  # the job before was in the same building, on the same site
ON_TIME, REWORK = 10, 10  # at a share of 100 %
ENOUGH = 3  # past jobs, before their shares say anything
MANY = 3  # open jobs, from which the load speaks against somebody
CAMPUS, BUILDING = 1, 2  # depths in the tree of places


@dataclass
class Proposal:
    """One candidate; `reasons` are (speaks for, sentence) in the order they were weighed. `fits` says that
    nothing rules them out."""

    member: Member
    score: int = 0
    load: int = 0
    fits: bool = True
    reasons: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def user(self) -> User:
        return self.member.user

    def weigh(self, good: bool, points: int, sentence: str, *, must: bool = False) -> None:
        """Add a reason; one that `must` hold rules the candidate out when it does not."""
        self.score += points if good else 0
        self.fits = self.fits and (good or not must)
        self.reasons.append((good, sentence))


def propose(
    place: Place,
    skill: Skill | None,
    at: datetime,
    *,
    kin: models.QuerySet[Any] | None = None,
    others: bool = False,
    limit: int = 8,
) -> list[Proposal]:
    """Candidates for work at `place` at `at`, best first. The same facts give the same order.

    `kin` are the subjects of the same kind, whose past jobs count. With `others` everybody follows whom
    something rules out. Each person once, for the team they fit best in.
    """
    crew = Member.objects.filter(user__is_active=True, team__active=True)
    if not others:
        crew = crew.filter(team__place__path__startswith=place.path[: CAMPUS * Place.steplen])
        crew = crew.filter(skills=skill) if skill else crew
    records = Records.read(crew.order_by().values("user"), place, at, kin, skill)
    members = crew.select_related("user", "team__place").prefetch_related("skills")
    weighed = (_weighed(member, place, skill, records, at) for member in members)
    return _best_of_each(proposal for proposal in weighed if proposal.fits or others)[:limit]


def _best_of_each(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Each person once, in the order of the best of their proposals."""
    best: dict[int, Proposal] = {}
    for proposal in sorted(proposals, key=_rank):
        best.setdefault(proposal.user.pk, proposal)
    return list(best.values())


def _rank(proposal: Proposal) -> tuple[Any, ...]:
    fits, score = proposal.fits, proposal.score
    return not fits, -score, proposal.load, proposal.user.pk, proposal.member.pk


def _weighed(
    member: Member, place: Place, skill: Skill | None, records: Records, at: datetime
) -> Proposal:
    proposal = Proposal(member, load=records.load[member.user_id])
    if skill is not None:
        has = skill in member.skills.all()
        words = _("会%(skill)s") if has else _("没有%(skill)s工种")
        proposal.weigh(has, SKILL, words % {"skill": skill}, must=True)
        _weigh_paper(proposal, skill, records, at)
    _weigh_home(proposal, place)
    _weigh_shift(proposal, place, records, at)
    _weigh_last_job(proposal, place, records.last_job.get(member.user_id))
    proposal.score -= PER_OPEN_JOB * proposal.load
    proposal.weigh(proposal.load < MANY, 0, _("手上 %(count)s 件") % {"count": proposal.load})
    _weigh_past(proposal, records.past.get(member.user_id))
    return proposal


def _weigh_paper(proposal: Proposal, skill: Skill, records: Records, at: datetime) -> None:
    """One that has expired rules out; a crew whose papers are not on file is not judged by them."""
    paper = records.papers.get(proposal.member.user_id)
    if paper is not None:
        lack = missing(paper, OF_SKILL[skill.code], timezone.localtime(at).date())
        words = lack or _("有%(kind)s") % {"kind": paper.label}
        proposal.weigh(not lack, 0, words, must=True)


def _weigh_home(proposal: Proposal, place: Place) -> None:
    home = proposal.member.team.place
    if _same(home, place, BUILDING):
        proposal.weigh(True, SAME_BUILDING, _("驻%(place)s，就在现场") % {"place": home.name})
        return
    near = _same(home, place, CAMPUS)
    words = _("驻%(place)s，同一园区") if near else _("驻%(place)s，要跨园区")
    proposal.weigh(near, SAME_CAMPUS, words % {"place": home.name}, must=True)


def _weigh_shift(proposal: Proposal, place: Place, records: Records, at: datetime) -> None:
    user = proposal.member.user_id
    if user in records.away:
        proposal.weigh(False, 0, _("请假，%(name)s代理") % {"name": records.away[user]}, must=True)
        return
    shifts = records.shifts.get(user, [])
    here = [shift for shift in shifts if _same(shift.place, place, CAMPUS)]
    if here:
        last = max(here, key=lambda shift: (not shift.on_call, shift.ends_at))
        words = _("值班到 %(end)s") if last.on_call else _("当班到 %(end)s")
        end = timezone.localtime(last.ends_at)
        proposal.weigh(True, ON_SHIFT, words % {"end": f"{end:%H:%M}"})
    elif shifts:
        proposal.weigh(False, 0, _("在%(place)s当班") % {"place": shifts[0].place.name}, must=True)
    elif proposal.member.team_id not in records.rostered:
        _weigh_hours(proposal, records, at)
    elif at > records.read_at:
        proposal.weigh(False, 0, _("那时不当班"), must=True)
    else:
        proposal.weigh(False, 0, _("现在不当班"), must=True)


def _weigh_hours(proposal: Proposal, records: Records, at: datetime) -> None:
    """A team that plans no shifts is there when the house is open."""
    if records.hours is None:
        proposal.weigh(False, 0, _("班组没有排班，这一天不上班"), must=True)
        return
    start, end = (f"{timezone.localtime(moment):%H:%M}" for moment in records.hours)
    here = records.hours[0] <= at < records.hours[1]
    words = (
        _("班组没有排班，按工作时间在岗到 %(end)s")
        if here
        else _("班组没有排班，工作时间 %(start)s–%(end)s")
    )
    proposal.weigh(here, ON_SHIFT, words % {"start": start, "end": end}, must=True)


def _weigh_last_job(proposal: Proposal, place: Place, last: Place | None) -> None:
    if last is None:
        return
    if last.path == place.path:
        proposal.weigh(True, LAST_HERE, _("上一件就在这里"))
    elif _same(last, place, BUILDING):
        proposal.weigh(
            True, LAST_HERE, _("上一件在同一栋（%(place)s）") % {"place": last.short_name}
        )
    elif _same(last, place, CAMPUS):
        proposal.weigh(
            True, LAST_NEAR, _("上一件在同一园区（%(place)s）") % {"place": last.short_name}
        )
    else:
        proposal.weigh(False, 0, _("上一件在%(place)s") % {"place": last.short_name})


def _weigh_past(proposal: Proposal, past: Past | None) -> None:
    """What came of the same kind of work in the last 90 days; few jobs are told and not weighed."""
    if past is None:
        return
    told = {"jobs": past.jobs, "again": past.again, "on_time": round(100 * past.on_time_share)}
    sentence = _("90 天内同类 %(jobs)s 件，按时 %(on_time)s%%，返工 %(again)s 件") % told
    good = past.on_time_share >= 0.8 and past.rework_share <= 0.1
    if past.jobs >= ENOUGH:
        proposal.score += round(ON_TIME * past.on_time_share) - round(REWORK * past.rework_share)
    proposal.reasons.append((good, sentence))


def _same(place: Place, other: Place, depth: int) -> bool:
    """Whether the two lie in the same subtree at `depth` (1 campus, 2 building)."""
    end = depth * Place.steplen
    return len(place.path) >= end and bool(other.path[:end] == place.path[:end])
