"""A page with one form: asked, refused with what was typed, or saved and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from houqin.kernel.errors import Refused
from houqin.ui.http import PageRequest

Words = str | Promise


def answer_form(
    request: PageRequest,
    form: Form,
    save: Callable[[Mapping[str, Any]], Any],
    *,
    title: Any,
    back: str,
    done: Words = "",
    then: Callable[[Any], str] | None = None,
    template: str = "ui/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Ask `form`; once it is valid `save(cleaned)` and go on to `then(saved)`, else to `back`.

    `done` is said with the saved thing as `name`. What is refused is said above the form, which keeps all.
    """
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = refused.status
        else:
            _tell(request, done, saved)
            return redirect(then(saved) if then else back)
    shown = {"form": form, "title": title, "back_url": back} | dict(context or {})
    return render(request, template, shown, status=status)


def _tell(request: PageRequest, done: Words, saved: Any) -> None:
    if done:
        messages.success(request, str(done) % {"name": saved})


def posted(request: HttpRequest) -> tuple[QueryDict | None, Any]:
    """The data and the files that a form takes: what was posted, nothing where it is only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def render_form(request: PageRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page of the form in `context`; 422 when what was sent has been refused."""
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context, status=status)
