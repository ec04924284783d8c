from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.actions.mentions import check_mentions, mentioned_in
from houqin.desk.demands.reports import reads_inner
from houqin.kernel.errors import Refused
from houqin.ui.fields import HouseForm, PhotoField


class ResubmitForm(HouseForm):
    """What the requester completes after the demand was sent back."""

    title = forms.CharField(
        label=_("怎么了，一句话"),
        max_length=120,
        error_messages={"required": _("请用一句话说明要办什么。")},
    )
    body = forms.CharField(
        label=_("详细说明"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    photos = PhotoField(label=_("补照片"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"title": self.target.title, "body": self.target.body, **self.initial}


class WithdrawForm(HouseForm):
    reason = forms.CharField(
        label=_("为什么撤回"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )


class CommentForm(HouseForm):
    """A word in the thread; only those who run or do the work may keep it among themselves."""

    text = forms.CharField(
        label=_("写一句话"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("请先写点内容再发送。")},
    )
    inner = forms.BooleanField(label=_("内部备注，需求人看不到"), required=False)
    photos = PhotoField(label=_("照片"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reads_inner(self.target.roles_of(self.actor)):
            del self.fields["inner"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        try:
            people = mentioned_in(cleaned.get("text", ""))
            check_mentions(self.target, people, inner=cleaned.get("inner", False))
        except Refused as no:
            self.add_error("text", str(no))
        if cleaned.get("inner") and cleaned.get("photos"):
            self.add_error("photos", _now("内部备注不能带照片，照片需求人也看得到。"))
        return cleaned
