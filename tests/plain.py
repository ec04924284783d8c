"""Cheaper pages for those who walk over hundreds of them and look at the answer only."""

import pytest
from django.http import HttpResponse

from houqin.ui.shell import errors
from houqin.ui.shell.menu import Menu


@pytest.fixture
def no_numbers(monkeypatch):
    """The menu counts nothing; houqin/ui/tests/test_navigation.py and the browser look at its numbers."""
    monkeypatch.setattr(Menu, "number", lambda _self, _count: 0)


@pytest.fixture
def bare_refusals(monkeypatch):
    """A refusal has its status and no page; houqin/ui/tests/test_troubles.py looks at those pages."""
    monkeypatch.setattr(
        errors, "render", lambda *_page, status, **_more: HttpResponse(status=status)
    )
