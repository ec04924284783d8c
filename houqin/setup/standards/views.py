"""Versions of the service standard: what was, is and will be promised."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.clock.kinds import graded_kinds
from houqin.kernel.clock.models import Grade, Standard
from houqin.kernel.clock.standards import (
    publish_standard,
    refuse_in_force,
    revise_standard,
    withdraw_standard,
)
from houqin.kernel.registry import Text
from houqin.kernel.timekeeping import now
from houqin.setup.permissions import PUBLISHES_STANDARDS
from houqin.setup.standards.forms import StandardForm, initial_of
from houqin.ui.form_pages import render_form
from houqin.ui.http import PageRequest


@require_safe
def standards(request: PageRequest) -> HttpResponse:
    at = now()
    versions = Standard.objects.order_by("-effective_from").prefetch_related(
        "promises", "hold_reasons"
    )
    context = {
        "versions": [_in_words(version) for version in versions],
        "kinds": _kinds(),
        "now": at,
        "in_force": Standard.in_force(at).pk if versions else None,
        "may_publish": bool(request.user.roles_at(None) & PUBLISHES_STANDARDS),
    }
    return render(request, "standards/standards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PageRequest) -> HttpResponse:
    at = now()
    form = StandardForm(request.POST or None, initial=_current(at), now=at, actor=request.user)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, None)
    standard = publish_standard(request.user, **form.cleaned_data["version"])
    messages.success(request, _("“%(name)s”已发布，到时自动生效。") % {"name": standard.name})
    return redirect("setup:standards")


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: PageRequest, pk: int) -> HttpResponse:
    """Change a version that has yet to come into force; one that is or was in force is refused."""
    at, standard = now(), get_object_or_404(Standard, pk=pk)
    refuse_in_force(standard, at)
    form = StandardForm(request.POST or None, initial=_itself(standard), now=at, target=standard)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, standard)
    revise_standard(request.user, standard, **form.cleaned_data["version"])
    messages.success(request, _("已修改。"))
    return redirect("setup:standards")


@require_POST
def withdraw(request: PageRequest, pk: int) -> HttpResponse:
    standard = get_object_or_404(Standard, pk=pk)
    withdraw_standard(request.user, standard)
    messages.success(request, _("“%(name)s”已撤回。") % {"name": standard.name})
    return redirect("setup:standards")


def _ask(request: PageRequest, form: StandardForm, standard: Standard | None) -> HttpResponse:
    context = {"form": form, "standard": standard, "kinds": _kinds()}
    return render_form(request, "standards/standard.html", context)


def _kinds() -> list[tuple[str, Text]]:
    """The heads of the columns: each kind of clock that a version promises."""
    return [(kind.code, kind.label) for kind in graded_kinds()]


def _current(at: datetime) -> dict[str, Any]:
    return initial_of(Standard.in_force(at)) if Standard.objects.exists() else {}


def _itself(standard: Standard) -> dict[str, Any]:
    return initial_of(standard) | {"name": standard.name, "effective_from": standard.effective_from}


def _in_words(version: Standard) -> dict[str, Any]:
    """A version as the regulation prints it: a line for each grade, a column for each clock."""
    promises = {(promise.grade, promise.kind): promise for promise in version.promises.all()}
    lines = [
        (grade, [promises.get((grade, kind)) for kind, _label in _kinds()])
        for grade in Grade.values
    ]
    reasons = sorted(version.hold_reasons.all(), key=lambda reason: reason.pk)
    return {"version": version, "lines": lines, "reasons": reasons}
