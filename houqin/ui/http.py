from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from houqin.kernel.people.models import User


class PageRequest(HttpRequest):
    """A request that has passed LoginRequiredMiddleware and HtmxMiddleware."""

    user: User
    htmx: HtmxDetails
