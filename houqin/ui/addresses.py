"""Where a page may send the browser on to."""

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The address that the request asks to go on to, if it is one of this house; else `otherwise`, which
    may be the name of a route. Ready for a header, whatever was asked."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=here, require_https=request.is_secure()
    )
    return iri_to_uri(wanted) if safe else resolve_url(otherwise)
