"""The page 我的 / 消息设置: what comes by mail at once, once a day, or not at all, and when it is quiet."""

from __future__ import annotations

from datetime import time
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from houqin.platform.notices.actions import choose
from houqin.platform.notices.models import Choice, NoticeChoice
from houqin.platform.notices.topics import TOPICS
from houqin.ui.fields import HouseForm, RadioTiles
from houqin.ui.http import PageRequest

HOURS: Final = ("daily_at", "quiet_from", "quiet_to")


def _hour(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **options)


def _tiles(label: str, chosen: str) -> forms.ChoiceField:
    tiles = RadioTiles(look="fill")
    return forms.ChoiceField(
        label=label, choices=NoticeChoice.choices, widget=tiles, initial=chosen
    )


class ChoicesForm(HouseForm):
    """Cleans `choice` to the keyword arguments of `choose`."""

    daily_at = _hour(label=_("每日汇总的时间"))
    quiet_from = _hour(label=_("免打扰从"), required=False)
    quiet_to = _hour(label=_("到"), required=False, help_text=_("两项都不填就没有免打扰时段。"))

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        hours = {name: getattr(choice, name) for name in HOURS}
        super().__init__(*args, initial=hours, **kwargs)
        for topic in TOPICS:
            chosen = choice.mail.get(topic.code, NoticeChoice.NOW)
            self.fields[topic.code] = _tiles(str(topic.label), chosen)

    @property
    def topics(self) -> list[BoundField]:
        return [self[code] for code in TOPICS.codes]

    @property
    def hours(self) -> list[BoundField]:
        return [self["daily_at"], self["quiet_from"], self["quiet_to"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"quiet_from", "quiet_to"} & set(self.errors):
            self._check_quiet(cleaned.get("quiet_from"), cleaned.get("quiet_to"))
        hours = {name: cleaned.get(name) for name in HOURS}
        cleaned["choice"] = hours | {"mail": {code: cleaned.get(code) for code in TOPICS.codes}}
        return cleaned

    def _check_quiet(self, start: time | None, end: time | None) -> None:
        if (start is None) != (end is None):
            self.add_error("quiet_to", _now("免打扰时段要写明从几点到几点。"))
        elif start is not None and start == end:
            self.add_error("quiet_to", _now("免打扰的开始和结束不能相同。"))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request: PageRequest) -> HttpResponse:
    person = request.user
    choice = Choice.objects.filter(user=person).first() or Choice(user=person)
    form = ChoicesForm(request.POST or None, choice=choice, actor=person)
    if request.method != "POST" or not form.is_valid():
        context, status = {"form": form, "choice": choice}, 422 if form.is_bound else 200
        return render(request, "ui/account/notice_preferences.html", context, status=status)
    choose(person, **form.cleaned_data["choice"])
    messages.success(request, _now("消息设置已保存。"))
    return redirect("notice_choices")
