from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from houqin.ui.http import PageRequest
from houqin.work.orders.actions import add_fault_code, change_fault_code
from houqin.work.orders.forms import ChangeCodeForm, NewCodeForm
from houqin.work.orders.models import FaultCode


@require_http_methods(["GET", "HEAD", "POST"])
def new_fault_code(request: PageRequest) -> HttpResponse:
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "orders/code.html", {"form": form}, status=422 if form.is_bound else 200
        )
    made = add_fault_code(request.user, **form.cleaned_data)
    messages.success(request, _("已添加“%(name)s”") % {"name": made})
    return redirect("orders:fault_codes")


@require_http_methods(["GET", "HEAD", "POST"])
def fault_code(request: PageRequest, pk: int) -> HttpResponse:
    """Rename a code or take it out of use."""
    code = get_object_or_404(FaultCode.objects.visible_to(request.user), pk=pk)
    form = ChangeCodeForm(request.POST if request.method == "POST" else None, target=code)
    if not form.is_valid():
        context = {"form": form, "code": code}
        return render(request, "orders/code.html", context, status=422 if form.is_bound else 200)
    change_fault_code(request.user, code, **form.cleaned_data)
    messages.success(request, _("已保存“%(name)s”") % {"name": code})
    return redirect("orders:fault_codes")
