"""The browser of this folder."""

from tests.browsing import browser

__all__ = ["browser"]
