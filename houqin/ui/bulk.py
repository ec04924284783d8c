"""Several rows of a list at once: ticked by whoever reads it, each done by its own action in a transaction of
its own, and told row by row.

A `Listing` that names `bulk` draws a box before each row (`ui/_pick.html`) and a bar above them; its
`together` answers the bar.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.kernel.errors import Refused
from houqin.ui.addresses import safe_next
from houqin.ui.fields import HouseForm
from houqin.ui.http import PageRequest
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
    picked = [int(key) for key in request.POST.getlist("pick") if key.isascii() and key.isdigit()]
    if len(picked) > MOST:
        raise Refused(_("一次最多处理 %(most)s 行，请分几次。") % {"most": MOST})
    by_key = {
        row.pk: row for row in everything.filter(pk__in=[key for key in picked if key < 2**63])
    }
    rows = [by_key[key] for key in dict.fromkeys(picked) if key in by_key]
    if not rows:
        raise Refused(_("请先勾选要处理的行。"))
    return rows


def speak(request: PageRequest, deed: Bulk, rows: list[Any], url: str) -> HttpResponse:
    """Ask what has to be asked, then do it to each of `rows`, or answer them together."""
    if deed.answer is not None:
        return deed.answer(request, rows)
    form = _form(request, deed, rows)
    if form is not None and not form.is_valid():
        context = {
            "how": deed,
            "form": form,
            "rows": rows,
            "url": url,
            "next": safe_next(request, "home"),
        }
        part = "ui/_together.html" if request.htmx else "ui/together.html"
        return render(request, part, context, status=422 if form.is_bound else 200)
    assert deed.action is not None
    answers = form.cleaned_data if form is not None else {}
    done, refused = do_each(
        request.user, form.rows() if form is not None else rows, deed.action, answers
    )
    _tell(request, deed, done, refused)
    target = safe_next(request, "home")
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _form(request: PageRequest, deed: Bulk, rows: list[Any]) -> Any:
    if deed.form is None:
        return None
    return deed.form(
        request.POST if "asked" in request.POST else None, actor=request.user, target=rows
    )


def do_each(
    actor: Any, rows: Sequence[Any], action: Callable[..., Any], answers: dict[str, Any]
) -> tuple[list[Any], list[tuple[Any, str]]]:
    """What was done, and what was refused and why; one that is refused does not hold up the others."""
    done, refused = [], []
    for row in rows:
        try:
            action(actor, row, **answers)
            done.append(row)
        except Refused as no:
            refused.append((row, str(no)))
        except OperationalError as error:
            if not lost_a_race(error):
                raise
            refused.append((row, _("刚被他人更新，请刷新后再试。")))
    return done, refused


def _tell(
    request: PageRequest, deed: Bulk, done: list[Any], refused: list[tuple[Any, str]]
) -> None:
    facts = {"verb": deed.label, "count": len(done)}
    if done:
        words = ngettext(
            "%(verb)s：完成 %(count)s 件。", "%(verb)s：完成 %(count)s 件。", len(done)
        )
        messages.success(request, words % facts)
    if refused:
        head = ngettext("%(count)s 件没有办成：", "%(count)s 件没有办成：", len(refused))
        lines = [head % {"count": len(refused)}]
        lines += [
            f"{row} {reason.removeprefix(str(row)).strip()}" for row, reason in refused[:SPELT_OUT]
        ]
        if len(refused) > SPELT_OUT:
            lines.append(_("还有 %(count)s 件。") % {"count": len(refused) - SPELT_OUT})
        messages.warning(request, "\n".join(lines))
