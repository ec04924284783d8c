"""The addresses of pages."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=8192)
def address(route: str, *keys: str | int) -> str:
    """Where the page of `route` for `keys` is; kept, because a list says the same of each row each time."""
    return reverse(route, args=keys)
