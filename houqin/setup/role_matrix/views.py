from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from houqin.kernel.people.actions import require
from houqin.setup.permissions import SEES_ROLES
from houqin.setup.role_matrix.access import AUDIENCE
from houqin.setup.role_matrix.reports import flow_tables, page_lines
from houqin.ui.http import PageRequest


@require_safe
def roles(request: PageRequest) -> HttpResponse:
    """Who may do what: printed from the flows and from the table that the tests hold every address to."""
    require(request.user, SEES_ROLES)
    context = {"flows": flow_tables(), "lines": page_lines(), "people": AUDIENCE.values()}
    return render(request, "role_matrix/roles.html", context)
