from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.lines import LINES
from houqin.desk.catalogue.models import Entry
from houqin.desk.rules.models import DispatchRule
from houqin.kernel.clock.models import Grade
from houqin.kernel.places.models import Place
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.work.teams.models import Team

WIDE = (Place.Kind.CAMPUS, Place.Kind.BUILDING)
ALL = _("全部")


class RuleForm(HouseForm):
    """When a rule holds, and who gets it then. Cleans to the arguments of `save_rule`."""

    name = forms.CharField(
        label=_("规则"), max_length=40, help_text=_("自己认得出就行，例如：保洁进抢单池")
    )
    line = forms.ChoiceField(label=_("服务条线"), required=False)
    entry = forms.ModelChoiceField(
        Entry.objects.filter(active=True), label=_("服务项"), required=False, empty_label=ALL
    )
    place = forms.ModelChoiceField(
        Place.objects.filter(kind__in=WIDE), label=_("地点"), required=False, empty_label=ALL
    )
    grade = forms.ChoiceField(label=_("分级"), required=False, choices=[("", ALL), *Grade.choices])
    gives = forms.ChoiceField(
        label=_("怎么派"), choices=DispatchRule.Gives.choices, widget=RadioTiles(look="list")
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(active=True),
        label=_("班组"),
        required=False,
        empty_label=_("不指定"),
        help_text=_("放进抢单池时要选班组"),
    )
    position = forms.IntegerField(
        label=_("先后"),
        min_value=1,
        max_value=999,
        initial=10,
        help_text=_("数字小的先看；第一条派得出去的算数"),
    )
    active = forms.BooleanField(label=_("启用"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ALL), *((line.code, line.name) for line in LINES.values())]
        for name in self.fields if self.target else ():
            self.initial.setdefault(name, getattr(self.target, name))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        others = DispatchRule.objects.exclude(pk=self.target.pk if self.target else 0)
        if given.get("name") and others.filter(name=given["name"]).exists():
            self.add_error("name", _now("已有规则叫这个名字。"))
        if given.get("gives") == DispatchRule.Gives.TEAM and not given.get("team"):
            self.add_error("team", _now("请选放进哪个班组的抢单池。"))
        elif given.get("gives") != DispatchRule.Gives.TEAM:
            given["team"] = None
        return given
