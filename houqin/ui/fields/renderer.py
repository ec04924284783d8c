"""Selects, written in Python: Django draws each of hundreds of options with two templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

SELECT: Final = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):
    """Draws widgets as Django does, letter by letter, selects without a template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == SELECT:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    head = f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    return mark_safe(f"{head}{groups}\n</select>")  # every part is escaped


def _group(name: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(map(_option, options))
    if not name:
        return drawn
    return f'\n  <optgroup label="{escape(name)}">{drawn}\n  </optgroup>'


def _option(option: Mapping[str, Any]) -> str:
    attributes = _attributes(option["attrs"])
    value, label = escape(str(option["value"])), escape(option["label"])
    return f'\n  <option value="{value}"{attributes}>{label}</option>\n'


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not False
    )
