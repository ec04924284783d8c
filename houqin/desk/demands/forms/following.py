"""What the verbs of following through ask for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import Supervision
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm, MomentField, PeopleField


class UrgeForm(HouseForm):
    note = forms.CharField(
        label=_("想说的话"),
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("例如几点之前必须好；师傅和后勤都会收到"),
    )


class SuperviseForm(HouseForm):
    ask = forms.CharField(
        label=_("要求"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写明要对方答复什么。")},
    )
    due_at = MomentField(label=_("几时之前答复"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault(
            "due_at", localtime(now() + timedelta(days=1)).replace(second=0, microsecond=0)
        )

    def clean_due_at(self) -> datetime:
        due_at: datetime = self.cleaned_data["due_at"]
        if due_at <= now():
            raise forms.ValidationError(_now("答复期限要晚于现在。"))
        return due_at


class AnswerForm(HouseForm):
    """The answer, below the words that ask for it."""

    answer = forms.CharField(
        label=_("答复"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("请写明情况和下一步，督办人会看到。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Supervision.objects.open().filter(demand=self.target).first()
        if asked:
            self.fields["answer"].help_text = _("%(name)s 问：%(ask)s") % {
                "name": asked.by,
                "ask": asked.ask,
            }


class CopyForm(HouseForm):
    """Who is copied in, and which of those who are shall no longer be."""

    people = PeopleField(label=_("抄送给"), required=False)
    dropped = forms.ModelMultipleChoiceField(
        label=_("不再抄送"),
        required=False,
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        watching = User.objects.filter(pk__in=self.target.watchers.values("user"))
        self.fields["dropped"].queryset = watching.order_by("name", "pk")  # type: ignore[attr-defined]
        if not watching.exists():
            del self.fields["dropped"]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not cleaned.get("people") and not cleaned.get("dropped"):
            self.add_error("people", _now("请写要抄送给谁。"))
        return cleaned
