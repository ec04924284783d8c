from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.forms.guest import REACHABLE, URGENCY
from houqin.desk.demands.forms.entries import entry_choices
from houqin.desk.demands.forms.questions import answer, field_name, question_field
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import OF_PEOPLE, User, the_guest
from houqin.ui.fields import HouseForm, MomentField, PlaceField, RadioTiles


class BehalfForm(HouseForm):
    """A demand that is written down for somebody else (R2.1). Cleans to the arguments of `submit_demand`.

    `who` is a person of the house, by `person` or by account, name or phone; or, where nobody is found, a
    caller without an account, who then needs a phone. The questions are those of the chosen entry.
    """

    who = forms.CharField(
        label=_("谁"),
        max_length=40,
        help_text=_("姓名、电话或工号，两个字就够"),
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True}),
        error_messages={"required": _("请写是谁，没有账号的写称呼。")},
    )
    person = forms.ModelChoiceField(
        queryset=User.objects.filter(OF_PEOPLE, is_active=True),
        required=False,
        widget=forms.HiddenInput,
    )
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    place = PlaceField(
        label=_("在哪里"), error_messages={"required": _("请选择地点，师傅才找得到。")}
    )
    entry = forms.ModelChoiceField(
        label=_("服务项"),
        queryset=Entry.objects.filter(active=True).select_related("category"),
        to_field_name="code",
        error_messages={"required": _("请选服务项。")},
    )
    title = forms.CharField(
        label=_("怎么了，一句话"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("请用一句话说明要办什么。")},
    )
    claimed = forms.ChoiceField(
        label=_("有多急"),
        choices=Grade.choices,
        initial=Grade.ROUTINE,
        widget=RadioTiles(look="fill", grades=True, notes=URGENCY),
    )
    body = forms.CharField(
        label=_("详细说明"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    wanted_at = MomentField(label=_("希望什么时候办好"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, entry = self.fields["place"], self.fields["entry"]
        place.offer()  # type: ignore[attr-defined]
        entry.choices = entry_choices()  # type: ignore[attr-defined]
        self.asked = questions_of(self.data.get("entry", "")) if self.is_bound else []
        self.fields |= {field_name(question): question_field(question) for question in self.asked}

    def point_at_error(self) -> None:
        """Let the cursor stand where something is missing."""
        del self.fields["who"].widget.attrs["autofocus"]
        for name in self.fields:
            if name in self.errors:
                self.fields[name].widget.attrs["autofocus"] = True
                return

    def questions(self) -> Iterator[BoundField]:
        """The fields of the entry's own questions."""
        return (self[field_name(question)] for question in self.asked)

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        answers = {
            question["code"]: answer(question, cleaned.pop(field_name(question), None))
            for question in self.asked
        }
        cleaned["answers"] = {code: value for code, value in answers.items() if value is not None}
        who, person = cleaned.pop("who", ""), cleaned.pop("person", None)
        if who:
            cleaned |= self._requester(who, person, cleaned.get("phone", ""))
        return cleaned

    def _requester(self, who: str, person: User | None, phone: str) -> dict[str, Any]:
        requester = person or self._known(who)
        if requester:
            return {"requester": requester, "phone": phone or requester.phone}
        if not self.has_error("phone") and not self.has_error("who"):
            self._need_phone(phone)
        return {"requester": the_guest(), "caller": who}

    def _known(self, who: str) -> User | None:
        people = User.objects.filter(Q(username=who) | Q(name=who) | Q(phone=who))
        matches = list(people.filter(OF_PEOPLE, is_active=True).order_by("pk")[:6])
        if len(matches) > 1:
            accounts = _now("、").join(match.username for match in matches)
            words = _now("有几位“%(name)s”，请填账号：%(accounts)s")
            self.add_error("who", words % {"name": who, "accounts": accounts})
        return matches[0] if len(matches) == 1 else None

    def _need_phone(self, phone: str) -> None:
        """Somebody without an account can be reached by nothing else."""
        try:
            REACHABLE(phone)
        except ValidationError:
            self.add_error(
                "phone", _now("没有这个账号，按外来人登记；请留一个打得通的电话，好回话。")
            )


def questions_of(code: str) -> list[dict[str, Any]]:
    """The typed questions of the entry `code`; none for a code that is not offered."""
    entry = Entry.objects.filter(code=code[:40], active=True).first()
    return list(entry.questions) if entry else []
