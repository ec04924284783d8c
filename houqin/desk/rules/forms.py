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
from houqin.ui.fields import RadioTiles, RecordForm, record_form
from houqin.work.teams.models import Team

WIDE = (Place.Kind.CAMPUS, Place.Kind.BUILDING)
ALL = _("全部")
FIELDS: type[RecordForm] = record_form(
    DispatchRule,
    ("name", "line", "entry", "place", "grade", "gives", "team", "position"),
    line=forms.ChoiceField(label=_("服务条线"), required=False),
    entry=forms.ModelChoiceField(
        Entry.objects.filter(active=True), label=_("服务项"), required=False, empty_label=ALL
    ),
    place=forms.ModelChoiceField(
        Place.objects.filter(kind__in=WIDE), label=_("地点"), required=False, empty_label=ALL
    ),
    grade=forms.ChoiceField(label=_("分级"), required=False, choices=[("", ALL), *Grade.choices]),
    gives=forms.ChoiceField(
        label=_("派工方式"), choices=DispatchRule.Gives.choices, widget=RadioTiles(look="list")
    ),
    team=forms.ModelChoiceField(
        Team.objects.filter(active=True),
        label=_("班组"),
        required=False,
        empty_label=_("不指定"),
        help_text=_("放进抢单池时要选班组"),
    ),
)


class RuleForm(FIELDS):  # type: ignore[misc,valid-type]
    """When a rule holds, and who gets the demand then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(line.code, line.name) for line in LINES.values()]
        self.fields["line"].choices = [("", ALL), *lines]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("gives") != DispatchRule.Gives.TEAM:
            cleaned["team"] = None
        elif not cleaned.get("team"):
            self.add_error("team", _now("请选放进哪个班组的抢单池。"))
        return super().clean()  # type: ignore[no-any-return]
