"""Who should do it, and why. Proposes; a person decides (R2.4)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from houqin.dispatch.models import Member, Shift, Skill, WorkOrder
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place

SKILL, SAME_BUILDING, SAME_CAMPUS, ON_SHIFT, PER_OPEN_JOB = 40, 25, 15, 25, 5


@dataclass
class Proposal:
    """One candidate; `reasons` are (speaks for, sentence) in the order they were weighed."""

    member: Member
    score: int = 0
    load: int = 0
    reasons: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def user(self) -> User:
        return self.member.user

    def weigh(self, good: bool, points: int, sentence: str) -> None:
        self.score += points if good else 0
        self.reasons.append((good, sentence))


def propose(place: Place, skill: Skill | None, at: datetime, *, limit: int = 8) -> list[Proposal]:
    """Candidates for work at `place`, best first. The same facts give the same order."""
    crew = Member.objects.filter(user__is_active=True).select_related("user", "team__place")
    members = list(crew.prefetch_related("skills"))
    on_shift = set(Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("user_id", flat=True))
    load = Counter(WorkOrder.objects.open().exclude(executor=None).values_list("executor_id", flat=True))
    proposals = [
        _weigh(member, place, skill, member.user_id in on_shift, load[member.user_id]) for member in members
    ]
    fit = [one for one in proposals if skill is None or skill in one.member.skills.all()]
    return sorted(fit or proposals, key=lambda one: (-one.score, one.load, one.user.pk))[:limit]


def _weigh(member: Member, place: Place, skill: Skill | None, present: bool, load: int) -> Proposal:
    proposal = Proposal(member, load=load)
    if skill is not None:
        has = skill in member.skills.all()
        proposal.weigh(has, SKILL, (_("会%(skill)s") if has else _("没有%(skill)s工种")) % {"skill": skill})
    home = member.team.place
    if _same(home, place, 2):
        proposal.weigh(True, SAME_BUILDING, _("驻%(place)s，就在现场") % {"place": home.name})
    else:
        near = _same(home, place, 1)
        words = _("驻%(place)s，同一园区") if near else _("驻%(place)s，要跨园区")
        proposal.weigh(near, SAME_CAMPUS, words % {"place": home.name})
    proposal.weigh(present, ON_SHIFT, _("当班") if present else _("现在不当班"))
    proposal.score -= PER_OPEN_JOB * load
    proposal.weigh(load < 3, 0, _("手上 %(count)s 件") % {"count": load})
    return proposal


def _same(home: Place, place: Place, depth: int) -> bool:
    """Whether the two lie in the same subtree at `depth` (1 campus, 2 building)."""
    end = depth * Place.steplen
    return len(home.path) >= end and bool(place.path[:end] == home.path[:end])
