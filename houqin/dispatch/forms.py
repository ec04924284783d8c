"""What each verb of a work order asks for. `cleaned_data` is what the action of that verb takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.dispatch.actions import AFTER, BEFORE, photos_missing
from houqin.dispatch.fields import MaterialsField, WorkPhotoField, YuanField
from houqin.dispatch.matching import Proposal, propose
from houqin.dispatch.models import Team, WorkOrder
from houqin.kernel.clock.models import Standard
from houqin.kernel.timekeeping import now
from houqin.kernel.web.forms import HouseForm, RadioTiles

PHOTO_LABELS = {BEFORE: _("处理前照片"), AFTER: _("处理后照片")}
PROPOSED = 8


class HandBackForm(HouseForm):
    reason = forms.CharField(
        label=_("为什么退回"), max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text=_("退回后由后勤专员改派，时限照走。"),
    )  # fmt: skip


class CancelForm(HouseForm):
    reason = forms.CharField(
        label=_("取消原因"), max_length=200, widget=forms.Textarea({"rows": 2}),
        help_text=_("这张工单不再办理；需求没有别的工单时，回到待派工。"),
    )  # fmt: skip


class HoldForm(HouseForm):
    """The reasons of the standard in force, each saying what it does to the clocks."""

    reason = forms.ChoiceField(label=_("为什么挂起"))
    note = forms.CharField(label=_("缺什么、几时能好"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = list(Standard.in_force(now()).hold_reasons.order_by("pk"))
        words = {True: _now("时钟暂停"), False: _now("时钟不停")}
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        field.widget = RadioTiles(look="list", notes={one.code: words[one.stops] for one in reasons})
        field.choices = [(one.code, str(one)) for one in reasons]


class PhotographForm(HouseForm):
    before = WorkPhotoField(label=PHOTO_LABELS[BEFORE], required=False)
    after = WorkPhotoField(label=PHOTO_LABELS[AFTER], required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not given.get("before") and not given.get("after"):
            self.add_error(None, _now("请先拍照或选择照片。"))
        return given


class FinishForm(HouseForm):
    """The result and what it took. Photos are asked for here while they are still missing."""

    result = forms.CharField(label=_("怎么处理的"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    hours = forms.IntegerField(label=_("工时：小时"), min_value=0, max_value=999, required=False)
    minutes = forms.IntegerField(label=_("分钟"), min_value=0, max_value=59, required=False)
    materials = MaterialsField(label=_("用料"), required=False)
    outside = YuanField(label=_("外委费用（元）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tag in photos_missing(self.target):
            self.fields[tag] = WorkPhotoField(label=PHOTO_LABELS[tag])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        hours, minutes = given.pop("hours", None) or 0, given.pop("minutes", None) or 0
        return given | {"labour_minutes": hours * 60 + minutes, "outside_fen": given.pop("outside", 0)}


class ReassignForm(HouseForm):
    """Who is proposed, with the reasons, and every team; cleans to `executor`, `team` and `reason`."""

    to = forms.ChoiceField(label=_("改派给"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("改派原因"), max_length=200)

    target: WorkOrder

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = self._proposals()
        self.teams = list(Team.objects.select_related("place").order_by("pk"))
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(offer["value"], offer["value"]) for offer in self.offers()]

    def offers(self) -> list[dict[str, Any]]:
        """The candidates and then the teams, as the page draws them."""
        offers: list[dict[str, Any]] = [
            {"value": f"member-{one.member.pk}", "proposal": one, "best": nth == 0}
            for nth, one in enumerate(self.proposals)
        ]
        offers += [{"value": f"team-{team.pk}", "team": team} for team in self.teams]
        return offers

    def _proposals(self) -> list[Proposal]:
        """Whoever has it now is not proposed again."""
        found = propose(self.target.place, self.target.skill, now(), limit=PROPOSED + 1)
        return [one for one in found if one.user.pk != self.target.executor_id][:PROPOSED]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind, _dash, key = given.pop("to", "").partition("-")
        members = {str(one.member.pk): one.member for one in self.proposals}
        teams = {str(team.pk): team for team in self.teams}
        member = members.get(key) if kind == "member" else None
        team = member.team if member else teams.get(key)
        return given | {"executor": member.user if member else None, "team": team}
