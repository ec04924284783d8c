"""The papers that apps offer of their things; the kernel knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from houqin.kernel.people.models import User
from houqin.platform.paper.form import Form, Words


@dataclass(frozen=True)
class Paper:
    """One form that is printed of the things of `model`, by whoever may see them.

    `form(user, thing, at)` is what `user` may read of it; `when(thing)` says whether there is anything to
    print yet. `lookup` is the field that names a thing in the address.
    """

    key: str
    label: Words
    model: Any
    form: Callable[[User, Any, datetime], Form]
    when: Callable[[Any], bool] = field(default=lambda thing: True)
    lookup: str = "number"

    def address(self, *things: Any) -> str:
        """Where the forms of `things` are printed in one file."""
        return reverse(
            "paper", args=[self.key, ",".join(str(getattr(thing, self.lookup)) for thing in things)]
        )

    def together(self, request: HttpRequest, things: Sequence[Any]) -> HttpResponse:
        """Go and print the forms of what was ticked in a list: the `answer` of a `Bulk`."""
        where = self.address(*things)
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": where})
        return HttpResponseRedirect(where)


PAPERS: dict[str, Paper] = {}


def register(paper: Paper) -> Paper:
    """Offer `paper`; the same key registered again replaces it."""
    PAPERS[paper.key] = paper
    return paper


def papers_of(thing: Any) -> list[dict[str, Any]]:
    """What can be printed of `thing` now, with its address; as `ui/_papers.html` draws it."""
    fitting = [
        paper for paper in PAPERS.values() if isinstance(thing, paper.model) and paper.when(thing)
    ]
    return [{"label": paper.label, "url": paper.address(thing)} for paper in fitting]
