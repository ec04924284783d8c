"""The trail, for the auditor and nobody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.timekeeping import now
from houqin.platform.audit_chain.actions import begin_check, step_check
from houqin.platform.audit_chain.checkpoints import write_roots
from houqin.platform.audit_chain.models import Check
from houqin.platform.audit_chain.reports import standing
from houqin.setup.audit.forms import AuditForm
from houqin.setup.audit.reports import events_of, line_of
from houqin.setup.audit.sealing import facts_of, with_problems
from houqin.ui.http import PageRequest
from houqin.ui.keyset import read_page

SIZE = 50
CHECKS = 14  # two weeks, as they are made daily
AT_ONCE = 50  # seals that are walked over while somebody waits; the worker goes on from there


@require_safe
def trail(request: PageRequest) -> HttpResponse:
    """Everything that was done, the latest first; the same number of queries for any number of events."""
    form = AuditForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = read_page(events_of(**wanted), "-at", request.GET.get("cursor", ""), size=SIZE)
    kept = request.GET.copy()
    kept.pop("cursor", None)
    context = {
        "form": form,
        "rows": [line_of(event) for event in page.rows],
        "now": now(),
        "next_url": f"?{kept.urlencode()}&cursor={page.next}" if page.next else "",
        "previous_url": f"?{kept.urlencode()}&cursor={page.previous}" if page.previous else "",
        "chosen": any(wanted.values()),
        "standing": standing(now()),
    }
    return render(request, "audit/trail.html", context, status=200 if form.is_valid() else 422)


@require_safe
def seals(request: PageRequest) -> HttpResponse:
    """Until when the trail is sealed, and what came of holding it against its seals."""
    at = now()
    state = standing(at)
    checks = Check.objects.filter(open=None).select_related("asked_by").order_by("-pk")[:CHECKS]
    context = {
        "standing": state,
        "facts": facts_of(state),
        "checks": with_problems(checks),
        "now": at,
    }
    template = "audit/_seals.html" if request.htmx else "audit/seals.html"
    answer = render(request, template, context)
    answer["Vary"] = "HX-Request"
    return answer


@require_POST
def check_now(request: PageRequest) -> HttpResponse:
    """Walk over the seals; what is left of a long trail is done by the worker."""
    check = begin_check(request.user, at=now())
    if step_check(check, most=AT_ONCE):
        step_check(check, most=AT_ONCE)
    return redirect("setup:seals")


@require_safe
def roots(request: PageRequest) -> HttpResponse:
    """The file to be kept where nobody of this machine can reach it."""
    at = now()
    answer = HttpResponse(write_roots(at), content_type="application/json")
    name = _("审计根值-%(day)s.json") % {"day": f"{localtime(at):%Y%m%d}"}
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
