from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import OF_PEOPLE, Role, User
from houqin.kernel.places.models import Place
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.work.teams.actions import RUNS_TEAMS
from houqin.work.teams.models import Skill, Team

WIDE = (Place.Kind.CAMPUS, Place.Kind.BUILDING)


class TeamForm(HouseForm):
    name = forms.CharField(label=_("班组"), max_length=40)
    kind = forms.ChoiceField(
        label=_("性质"), choices=Team.Kind.choices, widget=RadioTiles(look="fill")
    )
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=_("驻地"),
        empty_label=_("请选择地点"),
        help_text=_("派活时先看同一栋、同一园区的班组"),
    )
    swaps_need_approval = forms.BooleanField(
        label=_("换班要班组长批准（不勾选：两人同意就生效，班组长收到通知）"),
        required=False,
        initial=True,
    )
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [
            place.pk
            for place in Place.objects.filter(kind__in=WIDE)
            if self.actor.roles_at(place) & RUNS_TEAMS
        ]
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Place.objects.filter(pk__in=mine)
        for name in self.fields if self.target else ():
            self.initial.setdefault(name, getattr(self.target, name))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Team.objects.exclude(pk=self.target.pk if self.target else 0).filter(name=name).exists():
            raise forms.ValidationError(_now("已有班组叫“%(name)s”。") % {"name": name})
        return name


class MemberForm(HouseForm):
    """Whom to take in, with which trades; `target` is the team."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("人员"), empty_label=_("请选择人员"))
    skills = forms.ModelMultipleChoiceField(
        Skill.objects.none(),
        label=_("工种"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_skills(self)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        workers = User.objects.filter(
            OF_PEOPLE, role_grants__role__in=(Role.TECHNICIAN, Role.LEAD), is_active=True
        )
        field.queryset = (
            workers.exclude(pk__in=self.target.crew.values("user"))
            .distinct()
            .order_by("name", "pk")
        )


class SkillsForm(HouseForm):
    """Which trades a member masters; `target` is the member."""

    skills = forms.ModelMultipleChoiceField(
        Skill.objects.none(),
        label=_("工种"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_skills(self)
        self.initial.setdefault("skills", [skill.pk for skill in self.target.skills.all()])


def _offer_skills(form: HouseForm) -> None:
    field = form.fields["skills"]
    assert isinstance(field, forms.ModelMultipleChoiceField)
    field.queryset = Skill.objects.visible_to(form.actor).order_by("pk")
