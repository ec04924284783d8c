from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm
from houqin.work.roster.models import Shift, colleagues_of


class ShiftChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user} {obj}" if self.empty_label else str(obj)


class SwapForm(HouseForm):
    """Which of one's own shifts, to whom, for which of theirs."""

    shift = ShiftChoice(Shift.objects.none(), label=_("让出哪个班"), empty_label=None)
    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("请谁来上"), empty_label=_("请选择同事")
    )
    back = ShiftChoice(
        Shift.objects.none(),
        label=_("换回他的哪个班"),
        required=False,
        empty_label=_("不换回，请他代班"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = now()
        mates = colleagues_of(self.actor)
        mine = (
            Shift.objects.visible_to(self.actor)
            .filter(user=self.actor, starts_at__gt=at)
            .select_related("pattern")
        )
        theirs = (
            Shift.objects.visible_to(self.actor)
            .filter(user__in=mates, starts_at__gt=at)
            .select_related("pattern", "user")
        )
        self._offer("shift", mine.order_by("starts_at"))
        self._offer("colleague", mates)
        self._offer("back", theirs.order_by("user__name", "starts_at"))

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        back, colleague = cleaned.get("back"), cleaned.get("colleague")
        if back and colleague and back.user_id != colleague.pk:
            self.add_error("back", _now("这个班不是所选同事的，请重选。"))
        return cleaned


class SwapReasonForm(HouseForm):
    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea({"rows": 2}))
