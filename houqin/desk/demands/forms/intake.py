from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.forms.questions import answer, field_name, question_field
from houqin.desk.demands.models import Demand
from houqin.desk.demands.reports import promises_in_words
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.fields import HouseForm, MomentField, PhotoField, PlaceField, RadioTiles


class NewDemandForm(HouseForm):
    """What `actor` needs of the entry `target` (R2.1); cleans to the arguments of `submit_demand`."""

    place = PlaceField(
        label=_("在哪里"), error_messages={"required": _("请选择地点，师傅才找得到。")}
    )
    title = forms.CharField(
        label=_("怎么了，一句话"),
        max_length=120,
        error_messages={"required": _("请用一句话说明要办什么。")},
    )
    body = forms.CharField(
        label=_("详细说明"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    photos = PhotoField(label=_("照片，最多 6 张"), required=False)
    claimed = forms.ChoiceField(label=_("有多急"), choices=Grade.choices)
    wanted_at = MomentField(label=_("希望什么时候办好"), required=False)
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=_("只用来联系这件事"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("place", _last_place(self.actor))
        self.initial.setdefault("phone", self.actor.phone)
        self.initial.setdefault("claimed", self.target.default_grade)
        self._offer_choices()
        asked = {
            field_name(question): question_field(question) for question in self.target.questions
        }
        self.fields.update(asked)
        self.order_fields(["place", "title", *asked, "body", "photos", "claimed"])

    def _offer_choices(self) -> None:
        place, claimed = self.fields["place"], self.fields["claimed"]
        place.offer()  # type: ignore[attr-defined]
        claimed.widget = RadioTiles(look="list", grades=True, notes=promises_in_words(now()))
        claimed.widget.choices = Grade.choices

    def clean_wanted_at(self) -> Any:
        wanted = self.cleaned_data["wanted_at"]
        if wanted and wanted < now():
            raise forms.ValidationError(_now("这个时间已经过去，请选一个以后的时间。"))
        return wanted

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        answers = {
            question["code"]: answer(question, cleaned.pop(field_name(question), None))
            for question in self.target.questions
        }
        cleaned["answers"] = {code: value for code, value in answers.items() if value is not None}
        return cleaned


def _last_place(user: User) -> int | None:
    """Where the last demand of `user` was."""
    mine = Demand.objects.visible_to(user).filter(requester=user).order_by("-submitted_at", "-pk")
    return mine.values_list("place_id", flat=True).first()
