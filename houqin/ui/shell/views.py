from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from houqin.ui.http import PageRequest
from houqin.ui.shell.forms import MenuForm


@require_http_methods(["GET", "HEAD", "POST"])
def arrange_menu(request: PageRequest) -> HttpResponse:
    """The own menu with a button for each change; with a script the changed part and the rail come back."""
    form = MenuForm(request.POST or None, actor=request.user)
    context: dict[str, Any] = {"swapped": request.htmx}
    if request.method == "POST" and form.is_valid():
        form.apply()
        if not request.htmx:
            return redirect("arrange_menu")
        context["focus_verb"], context["focus_key"] = form.next_button
    template = "ui/account/_menu.html" if request.htmx else "ui/account/menu.html"
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request"
    return response
