from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.dispatch.matching import Proposal
from houqin.dispatch.models import Member, Team
from houqin.kernel.timekeeping import now
from houqin.kernel.web.forms import HouseForm
from houqin.servicedesk.reports import proposals_for

QUICK = 4  # people offered in passing


@dataclass(frozen=True)
class Offer:
    """One line of the list of proposals."""

    value: str
    name: str
    team: str
    score: int
    reasons: list[tuple[bool, str]]


class DispatchForm(HouseForm):
    """Who shall do it: one of those proposed, anybody else in a team, or a whole team."""

    taker = forms.ChoiceField(required=False)
    other = forms.ChoiceField(
        label=_("派给别人或整个班组"), required=False, help_text=_("选了这里，就不按上面的推荐")
    )
    title = forms.CharField(
        label=_("任务"), max_length=120, error_messages={"required": _("请写明要做什么。")}
    )
    reason = forms.CharField(label=_("为什么这样派"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("title", self.target.title)
        self.offers = [_offer(proposal) for proposal in proposals_for(self.target, now())]
        proposed = {offer.value for offer in self.offers}
        self.fields["taker"].choices = [(offer.value, offer.name) for offer in self.offers]  # type: ignore[attr-defined]
        self.fields["other"].choices = _others(proposed)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        chosen = cleaned.pop("other", "") or cleaned.pop("taker", "")
        cleaned.pop("taker", None)
        if not chosen:
            raise forms.ValidationError(_now("请选择派给谁。"))
        return cleaned | taker_of(chosen)


def taker_of(chosen: str) -> dict[str, Any]:
    """Who is meant by one of the choices, as the arguments of `dispatch_request`."""
    kind, _colon, pk = chosen.partition(":")
    if kind == "team":
        return {"team": Team.objects.get(pk=pk)}
    member = Member.objects.select_related("user", "team").get(pk=pk)
    return {"executor": member.user, "team": member.team}


def quick_takers(proposals: list[Proposal]) -> list[tuple[str, Any]]:
    """The few that a reviewer chooses from in passing: the best ones, and every team as a whole."""
    best = [
        (f"member:{one.member.pk}", f"{one.user.name} · {one.member.team.name}") for one in proposals[:QUICK]
    ]
    teams = [(f"team:{one.pk}", one.name) for one in Team.objects.order_by("name")]
    return [("", _now("先不派")), (_now("推荐"), best), (_now("整个班组"), teams)]


def _offer(proposal: Proposal) -> Offer:
    member = proposal.member
    return Offer(f"member:{member.pk}", member.user.name, member.team.name, proposal.score, proposal.reasons)


def _others(proposed: set[str]) -> list[tuple[str, Any]]:
    """Everybody and every team that is not among the proposals, in groups."""
    crew = Member.objects.filter(user__is_active=True).select_related("user", "team")
    people = [
        (f"member:{one.pk}", f"{one.user.name} · {one.team.name}")
        for one in crew.order_by("team__name", "user__name")
        if f"member:{one.pk}" not in proposed
    ]
    teams = [(f"team:{one.pk}", one.name) for one in Team.objects.order_by("name")]
    return [("", _now("按推荐")), (_now("整个班组"), teams), (_now("其他人员"), people)]
