from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.web.forms import HouseForm
from houqin.servicedesk.forms.people import PeopleField

KINDS = ("orders", "requests", "supervisions")


class WhoForm(HouseForm):
    """Whose work it is."""

    person = PeopleField(most=1, label=_("谁的工作"))

    def clean_person(self) -> User:
        found: list[User] = self.cleaned_data["person"]
        return found[0]


class HandOverForm(HouseForm):
    """One successor for each kind of work that there is; `target` is the open work."""

    orders = PeopleField(most=1, label=_("工单交给"), required=False)
    requests = PeopleField(most=1, label=_("由谁代为跟进和验收需求"), required=False)
    supervisions = PeopleField(most=1, label=_("督办交给"), required=False)
    reason = forms.CharField(label=_("交接原因"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            if not getattr(self.target, kind):
                del self.fields[kind]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for kind in KINDS:
            cleaned[kind] = next(iter(cleaned.get(kind) or ()), None)
        if not self.errors and not any(cleaned[kind] for kind in KINDS):
            raise forms.ValidationError(_now("请至少写一位接手的人。"))
        return cleaned
