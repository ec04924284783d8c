"""The choice of who shall do it: those proposed, a whole team, and the others when asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm
from houqin.work.orders.matching import Proposal, propose
from houqin.work.teams.models import Member, Team

PROPOSED, OTHERS, EVERYBODY = 8, 30, 100_000
MEMBERS = Member.objects.filter(user__is_active=True, team__active=True).select_related(
    "user", "team"
)


class TakerField(forms.ChoiceField):
    """One of the people and teams, as `member-7` or `team-3`; cleans to Assignment's `executor` and `team`.

    The choices are a function that is called when they are drawn: what was chosen is looked up by its key.
    """

    def clean(self, value: Any) -> dict[str, User | Team | None]:
        chosen = self.to_python(value)
        forms.Field.validate(self, chosen)
        kind, _dash, key = chosen.partition("-")
        if not chosen:
            return {}
        if kind == "member" and (member := _chosen(MEMBERS, key)):
            return {"executor": member.user, "team": member.team}
        if kind == "team" and (team := _chosen(Team.objects.filter(active=True), key)):
            return {"executor": None, "team": team}
        raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": value})


def _chosen(rows: QuerySet[Any], key: str) -> Any:
    a_key = key.isascii() and key.isdecimal() and len(key) < 19
    return rows.filter(pk=key).first() if a_key else None


class TakerForm(HouseForm):
    """Cleans to `executor` and `team`. Drawn by `orders/_takers.html`."""

    prefilled: tuple[str, ...] = ("to",)

    to = TakerField(
        label=_("派给"), widget=forms.RadioSelect, error_messages={"required": _("请选择派给谁。")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = self._choices

    def _choices(self) -> list[tuple[str, str]]:
        return [(value, value) for value in (*self.members, *self.teams)]

    def proposals(self, at: datetime) -> list[Proposal]:
        """Everybody, those who fit first, for `target`, which is an order."""
        order = self.target
        kin = order.subject.kin() if order.subject else None
        return propose(order.place, order.skill, at, kin=kin, others=True, limit=EVERYBODY)

    @cached_property
    def weighed(self) -> list[Proposal]:
        return self.proposals(now())

    @property
    def members(self) -> dict[str, Member]:
        return {f"member-{proposal.member.pk}": proposal.member for proposal in self.weighed}

    @cached_property
    def teams(self) -> dict[str, Team]:
        teams = Team.objects.filter(active=True).select_related("place").order_by("pk")
        return {f"team-{team.pk}": team for team in teams}

    @property
    def offers(self) -> list[Proposal]:
        """Those proposed."""
        return [proposal for proposal in self.weighed if proposal.fits][:PROPOSED]

    @cached_property
    def others(self) -> list[Proposal]:
        """The others, with whoever is chosen already."""
        chosen = self["to"].value()
        fit = [proposal for proposal in self.weighed if proposal.fits]
        rest = fit[PROPOSED:] + [proposal for proposal in self.weighed if not proposal.fits]
        late = [proposal for proposal in rest[OTHERS:] if f"member-{proposal.member.pk}" == chosen]
        return rest[:OTHERS] + late

    @property
    def other_is_chosen(self) -> bool:
        """Whether the list of the others has to be open."""
        chosen = self["to"].value()
        return any(f"member-{proposal.member.pk}" == chosen for proposal in self.others)

    def takers(self) -> SafeString:
        """The choice as it is drawn."""
        return render_to_string("orders/_takers.html", {"form": self})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned | (cleaned.pop("to", None) or {"executor": None, "team": None})


def check_plan(form: HouseForm, cleaned: dict[str, Any]) -> None:
    """Add what is wrong with `planned_from` and `planned_to` to the form."""
    start, end = cleaned.get("planned_from"), cleaned.get("planned_to")
    if bool(start) != bool(end) and not form.errors:
        form.add_error("planned_to" if start else "planned_from", _now("开始和结束要一起填。"))
    if start and end and end <= start:
        form.add_error("planned_to", _now("结束要晚于开始。"))
