from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.web.forms import HouseForm, MomentField, RadioTiles
from houqin.servicedesk.forms.photos import ReceivedPhotosField
from houqin.servicedesk.forms.places import PlaceField
from houqin.servicedesk.forms.questions import answer, field_name, question_field
from houqin.servicedesk.models import WRITES_FOR_OTHERS, Request
from houqin.servicedesk.reports import promises_in_words

CHANNELS = [Request.Channel.WEB, Request.Channel.HOTLINE, Request.Channel.PAPER]


class NewRequestForm(HouseForm):
    """A new request for the catalogue entry `target` (R2.1). Cleans to the arguments of `submit_request`.

    Those who run the desk may also write it down for a caller or from a paper form.
    """

    caller = forms.CharField(label=_("替谁登记"), max_length=60, required=False)
    channel = forms.ChoiceField(label=_("从哪里来"), required=False, widget=RadioTiles(look="fill"))
    place = PlaceField(label=_("在哪里"), error_messages={"required": _("请选择地点，师傅才找得到。")})
    title = forms.CharField(
        label=_("怎么了，一句话"),
        max_length=120,
        error_messages={"required": _("请用一句话说明要办什么。")},
    )
    body = forms.CharField(
        label=_("详细说明"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    photos = ReceivedPhotosField(label=_("照片，最多 6 张"), required=False)
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
        asked = {field_name(question): question_field(question) for question in self.target.questions}
        self.fields.update(asked)
        self.order_fields(["caller", "channel", "place", "title", *asked, "body", "photos", "claimed"])

    def _offer_choices(self) -> None:
        place, claimed, channel = self.fields["place"], self.fields["claimed"], self.fields["channel"]
        place.offer()  # type: ignore[attr-defined]
        claimed.widget = RadioTiles(look="list", grades=True, notes=promises_in_words(now()))
        claimed.widget.choices = Grade.choices
        if self.actor.role_codes() & WRITES_FOR_OTHERS:
            channel.choices = [(one.value, one.label) for one in CHANNELS]  # type: ignore[attr-defined]
            self.initial.setdefault("channel", Request.Channel.WEB)
            self.fields["caller"].help_text = _("填账号或姓名；不填就是您自己的需求")
        else:
            del self.fields["caller"], self.fields["channel"]

    def clean_caller(self) -> User | None:
        """The one person of that account or name; an error that helps when there is none or several."""
        said = self.cleaned_data["caller"].strip()
        if not said:
            return None
        people = User.objects.filter(Q(username=said) | Q(name=said), is_active=True, is_system=False)
        found = list(people.order_by("pk")[:6])
        if not found:
            raise forms.ValidationError(_now("没有找到“%(name)s”，请填账号或全名。") % {"name": said})
        if len(found) > 1:
            accounts = _now("、").join(person.username for person in found)
            words = _now("有几位“%(name)s”，请填账号：%(accounts)s")
            raise forms.ValidationError(words % {"name": said, "accounts": accounts})
        return found[0]

    def clean_wanted_at(self) -> Any:
        wanted = self.cleaned_data["wanted_at"]
        if wanted and wanted < now():
            raise forms.ValidationError(_now("这个时间已经过去，请选一个以后的时间。"))
        return wanted

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        said = {one["code"]: answer(one, cleaned.pop(field_name(one), None)) for one in self.target.questions}
        cleaned["answers"] = {code: value for code, value in said.items() if value is not None}
        caller = cleaned.pop("caller", None)
        if caller is not None:
            cleaned["requester"] = caller
            if cleaned.get("phone") == self.actor.phone:
                cleaned["phone"] = caller.phone
        if not cleaned.get("channel"):
            cleaned["channel"] = Request.Channel.WEB
        return cleaned


def _last_place(user: User) -> int | None:
    """Where the last request of `user` was."""
    mine = Request.objects.visible_to(user).filter(requester=user).order_by("-submitted_at", "-pk")
    return mine.values_list("place_id", flat=True).first()
