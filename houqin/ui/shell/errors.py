"""The pages for what went wrong before or beside a view. `config/urls.py` names them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this person; the answer is the same."""
    return render(request, "ui/error.html", {"status": 404}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself."""
    return render(request, "ui/error.html", {"status": 403}, status=403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that is not one."""
    return render(request, "ui/error.html", {"status": 400}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: drawn without context processors, since the database may be what is broken."""
    return HttpResponse(render_to_string("ui/error.html", {"status": 500}), status=500)
