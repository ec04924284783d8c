from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.ui.fields import HouseForm, RadioTiles, StarsField

YES = "yes"


class ReachForm(HouseForm):
    """The questions of the call, in the order in which they are asked."""

    solved = forms.ChoiceField(
        label=_("问题解决了吗？"),
        choices=[(YES, _("解决了")), ("no", _("没有解决"))],
        widget=RadioTiles(look="fill"),
    )
    score = StarsField(
        label=_("总体满意几颗星？"), error_messages={"required": _("请给总体满意打分。")}
    )
    remark = forms.CharField(
        label=_("还有什么要说的？"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    improvement = forms.CharField(
        label=_("要改进的"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("写了就会告诉主管，并记在需求的处理记录里"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return cleaned | {"solved": cleaned.get("solved") == YES}
