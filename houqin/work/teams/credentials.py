"""The papers without which a trade must not be worked in (特种作业操作证)."""

from __future__ import annotations

from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.shared.credentials.kinds import CredentialKind
from houqin.work.teams.actions import RUNS_TEAMS
from houqin.work.teams.models import Member


def _readers(user: User) -> Q:
    """One's own papers, and those of the crews that one runs."""
    people = ContentType.objects.get_for_model(User)
    crews = Member.objects.filter(user.reach(RUNS_TEAMS, place="team__place"))
    return Q(holder_type=people) & (Q(holder_id=user.pk) | Q(holder_id__in=crews.values("user")))


ELECTRICIAN: Final = CredentialKind("electrician", _("电工证"), _readers)
REFRIGERATION: Final = CredentialKind("refrigeration", _("制冷与空调作业证"), _readers)
LIFT: Final = CredentialKind("lift", _("电梯作业证"), _readers)
WELDER: Final = CredentialKind("welder", _("焊工证"), _readers)

TRADE_PAPERS: Final = (ELECTRICIAN, REFRIGERATION, LIFT, WELDER)
# By the code of the skill.
OF_SKILL: Final = {"electrical": ELECTRICIAN, "hvac": REFRIGERATION, "lift": LIFT}
