"""Printing the labels that are stuck to places: which places, on what paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from houqin.desk.channels.labels import label_url
from houqin.desk.demands.models import STAFF
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role
from houqin.kernel.places.models import Place
from houqin.platform.paper.labels import SHEETS, Label, Sheet, print_labels
from houqin.platform.paper.views import pdf
from houqin.ui.fields import HouseForm, PlaceField, RadioTiles
from houqin.ui.http import PageRequest

MOST = 1000  # labels in one file
LABELLERS = frozenset(STAFF | {Role.LEAD})


class LabelsForm(HouseForm):
    """Which places below one place, and on what paper."""

    place = PlaceField(label=_("哪里的"), help_text=_("选园区或楼栋，就打印里面所有的地点。"))
    kinds = forms.MultipleChoiceField(
        label=_("贴在哪些地方"),
        choices=Place.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一种。")},
    )
    sheet = forms.ChoiceField(
        label=_("纸张"),
        choices=[(key, sheet.label) for key, sheet in SHEETS.items()],
        widget=RadioTiles(look="list"),
    )
    skip = forms.IntegerField(
        label=_("第一页已用掉几张"),
        min_value=0,
        max_value=23,
        required=False,
        help_text=_("标签纸用过一部分时填，从后面空着的接着印。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer()  # type: ignore[attr-defined]
        self.initial = {
            "kinds": [Place.Kind.ROOM, Place.Kind.OUTDOOR],
            "sheet": "a4-3x8",
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        require(self.actor, LABELLERS, cleaned["place"])
        places = list(
            Place.objects.within(cleaned["place"]).filter(kind__in=cleaned["kinds"])[: MOST + 1]
        )
        if not places:
            self.add_error("kinds", _now("那里没有这几种地点，请换一种或换个地方。"))
        if len(places) > MOST:
            self.add_error("place", _now("超过 %(most)s 张，请选小一点的范围。") % {"most": MOST})
        sheet = SHEETS[cleaned["sheet"]]
        return cleaned | {
            "places": places,
            "sheet": sheet,
            "skip": min(cleaned["skip"] or 0, sheet.count - 1),
        }


@require_safe
def labels(request: PageRequest) -> HttpResponse:
    """Choose what to print; `?place=` begins with that place."""
    form = LabelsForm(actor=request.user, initial={"place": request.GET.get("place", "")[:20]})
    return render(request, "channels/labels.html", {"form": form})


@require_safe
def label_sheet(request: PageRequest) -> HttpResponse:
    """The labels as a file."""
    form = LabelsForm(request.GET, actor=request.user)
    if not form.is_valid():
        return render(request, "channels/labels.html", {"form": form}, status=422)
    cleaned = form.cleaned_data
    content = _printed(cleaned["places"], cleaned["sheet"], cleaned["skip"])
    return pdf(content, _now("位置码 %(place)s") % {"place": cleaned["place"].name})


def _printed(places: list[Place], sheet: Sheet, skip: int) -> bytes:
    labels = [
        Label(label_url(place), _title(place), place.full_name, place.label) for place in places
    ]
    return print_labels(labels, sheet, title=_("位置码"), words=_("扫码报修"), skip=skip)


def _title(place: Place) -> str:
    """What is read from two steps away: the room and the building it is in."""
    steps = place.full_name.split(" / ")
    return " ".join([*steps[1:2], *steps[2:][-1:]] or steps)
