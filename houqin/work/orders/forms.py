"""What each verb of a work order asks for. `cleaned_data` is what the action of that verb takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.clock.models import Standard
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.fields import (
    CodeField,
    HouseForm,
    PhotoField,
    RadioTiles,
    Signature,
    SignatureField,
    YuanField,
    redrawn,
)
from houqin.work.orders.actions import AFTER, BEFORE, photos_missing
from houqin.work.orders.fields import MaterialsField
from houqin.work.orders.models import FaultCode, WorkOrder
from houqin.work.orders.reports import (
    codes_fitting,
    last_used,
    worked_minutes,
)

PHOTO_LABELS = {BEFORE: _("处理前照片"), AFTER: _("处理后照片")}


class HandBackForm(HouseForm):
    reason = forms.CharField(
        label=_("为什么退回"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("退回后由后勤专员改派，时限照走。"),
    )


class CancelForm(HouseForm):
    reason = forms.CharField(
        label=_("取消原因"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("这张工单不再办理；需求没有别的工单时，回到待派工。"),
    )


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
        field.widget = RadioTiles(
            look="list", notes={reason.code: words[reason.stops] for reason in reasons}
        )
        field.choices = [(reason.code, str(reason)) for reason in reasons]


class PhotographForm(HouseForm):
    before = PhotoField(label=PHOTO_LABELS[BEFORE], required=False)
    after = PhotoField(label=PHOTO_LABELS[AFTER], required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("before") and not cleaned.get("after"):
            self.add_error(None, _now("请先拍照或选择照片。"))
        return cleaned


class ArriveForm(HouseForm):
    """The code on the label at the place: scanned, or typed where the camera cannot read it."""

    prefilled = ("code",)
    code = forms.CharField(
        label=_("位置码"),
        max_length=200,
        help_text=_("用相机扫现场的二维码会直接到场；扫不出来时，键入码下面的字母和数字。"),
        widget=forms.TextInput(
            {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        label = cleaned.pop("code", "").rstrip("/").rpartition("/")[2].lower()
        place = Place.objects.filter(label=label).first() if label else None
        if label and place is None:
            self.add_error("code", _now("没有这个位置码，请看清后再键入。"))
        return cleaned | {"place": place}


class TickForm(HouseForm):
    """One step by its number; `undo` takes the tick back."""

    step = forms.IntegerField(min_value=1, max_value=99)
    undo = forms.BooleanField(required=False)


class FinishForm(HouseForm):
    """The result and what it took. What this order does not need is not asked for: photos and the signature
    of the person met only where they are demanded and missing, codes only where the trade has any."""

    result = forms.CharField(
        label=_("怎么处理的"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    symptom = CodeField(label=_("故障现象"))
    cause = CodeField(label=_("故障原因"))
    remedy = CodeField(label=_("处理措施"))
    hours = forms.IntegerField(label=_("工时：小时"), min_value=0, max_value=999, required=False)
    minutes = forms.IntegerField(label=_("分钟"), min_value=0, max_value=59, required=False)
    materials = MaterialsField(label=_("用料"), required=False)
    outside = YuanField(label=_("外委费用（元）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order: WorkOrder = self.target
        for tag in photos_missing(order):
            self.fields[tag] = PhotoField(label=PHOTO_LABELS[tag])
        if order.met_signs:
            self.fields["met"] = SignatureField(
                label=_("现场接待人签字"),
                error_messages={"required": _now("这件活要现场接待人签字，请对方写下姓名。")},
            )
        self._offer_codes(order)
        known = last_used(self.actor, order.skill)
        self.fields["materials"].offer(known)  # type: ignore[attr-defined]
        hours, minutes = divmod(worked_minutes(order, now()), 60)
        self.initial = {**self.initial, "hours": hours or None, "minutes": minutes or None}

    def _offer_codes(self, order: WorkOrder) -> None:
        fitting = codes_fitting(order.skill)
        for kind in FaultCode.Kind.values:
            if codes := fitting.get(kind):
                self.fields[kind].offer(codes)  # type: ignore[attr-defined]
            else:
                del self.fields[kind]

    def codes(self) -> list[BoundField]:
        """The fields of the fault codes that there are."""
        return [self[kind.value] for kind in FaultCode.Kind if kind.value in self.fields]

    def codes_filled(self) -> bool:
        return any(field.value() for field in self.codes())

    def spent_filled(self) -> bool:
        """Whether anything was typed for materials and outside work."""
        rows = self["materials"].value() or ()
        return bool(self["outside"].value()) or any(any(row.values()) for row in rows)

    def clean_met(self) -> Signature:
        """Check and redraw the drawing before the transaction begins."""
        met: Signature = self.cleaned_data["met"]
        self.drawn = redrawn(met.drawing)
        return met

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        hours, minutes = cleaned.pop("hours", None) or 0, cleaned.pop("minutes", None) or 0
        met = cleaned.pop("met", None)
        if met:
            cleaned |= {"met": met.name, "met_signature": self.drawn}
        return cleaned | {
            "labour_minutes": hours * 60 + minutes,
            "outside_fen": cleaned.pop("outside", 0),
        }
