from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.middleware import HtmxDetails

from houqin.kernel.people.models import User


class PageRequest(HttpRequest):
    """A request that has passed LoginRequiredMiddleware and HtmxMiddleware."""

    user: User
    htmx: HtmxDetails


def lead_on(request: PageRequest, url: str) -> HttpResponse:
    """Send the browser on to `url`, as a whole page from a part of one too."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
