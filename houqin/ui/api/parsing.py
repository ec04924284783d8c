"""The body of a request, in any of the three ways that it may come, on its way into a form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from houqin.platform.tokens.problems import Trouble
from houqin.ui.api.fields import data_from_form, data_from_json

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


class Body:
    """What was said, by name. `is_form` when it came as a browser or curl sends a form."""

    def __init__(self, answers: Any, files: Any = None) -> None:
        self.answers, self.is_form, self.files = (
            answers,
            files is not None,
            files or MultiValueDict(),
        )

    def take(self, name: str) -> str:
        """A text of the body that is for no form; "" when it is not there or no text."""
        value = self.answers.pop(name, "")
        value = value[-1] if isinstance(value, list) and value else value
        return value if isinstance(value, str) else ""

    def nothing(self) -> None:
        """Raise Trouble (422) when anything was said where there is nothing to say."""
        self.fill(forms.Form())

    def fill(self, form: forms.Form) -> dict[str, Any]:
        """The cleaned data of `form` filled in with this. An optional field that was left out keeps what the
        page would offer. Raises Trouble (422) with the errors by field."""
        if self.is_form:
            data, wrong = data_from_form(form.fields, self.answers, self.files)
        else:
            data, wrong = data_from_json(form.fields, self.answers)
        for name, offered in self._kept(form):
            data[name] = offered
        form.data, form.files, form.is_bound = data, self.files, True
        if wrong or not form.is_valid():
            raise Trouble(422, errors=wrong or _errors(form))
        return form.cleaned_data

    def _kept(self, form: forms.Form) -> Iterator[tuple[str, str]]:
        """What the page would offer in the optional texts that were left out."""
        for name, field in form.fields.items():
            offered = form.get_initial_for_field(field, name)
            optional = isinstance(field, forms.CharField) and not field.required
            if optional and offered and name not in self.answers:
                yield name, str(offered)


def read_body(request: HttpRequest) -> Body:
    """Raises Trouble: 400 for what is no JSON, 415 for another kind of body, 422 for what is no object."""
    if request.content_type in FORMS:
        return Body(request.POST.copy(), request.FILES)
    if not request.body:
        return Body({})
    if request.content_type != "application/json":
        raise Trouble(415)
    answers = _decoded(request.body)
    if not isinstance(answers, dict):
        raise Trouble(422, _("正文要一个 JSON 对象。"))
    return Body(answers)


def _decoded(body: bytes) -> Any:
    try:
        answers = json.loads(body, parse_constant=_no_number)
        json.dumps(answers, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise Trouble(400, _("正文不是有效的 JSON。")) from None
    return answers


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _errors(form: forms.Form) -> list[tuple[str, str]]:
    named = [("" if name == "__all__" else name, words) for name, words in form.errors.items()]
    return [(name, str(sentence)) for name, words in named for sentence in words]
