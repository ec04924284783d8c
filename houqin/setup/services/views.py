"""The catalogue as the manager edits it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.desk.catalogue.lines import LINES
from houqin.desk.catalogue.models import Entry
from houqin.setup.services.actions import save_entry
from houqin.setup.services.forms import EntryForm, initial_of
from houqin.ui.form_pages import answer_form
from houqin.ui.http import PageRequest


@require_safe
def services(request: PageRequest) -> HttpResponse:
    """Every entry by category, those that cannot be chosen too."""
    entries = Entry.objects.select_related("category").order_by(
        "category__position", "position", "pk"
    )
    return render(request, "services/services.html", {"entries": entries, "lines": LINES})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, code: str | None = None) -> HttpResponse:
    """The form of one entry, new without `code`."""
    entry = get_object_or_404(Entry, code=code) if code else None
    return answer_form(
        request,
        EntryForm(
            request.POST or None, initial=initial_of(entry), actor=request.user, target=entry
        ),
        lambda cleaned: save_entry(request.user, entry, **cleaned["entry"]),
        title=_("修改“%(name)s”") % {"name": entry} if entry else _("添加服务项"),
        back=reverse("setup:services"),
        done=_("“%(name)s”已保存，新需求马上按它来。"),
        template="services/service.html",
    )
