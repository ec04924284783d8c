from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.forms.review import ReasonForm
from houqin.ui.fields import HouseForm, Signature, SignatureField, StarsField, redrawn

STARS = ("speed", "attitude", "solution")


class SignForm(HouseForm):
    """Signing for the result; the requester may rate it at once, and nothing is chosen beforehand."""

    speed = StarsField(label=_("响应速度"), required=False)
    attitude = StarsField(label=_("服务态度"), required=False)
    solution = StarsField(label=_("解决问题"), required=False)
    comment = forms.CharField(
        label=_("想说的话"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    signature = SignatureField(
        label=_("签名"), error_messages={"required": _("请手写签名，或键入您的姓名。")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("signature", Signature(self._signer(), b""))
        if self.actor.pk != self.target.requester_id:
            for name in (*STARS, "comment"):
                del self.fields[name]

    def _signer(self) -> str:
        """A guest goes by the name that they gave with the demand."""
        return str(self.target.caller if self.actor.is_guest else self.actor.name)

    def clean_signature(self) -> Signature:
        """Check and redraw the drawing before the transaction begins."""
        signature: Signature = self.cleaned_data["signature"]
        self.drawn = redrawn(signature.drawing)
        return signature

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        if "signature" in cleaned:
            cleaned |= {"name": cleaned["signature"].name, "signature": self.drawn}
        rated = [name for name in STARS if cleaned.get(name)]
        if rated and len(rated) < len(STARS):
            raise forms.ValidationError(_now("三项都打分才算一次评价；不想评价就都不选。"))
        if cleaned.get("comment") and not rated:
            raise forms.ValidationError(_now("想说的话和评分一起提交，请给三项打分。"))
        if not rated:
            cleaned = {
                key: value for key, value in cleaned.items() if key not in (*STARS, "comment")
            }
        return cleaned


class SignForForm(ReasonForm):
    """How a caller without an account has confirmed the result."""

    reason = forms.CharField(
        label=_("怎么确认的"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("例如：电话回访，来电人说好了。这句话会和签字一起存档。"),
        error_messages={"required": _("请写明来电人是怎么确认的。")},
    )


class RateForm(HouseForm):
    """The three dimensions of R2.8."""

    speed = StarsField(label=_("响应速度"), error_messages={"required": _("请给响应速度打分。")})
    attitude = StarsField(label=_("服务态度"), error_messages={"required": _("请给服务态度打分。")})
    solution = StarsField(label=_("解决问题"), error_messages={"required": _("请给解决问题打分。")})
    comment = forms.CharField(
        label=_("想说的话"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
