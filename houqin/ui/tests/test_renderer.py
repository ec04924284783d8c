"""A select written in Python against Django's template of it."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from houqin.ui.fields.renderer import Renderer

CHOICES = {
    "none": [],
    "plain": [("", "—"), (1, "A & <b>"), ("a\"'", mark_safe("<i>safe</i>")), ("lazy", _("地点"))],
    "groups": [("loose", "x"), ("组 <1>", [("a", "1"), ("b", "2")]), ("second", [(3, "3")])],
}


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("value", ["", 1, "b", "<", None])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_a_select_is_the_same_letter_by_letter(name, value, widget):
    attributes = {"class": "a'\"b", "required": True, "multiple": False, "data-n": 3}
    select = (
        widget(attributes, CHOICES[name])
        if widget is not forms.NullBooleanSelect
        else widget(attributes)
    )
    asked = {"name": "a<b", "value": value, "attrs": {"id": "id_a"}}
    assert select.render(**asked, renderer=Renderer()) == select.render(
        **asked, renderer=DjangoTemplates()
    )
