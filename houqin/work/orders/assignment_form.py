"""What giving an order on asks for: to whom, when, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.fields import HouseForm, MomentField
from houqin.work.orders.matching import Proposal
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.planning import conflicts
from houqin.work.orders.taker import TakerForm, check_plan
from houqin.work.teams.models import Member


class ReassignForm(TakerForm):
    """Who is proposed, with the reasons, and every team; whoever has it now is not proposed again."""

    reason = forms.CharField(label=_("改派原因"), max_length=200)

    target: WorkOrder

    def proposals(self, at: Any) -> list[Proposal]:
        return [
            proposal
            for proposal in super().proposals(at)
            if proposal.user.pk != self.target.executor_id
        ]

    def clean_to(self) -> dict[str, Any]:
        taker: dict[str, Any] = self.cleaned_data["to"]
        if (executor := taker["executor"]) and executor == self.target.executor:
            raise forms.ValidationError(_now("现在就是这个人，请选另一个人。"))
        return taker


class SendHelpForm(ReassignForm):
    """Who goes and helps."""

    reason = None  # type: ignore[assignment]


class PlanForm(TakerForm):
    """When, and by whom. What speaks against it is said first; `anyway` saves it all the same."""

    prefilled = ("to", "planned_from", "planned_to")

    planned_from = MomentField(label=_("计划开始"), required=False)
    planned_to = MomentField(label=_("计划结束"), required=False)
    anyway = forms.BooleanField(label=_("知道冲突，仍然这样安排"), required=False)

    target: WorkOrder
    against: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.against = []
        self.fields["to"].required = False
        order = self.target
        for name in ("planned_from", "planned_to"):
            self.initial.setdefault(name, getattr(order, name))
        if order.executor_id:
            self.initial.setdefault("to", self._executor)
        elif order.team_id:
            self.initial.setdefault("to", f"team-{order.team_id}")

    def _executor(self) -> str:
        """The choice that stands for whoever has it now."""
        executor = self.target.executor_id
        mine = (value for value, member in self.members.items() if member.user_id == executor)
        return next(mine, "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_plan(self, cleaned)
        anyway = cleaned.pop("anyway", False)
        user = cleaned.get("executor") or self.target.executor
        start, end = cleaned.get("planned_from"), cleaned.get("planned_to")
        if user and start and end and not self.errors:
            self.against = conflicts(self.target, user, start, end)
            if self.against and not anyway:
                self.add_error("anyway", _now("先看冲突；仍要这样安排，请勾选这里再保存。"))
        return cleaned


class AssignmentForm(HouseForm):
    """To which colleague of the same team."""

    executor = forms.ModelChoiceField(
        User.objects.none(), label=_("转给谁"), empty_label=_("请选择同事")
    )
    reason = forms.CharField(
        label=_("交接说明"), max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Member.objects.filter(user=self.target.executor_id).values("team")
        mates = (
            Member.objects.filter(team__in=mine)
            .exclude(user=self.target.executor_id)
            .values("user")
        )
        field = self.fields["executor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=mates, is_active=True).order_by("name", "pk")


class AskHelpForm(HouseForm):
    need = forms.CharField(
        label=_("要什么帮助"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("写明缺几个人、什么工种；班组长会马上收到。"),
    )
