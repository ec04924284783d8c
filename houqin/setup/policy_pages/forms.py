"""The form of one change: the value by its kind, from and until when, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import Policy
from houqin.ui.fields import HouseForm, MomentField


class PolicyForm(HouseForm):
    """Cleans to the keyword arguments of `change_policy`. `now` is the moment of the request."""

    effective_from = MomentField(
        label=_("从什么时候起"), required=False, help_text=_("不填就是马上生效。")
    )
    effective_until = MomentField(
        label=_("到什么时候止"),
        required=False,
        help_text=_("不填就是长期有效；到期后恢复原来的规定。"),
    )
    reason = forms.CharField(label=_("修改的原因"), max_length=200)

    def __init__(self, *args: Any, policy: Policy[Any], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy, self.now = policy, now
        self.fields = {"value": value_field(policy), **self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, until = cleaned.get("effective_from"), cleaned.get("effective_until")
        if start and start < self.now:
            self.add_error(
                "effective_from", _now("生效时间不能早于现在：已经发生的按当时的规定办。")
            )
        if until and until <= (start or self.now):
            self.add_error("effective_until", _now("结束时间要晚于开始时间。"))
        return cleaned

    @property
    def fingerprint(self) -> str:
        """What was previewed: a change is applied only as it was shown."""
        return " ".join(str(self.data.get(name, "")) for name in ("value", *self.base_fields))


def value_field(policy: Policy[Any]) -> forms.Field:
    """The field for the values of `policy`."""
    label: Any = policy.label
    if policy.unit:
        values = {"policy": policy.label, "unit": policy.unit.label}
        label = _now("%(policy)s（%(unit)s）") % values
    default: Any = policy.default
    note: Any = policy.note
    if policy.choices:
        return forms.ChoiceField(label=label, choices=policy.choices, help_text=note)
    if isinstance(default, bool):
        return forms.BooleanField(label=label, required=False, help_text=note)
    if isinstance(default, str):
        return forms.CharField(label=label, max_length=200, help_text=note)
    number: Any = forms.IntegerField if isinstance(default, int) else forms.FloatField
    field: forms.Field = number(
        label=label, min_value=policy.least, max_value=policy.most, help_text=note
    )
    return field
