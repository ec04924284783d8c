from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from houqin.kernel.timekeeping import now
from houqin.setup.health.reports import facts_of_the_house, sweep_lines
from houqin.ui.http import PageRequest


@require_safe
def health(request: PageRequest) -> HttpResponse:
    """How the machine is: sweeps, mail on its way, database, files."""
    at = now()
    context = {"sweeps": sweep_lines(at), "facts": facts_of_the_house(request.user, at), "now": at}
    return render(request, "health/health.html", context)
