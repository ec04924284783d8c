"""The rules: a list that can be switched, and a form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.desk.catalogue.lines import LINES
from houqin.desk.rules.actions import save_rule, switch_rule
from houqin.desk.rules.forms import RuleForm
from houqin.desk.rules.models import DispatchRule
from houqin.ui.http import PageRequest


@require_safe
def rules(request: PageRequest) -> HttpResponse:
    rows = DispatchRule.objects.select_related("entry", "place", "team")
    return render(request, "rules/rules.html", {"rules": rows, "lines": LINES})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The form of one rule, new without `pk`."""
    rule = get_object_or_404(DispatchRule, pk=pk) if pk else None
    form = RuleForm(request.POST or None, actor=request.user, target=rule)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "rules/rule.html", {"form": form, "rule": rule}, status=status)
    saved = save_rule(request.user, rule, **form.cleaned_data)
    messages.success(request, _("规则“%(name)s”已保存，对之后受理的需求生效。") % {"name": saved})
    return redirect("rules:rules")


@require_POST
def switch(request: PageRequest, pk: int) -> HttpResponse:
    switch_rule(request.user, get_object_or_404(DispatchRule, pk=pk))
    return redirect("rules:rules")
