"""What the house goes by: every policy with its source and history, and changing one from a date on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.policies.actions import CHANGES_POLICIES, change_policy
from houqin.kernel.policies.models import PolicyValue
from houqin.kernel.policies.registry import COUNTS, GROUPS, POLICIES, Policy, Value
from houqin.kernel.timekeeping import now
from houqin.setup.policy_pages.forms import PolicyForm
from houqin.ui.http import PageRequest


@dataclass(frozen=True)
class PolicyLine:
    """One policy as the page shows it."""

    policy: Policy[Any]
    words: str
    default: str
    history: list[tuple[PolicyValue, str]]

    @property
    def app(self) -> str:
        return self.policy.app


@dataclass(frozen=True)
class Effect:
    """How many things the value of today and the new one concern."""

    label: str
    before: int
    after: int


@require_safe
def policies(request: PageRequest) -> HttpResponse:
    at = now()
    lines = sorted(_lines(at), key=lambda line: (GROUPS.rank(line.app), line.app, line.policy.key))
    context = {
        "groups": [
            (GROUPS.label(app), list(part)) for app, part in groupby(lines, lambda row: row.app)
        ],
        "may_change": bool(request.user.roles_at(None) & CHANGES_POLICIES),
        "now": at,
    }
    return render(request, "policy_pages/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, key: str) -> HttpResponse:
    """The form of one policy. The first sending shows what the change moves, the second one makes it."""
    policy, at = _policy(key), now()
    form = PolicyForm(request.POST or None, initial={"value": policy.at(at)}, policy=policy, now=at)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, status=422 if form.is_bound else 200)
    if request.POST.get("previewed") != form.fingerprint:
        return _ask(request, form, effects=_effects(policy, form.cleaned_data["value"], at))
    change_policy(request.user, policy, **form.cleaned_data)
    messages.success(request, _("“%(policy)s”已修改。") % {"policy": policy.label})
    return redirect("setup:policies")


def _ask(
    request: PageRequest,
    form: PolicyForm,
    *,
    effects: list[Effect] | None = None,
    status: int = 200,
) -> HttpResponse:
    policy = form.policy
    context: dict[str, Any] = {
        "form": form,
        "policy": policy,
        "today": policy.words(policy.at(form.now)),
        "effects": effects,
    }
    if effects is not None:
        context["after"] = policy.words(form.cleaned_data["value"])
    return render(request, "policy_pages/policy.html", context, status=status)


def _policy(key: str) -> Policy[Any]:
    if key not in POLICIES:
        raise Http404
    return POLICIES[key]


def _effects(policy: Policy[Any], value: Value, at: datetime) -> list[Effect]:
    today = policy.at(at)
    return [
        Effect(str(label), count(today, at), count(value, at))
        for label, count in COUNTS.get(policy.key, [])
    ]


def _lines(at: datetime) -> Iterator[PolicyLine]:
    rows: dict[str, list[PolicyValue]] = {}
    for row in PolicyValue.objects.select_related("set_by").in_order().reverse():
        rows.setdefault(row.key, []).append(row)
    for policy in POLICIES.values():
        history = [(row, policy.words(row.value)) for row in rows.get(policy.key, [])]
        yield PolicyLine(policy, policy.words(policy.at(at)), policy.words(policy.default), history)
