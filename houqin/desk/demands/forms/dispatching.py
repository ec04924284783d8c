from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.reports import proposals_for
from houqin.ui.fields import MomentField
from houqin.work.orders.matching import Proposal
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.taker import EVERYBODY, TakerForm, check_plan
from houqin.work.teams.models import Team

QUICK = 4  # people offered in passing


class OrderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.title}"


class DispatchForm(TakerForm):
    """Who shall do what, and where one likes when and after which other order of the demand."""

    prefilled = ("to", "planned_from", "planned_to")

    title = forms.CharField(
        label=_("任务"), max_length=120, error_messages={"required": _("请写明要做什么。")}
    )
    reason = forms.CharField(label=_("为什么这样派"), required=False, max_length=300)
    after = OrderChoice(
        WorkOrder.objects.none(),
        label=_("排在哪张工单之后"),
        required=False,
        empty_label=_("同时进行"),
        help_text=_("前一张完工后，这一张才派出。"),
    )
    planned_from = MomentField(label=_("计划开始"), required=False)
    planned_to = MomentField(label=_("计划结束"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("title", self.target.title)
        if self.target.former_team_id and self.target.former_team.active:
            self.initial.setdefault("to", f"team-{self.target.former_team_id}")
        field = self.fields["after"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = WorkOrder.objects.of(self.target).open().main()

    def proposals(self, at: datetime) -> list[Proposal]:
        return proposals_for(self.target, at, others=True, limit=EVERYBODY)

    @property
    def has_more(self) -> bool:
        """Whether the folded part says something and has to be open."""
        names = ("after", "planned_from", "planned_to")
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_plan(self, cleaned)
        return cleaned


def quick_takers(proposals: list[Proposal]) -> list[tuple[str, Any]]:
    """The few that a reviewer chooses from in passing: the best ones, and every team as a whole."""
    best = [
        (f"member-{one.member.pk}", f"{one.user.name} · {one.member.team.name}")
        for one in proposals[:QUICK]
    ]
    teams = [
        (f"team-{one.pk}", one.name) for one in Team.objects.filter(active=True).order_by("name")
    ]
    return [("", _now("先不派")), (_now("推荐"), best), (_now("整个班组"), teams)]
