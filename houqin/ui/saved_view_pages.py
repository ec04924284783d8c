"""Views of a list that are kept under a name, and the columns that a person chooses for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from houqin.kernel.errors import Refused
from houqin.ui.addresses import safe_next
from houqin.ui.fields import HouseForm
from houqin.ui.http import PageRequest
from houqin.ui.lists import LISTINGS, Listing
from houqin.ui.saved_views.actions import choose_columns, drop_view, save_view
from houqin.ui.saved_views.models import LONGEST, SavedView


class SaveViewForm(HouseForm):
    """The name; `target` is the list, and `query` what is filtered in it."""

    name = forms.CharField(
        label=_("视图名称"), max_length=30, error_messages={"required": _("请给视图起个名字。")}
    )
    query = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        cleaned["query"] = self.target.query_of(QueryDict(cleaned.get("query", "")))
        if len(cleaned["query"]) > LONGEST:
            self.add_error("name", _now("条件太长，存不下，请缩短搜索的词。"))
        return cleaned


@require_POST
def save(request: PageRequest) -> HttpResponse:
    """Keep what is filtered and go back to the list; where that cannot be, ask again on a page."""
    listing, back = _listing_of(request), safe_next(request, "home")
    form = SaveViewForm(request.POST, actor=request.user, target=listing)
    if form.is_valid():
        try:
            saved = save_view(request.user, listing.key, **form.cleaned_data)
        except Refused as no:
            form.add_error("name", str(no))
        else:
            messages.success(request, _now("已存为视图“%(name)s”。") % {"name": saved})
            return HttpResponseRedirect(back)
    context = {"form": form, "listing": listing, "next": back}
    return render(request, "ui/save_view.html", context, status=422)


def _listing_of(request: PageRequest) -> Listing:
    """The list that the page named; else 404."""
    listing = LISTINGS.get(request.POST.get("list", ""))
    if listing is None:
        raise Http404
    return listing


@require_POST
def drop(request: PageRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    drop_view(request.user, view)
    messages.success(request, _now("已删除视图“%(name)s”。") % {"name": view})
    return HttpResponseRedirect(safe_next(request, "home"))


@require_POST
def choose(request: PageRequest) -> HttpResponse:
    """Show the ticked columns of a list from now on, or the usual ones again."""
    listing = _listing_of(request)
    ticked = set() if "usual" in request.POST else set(request.POST.getlist("column"))
    names = [column.name for column in listing.facts if column.name in ticked]
    choose_columns(request.user, listing.key, names=names)
    return HttpResponseRedirect(safe_next(request, "home"))
