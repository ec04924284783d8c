"""The hotline: one screen, by keyboard, while the caller speaks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.forms import BehalfForm
from houqin.desk.channels.people import people_like, waiting_for
from houqin.desk.demands.actions import submit_demand
from houqin.desk.demands.models import STAFF, Demand
from houqin.desk.demands.reports import alike_demands, told_to
from houqin.kernel.people.models import OF_PEOPLE, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def hotline(request: PageRequest) -> HttpResponse:
    """Take a call down; after sending, the number to read aloud stands above a fresh form."""
    form = BehalfForm(request.POST if request.method == "POST" else None, actor=request.user)
    if form.is_bound and form.is_valid():
        demand = submit_demand(request.user, channel=Demand.Channel.HOTLINE, **form.cleaned_data)
        return redirect(f"{reverse('channels:hotline')}?done={demand.number}")
    if form.errors:
        form.point_at_error()
    done = (
        Demand.objects.visible_to(request.user)
        .filter(number=request.GET.get("done", "")[:20])
        .first()
    )
    runs = bool(STAFF & request.user.role_codes())
    context = {"form": form, "done": done, "runs": runs, "now": now()} | beside_form(
        request, request.POST
    )
    return render(request, "channels/hotline.html", context, status=422 if form.is_bound else 200)


@require_safe
def people(request: PageRequest) -> JsonResponse:
    """Whom the caller may be, for the list under the field."""
    return JsonResponse({"found": people_like(request.GET.get("q", ""))})


@require_safe
def beside(request: PageRequest) -> HttpResponse:
    """What stands beside the form: the caller's own demands, and what is likely the same thing."""
    return render(
        request, "channels/_beside_call.html", {"now": now()} | beside_form(request, request.GET)
    )


@require_safe
def questions(request: PageRequest) -> HttpResponse:
    """The questions of the entry that was just chosen, with the answers given so far."""
    form = BehalfForm(request.GET, actor=request.user)
    form.errors.clear()  # nothing has been sent yet
    return render(request, "channels/_questions.html", {"form": form})


def beside_form(request: PageRequest, typed: Any) -> dict[str, Any]:
    """What stands beside a form that is filled in for somebody else."""
    person = User.objects.filter(
        OF_PEOPLE, pk=_key(typed.get("person", "")), is_active=True
    ).first()
    named, others = alike_for(request.user, typed)
    mine = waiting_for(request.user, person, typed.get("phone", "")[:30])
    return {"person": person, "mine": mine, "alike": named, "others": others}


def alike_for(user: User, typed: Any, **options: Any) -> tuple[list[Any], int]:
    """What is likely the same as that which is being typed, as far as `user` may know of it."""
    place = Place.objects.filter(pk=_key(typed.get("place", ""))).first()
    entry = Entry.objects.filter(code=typed.get("entry", "")[:40]).first()
    if place is None or not (entry or typed.get("title", "")):
        return [], 0
    return told_to(
        user, alike_demands(entry, place, typed.get("title", "")[:120], at=now(), **options)
    )


def _key(text: str) -> int:
    """A primary key as a form sends it; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
