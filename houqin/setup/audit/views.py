"""The trail, for the auditor and nobody else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.vocabulary import SAYINGS, Saying, said
from houqin.kernel.web.http import PageRequest
from houqin.kernel.web.keyset import read_page
from houqin.setup.audit.forms import AuditForm
from houqin.setup.audit.reports import events_of
from houqin.setup.gates import READS_TRAIL

SIZE = 50


@require_safe
def trail(request: PageRequest) -> HttpResponse:
    """Everything that was done, the latest first; the same number of queries for any number of events."""
    require_everywhere(request.user, READS_TRAIL)
    form = AuditForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = read_page(events_of(**wanted), "-at", request.GET.get("cursor", ""), size=SIZE)
    kept = request.GET.copy()
    kept.pop("cursor", None)
    context = {
        "form": form, "rows": [_line(event) for event in page.rows], "now": now(),
        "next_url": f"?{kept.urlencode()}&cursor={page.next}" if page.next else "",
        "previous_url": f"?{kept.urlencode()}&cursor={page.previous}" if page.previous else "",
        "chosen": any(wanted.values()),
    }  # fmt: skip
    return render(request, "setup/trail.html", context, status=200 if form.is_valid() else 422)


def _line(event: Event) -> dict[str, Any]:
    saying = SAYINGS.get(event.name, Saying(event.name))
    target = event.target
    about = getattr(target, "number", None) or (str(target) if target is not None else "—")
    return {"event": event, "sentence": said(event.name, event.facts), "icon": saying.icon, "about": about}
