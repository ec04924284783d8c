"""Fields that more than one form about people and places has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place

CODE = RegexValidator(
    r"^[\w.\-]+$", _("编码和工号只用字母、数字、汉字、点、横线和下划线，中间不留空格。")
)
PHONE = RegexValidator(r"^[0-9+\-() 转]*$", _("电话只写数字、空格、横线和“转”字。"))


def username_field(**options: Any) -> forms.CharField:
    """The number by which a person signs in."""
    widget = forms.TextInput({"autocapitalize": "none", "autocomplete": "off"})
    return forms.CharField(
        label=_("工号"), max_length=60, validators=[CODE], widget=widget, **options
    )


def code_field(**options: Any) -> forms.CharField:
    """What a place or department is found by in a sheet; at most 30 characters as the tables hold it."""
    return forms.CharField(label=_("编码"), max_length=30, validators=[CODE], **options)


def refuse_taken(
    model: type[Place | Department | User], field: str, value: str, itself: Any
) -> str:
    """`value` when no other row has it, whatever the case; else ValidationError."""
    taken = model._default_manager.filter(**{f"{field}__iexact": value})
    if taken.exclude(pk=itself.pk if itself else 0).exists():
        raise ValidationError(_now("“%(value)s”已经有了，请换一个。") % {"value": value})
    return value
