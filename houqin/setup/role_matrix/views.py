from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from houqin.setup.role_matrix.reports import areas, flow_tables
from houqin.ui.http import PageRequest
from houqin.ui.routes import AUDIENCE


@require_safe
def roles(request: PageRequest) -> HttpResponse:
    """Who may do what: printed from the flows and from the routes, which the tests walk over HTTP."""
    query = request.GET.get("q", "")[:60].strip()
    context = {"flows": flow_tables(query), "areas": areas(query), "query": query}
    return render(request, "role_matrix/roles.html", context | {"people": AUDIENCE.values()})
