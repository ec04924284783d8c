"""Several rows of a list at once: ticked by whoever reads it, each done by its own action in a transaction of
its own, and told row by row.

A `Listing` that names `bulk` draws a box before each row (`lists.drawing.lines`) and a bar above them; its
`together` answers the bar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.kernel.errors import Refused
from houqin.ui.addresses import safe_next
from houqin.ui.fields import HouseForm
from houqin.ui.http import PageRequest, lead_on
from houqin.ui.shell.middleware import lost_a_race

Words = str | Promise
MOST = 200  # rows at a time
SPELT_OUT = 8  # of the refusals; the rest is counted


@dataclass(frozen=True)
class Bulk:
    """One thing that may be done to every ticked row: `action(actor, row, **form.cleaned_data)`.

    Holders of one of `roles` are offered it; nobody named means everybody. With `answer(request, rows)`
    the rows are answered together instead, as papers to print are.
    """

    label: Words
    icon: str
    action: Callable[..., Any] | None = None
    form: type[BulkForm] | None = None
    answer: Callable[[PageRequest, list[Any]], HttpResponse] | None = None
    roles: frozenset[str] = frozenset()
    tone: str = "plain"
    key: str = ""
    hint: Words = ""

    def open_to(self, role_codes: set[str]) -> bool:
        return not self.roles or bool(self.roles & role_codes)


class BulkForm(HouseForm):
    """What is asked once for all rows; `target` is the list of them."""

    def rows(self) -> list[Any]:
        """Those that it is done to, once the form is valid."""
        return list(self.target)


def read_picked(request: PageRequest, everything: Any) -> list[Any]:
    """The ticked rows among those that this person sees, in the order of the page. Raises Refused when
    nothing is ticked or too much."""
    picked = _picked_keys(request)
    if len(picked) > MOST:
        raise Refused(_("一次最多处理 %(most)s 行，请分几次。") % {"most": MOST})
    by_key = everything.in_bulk([key for key in picked if key < 2**63])
    rows = [by_key[key] for key in dict.fromkeys(picked) if key in by_key]
    if not rows:
        raise Refused(_("请先勾选要处理的行。"))
    return rows


def _picked_keys(request: PageRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("pick") if key.isascii() and key.isdigit()]


def speak(request: PageRequest, deed: Bulk, rows: list[Any], url: str) -> HttpResponse:
    """Ask what has to be asked, then do it to each of `rows`, or answer them together."""
    if deed.answer is not None:
        return deed.answer(request, rows)
    form = _form(request, deed, rows)
    if not form.is_valid():
        context = {"how": deed, "form": form, "rows": rows, "url": url}
        return _ask(request, form, context | {"next": safe_next(request, "home")})
    assert deed.action is not None
    done, refused = do_each(request.user, form.rows(), deed.action, form.cleaned_data)
    _tell(request, deed, done, refused)
    return lead_on(request, safe_next(request, "home"))


def _form(request: PageRequest, deed: Bulk, rows: list[Any]) -> BulkForm:
    """What `deed` asks; a form without fields where it asks nothing."""
    if deed.form is None:
        return BulkForm({}, actor=request.user, target=rows)
    answers = request.POST if "asked" in request.POST else None
    return deed.form(answers, actor=request.user, target=rows)


def _ask(request: PageRequest, form: BulkForm, context: dict[str, Any]) -> HttpResponse:
    part = "ui/_together.html" if request.htmx else "ui/together.html"
    return render(request, part, context, status=422 if form.is_bound else 200)


def do_each(
    actor: Any, rows: Sequence[Any], action: Callable[..., Any], answers: dict[str, Any]
) -> tuple[list[Any], list[tuple[Any, str]]]:
    """What was done, and what was refused and why; one that is refused does not hold up the others."""
    done, refused = [], []
    for row in rows:
        reason = _why_refused(partial(action, actor, row, **answers))
        if reason is None:
            done.append(row)
        else:
            refused.append((row, reason))
    return done, refused


def _why_refused(step: Callable[[], Any]) -> str | None:
    """Do `step`; why it was refused, None when it was done."""
    try:
        step()
    except Refused as no:
        return str(no)
    except OperationalError as error:
        if not lost_a_race(error):
            raise
        return _("刚被他人更新，请刷新后再试。")
    return None


def _tell(
    request: PageRequest, deed: Bulk, done: list[Any], refused: list[tuple[Any, str]]
) -> None:
    if done:
        count = len(done)
        words = ngettext("%(verb)s：完成 %(count)s 件。", "%(verb)s：完成 %(count)s 件。", count)
        messages.success(request, words % {"verb": deed.label, "count": count})
    if refused:
        messages.warning(request, "\n".join(_refusals(refused)))


def _refusals(refused: list[tuple[Any, str]]) -> Iterator[str]:
    """How many were refused, then line by line the first of them with the reasons."""
    head = ngettext("%(count)s 件没有办成：", "%(count)s 件没有办成：", len(refused))
    yield head % {"count": len(refused)}
    for row, reason in refused[:SPELT_OUT]:
        yield f"{row} {reason.removeprefix(str(row)).strip()}"
    if len(refused) > SPELT_OUT:
        yield _("还有 %(count)s 件。") % {"count": len(refused) - SPELT_OUT}
