"""The chains and their simulation, for those who run the whole house."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.timekeeping import now
from houqin.shared.approvals.actions import save_chain
from houqin.shared.approvals.forms import ChainForm, SimulationForm
from houqin.shared.approvals.kinds import KINDS
from houqin.shared.approvals.models import Approval, Chain
from houqin.shared.approvals.reports import foreseen, names_in, words_of
from houqin.ui.http import PageRequest


@require_safe
def chains(request: PageRequest) -> HttpResponse:
    """Every chain in the order in which they are tried; then what is asked where none fits."""
    rows = list(Chain.objects.select_related("place", "department"))
    usual = [(kind.label, kind.usual) for kind in KINDS]
    names = names_in([rule for chain in rows for rule in chain.rules])
    context = {
        "chains": [(chain, [words_of(rule, names) for rule in chain.rules]) for chain in rows],
        "usual": [(label, [words_of(rule, {}) for rule in rules]) for label, rules in usual],
        "stuck": Approval.objects.visible_to(request.user).stranded().count(),
    }
    return render(request, "approvals/chains.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The form of one chain, new without `pk`."""
    chain = get_object_or_404(Chain, pk=pk) if pk else None
    form = ChainForm(request.POST or None, actor=request.user, target=chain)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(
            request, "approvals/chain.html", {"form": form, "chain": chain}, status=status
        )
    saved = save_chain(request.user, chain, **form.cleaned_data)
    messages.success(request, _("“%(name)s”已保存，对之后送审的生效。") % {"name": saved})
    return redirect("approvals:chains")


@require_safe
def simulation(request: PageRequest) -> HttpResponse:
    """Who would be asked, by name and in order, without asking anybody."""
    form = SimulationForm(request.GET or None, actor=request.user)
    context = {"form": form, "asked": form.is_bound and form.is_valid()}
    if context["asked"]:
        context["chain"], context["course"] = foreseen(form.cleaned_data["matter"], now())
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "approvals/simulation.html", context, status=status)
