"""Cheaper pages for those who walk over hundreds of them and look at the answer only."""

import pytest
from django.http import HttpResponse
from django.template.backends.django import Template

from houqin.ui.shell import errors
from houqin.ui.shell.menu import Menu
from tests.effort import EFFORT


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


@pytest.fixture
def undrawn(monkeypatch):
    """A template is not drawn but with more EFFORT; the browser opens each, and each list for each role."""
    if EFFORT == 1:
        monkeypatch.setattr(Template, "render", lambda *_context: "")
