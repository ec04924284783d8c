"""The choice of who shall do it: those proposed, a whole team, and the others when asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm
from houqin.work.orders.matching import Proposal, propose
from houqin.work.teams.models import Team

PROPOSED, OTHERS, EVERYBODY = 8, 30, 100_000


class TakerForm(HouseForm):
    """Cleans to `executor` and `team`. Drawn by `orders/_takers.html`."""

    prefilled: tuple[str, ...] = ("to",)

    to = forms.ChoiceField(
        label=_("派给"), widget=forms.RadioSelect, error_messages={"required": _("请选择派给谁。")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.proposals(now())
        self.members = {f"member-{one.member.pk}": one.member for one in found}
        teams = Team.objects.filter(active=True).select_related("place").order_by("pk")
        self.teams = {f"team-{team.pk}": team for team in teams}
        self.offers, self.others = self._shown(found)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, value) for value in (*self.members, *self.teams)]

    def proposals(self, at: datetime) -> list[Proposal]:
        """Everybody, those who fit first, for `target`, which is an order."""
        order = self.target
        kin = order.subject.kin() if order.subject else None
        return propose(order.place, order.skill, at, kin=kin, others=True, limit=EVERYBODY)

    def _shown(self, found: list[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
        """Those proposed, and the others with whoever is chosen already."""
        chosen = self.data.get("to") or self.initial.get("to")
        fit = [one for one in found if one.fits]
        rest = fit[PROPOSED:] + [one for one in found if not one.fits]
        late = [one for one in rest[OTHERS:] if f"member-{one.member.pk}" == chosen]
        return fit[:PROPOSED], rest[:OTHERS] + late

    @property
    def other_is_chosen(self) -> bool:
        """Whether the list of the others has to be open."""
        chosen = self["to"].value()
        return any(f"member-{one.member.pk}" == chosen for one in self.others)

    def takers(self) -> SafeString:
        """The choice as it is drawn."""
        return render_to_string("orders/_takers.html", {"form": self})

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = given.pop("to", "")
        member = self.members.get(chosen)
        team = member.team if member else self.teams.get(chosen)
        return given | {"executor": member.user if member else None, "team": team}


def check_plan(form: HouseForm, given: dict[str, Any]) -> None:
    """Add what is wrong with `planned_from` and `planned_to` to the form."""
    start, end = given.get("planned_from"), given.get("planned_to")
    if bool(start) != bool(end) and not form.errors:
        form.add_error("planned_to" if start else "planned_from", _now("开始和结束要一起填。"))
    if start and end and end <= start:
        form.add_error("planned_to", _now("结束要晚于开始。"))
