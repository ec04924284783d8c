from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from houqin.desk.demands.models import STAFF
from houqin.desk.handover.actions import hand_over, take_back
from houqin.desk.handover.forms import HandOverForm, WhoForm
from houqin.desk.handover.policies import TAKEN_BACK_WITHIN
from houqin.desk.handover.reports import lately, open_work
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import OF_PEOPLE, User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.models import Event
from houqin.ui.http import PageRequest


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: PageRequest) -> HttpResponse:
    """One's own open work and who takes it over; those who run the desk may pick somebody else."""
    who = WhoForm(request.GET if request.GET.get("person") else None, actor=request.user)
    person = who.cleaned_data["person"] if who.is_bound and who.is_valid() else request.user
    return _page(request, person, who)


@require_http_methods(["GET", "HEAD", "POST"])
def handover_of(request: PageRequest, username: str) -> HttpResponse:
    """The same of somebody by account, as other pages link to it."""
    return _page(request, get_object_or_404(User, OF_PEOPLE, username=username), WhoForm())


@require_POST
def handover_back(request: PageRequest, username: str, pk: int) -> HttpResponse:
    """Take back what was handed over."""
    person = get_object_or_404(User, OF_PEOPLE, username=username)
    event = get_object_or_404(Event.objects.about(person), pk=pk, name="user.handed_over")
    count = take_back(request.user, person, event)
    words = ngettext("已收回 %(count)s 件。", "已收回 %(count)s 件。", count)
    messages.success(request, words % {"count": count})
    return redirect(reverse("handover:handover_of", args=[username]))


def _page(request: PageRequest, person: User, who: WhoForm) -> HttpResponse:
    runs = bool(request.user.role_codes() & STAFF)
    if person != request.user:
        require(request.user, STAFF)
    work = open_work(request.user, person)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, actor=request.user, target=work
    )
    if form.is_bound and form.is_valid():
        moved = hand_over(request.user, person, **form.cleaned_data)
        words = ngettext(
            "已交接 %(count)s 件，接手的人会收到。", "已交接 %(count)s 件，接手的人会收到。", moved
        )
        messages.success(request, words % {"count": moved})
        return redirect(reverse("handover:handover_of", args=[person.username]))
    status = 422 if form.is_bound or (who.is_bound and who.errors) else 200
    context = {"person": person, "work": work, "form": form, "who": who, "runs": runs, "now": now()}
    within = TAKEN_BACK_WITHIN.words(TAKEN_BACK_WITHIN.at(now()))
    context |= {"lately": lately(person), "undone_within": within}
    return render(request, "handover/handover.html", context, status=status)
