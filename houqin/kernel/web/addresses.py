"""Where a page may send the browser on to, and where one came from."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The address that the request asks to go on to, if it is one of this house; else `otherwise`, which
    may be the name of a route. Ready for a header, whatever was asked."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure())
    return iri_to_uri(wanted) if safe else resolve_url(otherwise)


def sender_of(request: HttpRequest) -> str:
    """The address that the request came from. Behind the proxy of a production house that is the last one
    that the proxy has written down; what a browser writes there itself stands before it."""
    forwarded = str(request.headers.get("X-Forwarded-For", "")).rpartition(",")[2].strip()
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return forwarded or direct if settings.BEHIND_PROXY else direct
