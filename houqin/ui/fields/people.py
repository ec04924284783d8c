from __future__ import annotations

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import OF_PEOPLE, RoleGrant, User

BETWEEN = re.compile(r"[、，,;；\s]+")


class PeopleField(forms.CharField):
    """Colleagues by name or account, several apart by 、 or a comma. Cleans to a list of people; with
    `most=1` to at most one of them."""

    def __init__(self, *, most: int = 20, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("写姓名或账号") if most == 1 else _("写姓名或账号，多个用顿号隔开")
        )
        super().__init__(max_length=500, **kwargs)
        self.most = most

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "data-widget": "people",
            "data-people": "list",
            "data-url": reverse_lazy("colleagues"),
            "autocomplete": "off",
        }

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        names = [word for word in ([text] if self.most == 1 else BETWEEN.split(text)) if word]
        if len(names) > self.most:
            raise ValidationError(_now("最多写 %(most)s 位。") % {"most": self.most})
        return list(dict.fromkeys(_one(word) for word in names))


class PersonField(PeopleField):
    """One colleague by name or account; cleans to the person, or to None when it is left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=1, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.username if isinstance(value, User) else value

    def clean(self, value: Any) -> Any:
        return next(iter(super().clean(value)), None)


def _one(name: str) -> User:
    people = User.objects.filter(OF_PEOPLE, Q(username=name) | Q(name=name), is_active=True)
    matches = list(people.order_by("pk")[:6])
    if not matches:
        raise ValidationError(_now("没有找到“%(name)s”，请填账号或全名。") % {"name": name})
    if len(matches) > 1:
        accounts = _now("、").join(person.username for person in matches)
        words = _now("有几位“%(name)s”，请填账号：%(accounts)s")
        raise ValidationError(words % {"name": name, "accounts": accounts})
    return matches[0]


def colleagues(words: str) -> list[dict[str, str]]:
    """Up to eight people whose name holds `words` or whose account begins with them, as the picker of names
    shows and writes them: one of two with the same name is written with the account."""
    if not words:
        return []
    people = _fitting(words)
    namesakes = User.objects.filter(name__in=[person.name for person in people])
    names = Counter(namesakes.values_list("name", flat=True))
    return [_suggestion(person, alone=names[person.name] == 1) for person in people]


def _fitting(words: str) -> list[User]:
    apart = RoleGrant.objects.filter(role__in=ADMINISTRATORS).values("user_id")
    active = User.objects.filter(OF_PEOPLE, is_active=True).exclude(pk__in=apart)
    fitting = active.filter(Q(name__icontains=words) | Q(username__istartswith=words))
    return list(fitting.select_related("department").order_by("name", "pk")[:8])


def _suggestion(person: User, *, alone: bool) -> dict[str, str]:
    """What the picker shows and writes of `person`, who is `alone` in having that name."""
    name, account = person.name, person.username
    return {
        "name": name,
        "note": " ".join(filter(None, [account, str(person.department or "")])),
        "mention": name if alone else f"{name}({account})",
        "entry": name if alone else account,
    }
