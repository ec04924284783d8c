"""What a work order is for."""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from django.apps import apps


class Subject(Protocol):
    """What a work order is for. A demand of the service desk is one; a duty or a finding may be.

    Its manager says `visible_to(user)`, `with_all()` for what a row of a list shows of it, and
    `to_dispatch(user)`: what waits for a work order that `user` may give.
    """

    pk: int
    number: str
    grade: str
    title: str
    clocks: Any

    def get_absolute_url(self) -> str: ...
    def contact(self) -> tuple[str, str]: ...  # whom to call: name, phone
    def brief(self) -> str: ...  # what was asked for, as it was asked
    def kin(self) -> Any: ...  # the query of its like, whose past work tells who is good at it
    def dispatch_url(self) -> str: ...  # the page that gives it out


@cache
def subject_models() -> list[Any]:
    """Every model that keeps the protocol of Subject; none has to be named here."""
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "contact") and hasattr(model, "brief")
    ]
