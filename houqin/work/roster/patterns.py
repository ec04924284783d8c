"""The patterns of shifts: a list and a form."""

from __future__ import annotations

from datetime import time

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.ui.http import PageRequest
from houqin.work.roster.forms import PatternForm
from houqin.work.roster.models import ShiftPattern

EDITS = {Role.MANAGER}  # they hold for the whole house


@require_safe
def patterns(request: PageRequest) -> HttpResponse:
    return render(request, "roster/patterns.html", {"patterns": ShiftPattern.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The form of one pattern, new without `pk`."""
    pattern = get_object_or_404(ShiftPattern, pk=pk) if pk else None
    form = PatternForm(request.POST or None, target=pattern)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(
            request, "roster/pattern.html", {"form": form, "pattern": pattern}, status=status
        )
    saved = save_pattern(request.user, pattern, **form.cleaned_data)
    messages.success(request, _("班次“%(name)s”已保存。") % {"name": saved})
    return redirect("roster:patterns")


@transaction.atomic
def save_pattern(
    actor: User,
    pattern: ShiftPattern | None,
    *,
    letter: str,
    name: str,
    starts: time,
    ends: time,
    on_call: bool,
    active: bool,
) -> ShiftPattern:
    """Write a pattern; shifts that were planned with it keep the hours they had."""
    require(actor, EDITS)
    pattern = pattern or ShiftPattern()
    pattern.letter, pattern.name, pattern.active = letter, name, active
    pattern.starts, pattern.ends, pattern.on_call = starts, ends, on_call
    pattern.save()
    record(actor, "pattern.saved", pattern, at=now(), name=pattern.name, hours=pattern.hours())
    return pattern
