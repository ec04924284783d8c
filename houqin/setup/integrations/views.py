"""Pages of the hooks and of what went out."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.timekeeping import now
from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.notices.models.delivery import DeliveryQuerySet
from houqin.platform.webhooks.sending import send_now
from houqin.setup.integrations import actions
from houqin.setup.integrations.errors import in_words
from houqin.setup.integrations.forms import HookForm, initial_of
from houqin.ui.addresses import safe_next
from houqin.ui.form_pages import answer_form
from houqin.ui.http import PageRequest

S = Delivery.State


@require_safe
def hooks(request: PageRequest) -> HttpResponse:
    """Every hook with how its last message went; the same number of queries for any number of them."""
    everything = Delivery.objects.visible_to(request.user)
    last = everything.filter(hook=OuterRef("pk"), tried_at__isnull=False).order_by("-tried_at")
    shown = (
        Hook.objects.visible_to(request.user).select_related("place").order_by("-active", "name")
    )
    shown = shown.annotate(
        last_state=Subquery(last.values("state")[:1]),
        last_error=Subquery(last.values("last_error")[:1]),
        last_at=Subquery(last.values("tried_at")[:1]),
    )
    # Counted by state and not by hook: few wait or were given up, many have arrived.
    unsent = (
        everything.filter(state__in=(S.WAITING, S.DEAD)).order_by().values_list("hook", "state")
    )
    count = {(hook, state): number for hook, state, number in unsent.annotate(Count("pk"))}
    rows = [
        (hook, count.get((hook.pk, S.WAITING), 0), count.get((hook.pk, S.DEAD), 0))
        for hook in shown
    ]
    dead = sum(number for (_hook, state), number in count.items() if state == S.DEAD)
    return render(request, "integrations/hooks.html", {"hooks": rows, "dead": dead, "now": now()})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The form of one hook, new without `pk`."""
    hook = get_object_or_404(Hook.objects.visible_to(request.user), pk=pk) if pk else None
    return answer_form(
        request,
        HookForm(request.POST or None, initial=initial_of(hook), actor=request.user, target=hook),
        lambda cleaned: actions.save_hook(request.user, hook, **cleaned),
        title=_("修改“%(name)s”") % {"name": hook} if hook else _("添加消息通道"),
        back=reverse("setup:hooks"),
        done=_("“%(name)s”已保存，可以发一条测试消息。"),
        template="integrations/hook.html",
    )


@require_POST
def test(request: PageRequest, pk: int) -> HttpResponse:
    """Send a test message now and say how it went; it is on the list like every other."""
    hook = get_object_or_404(Hook.objects.visible_to(request.user), pk=pk)
    delivery = send_now(actions.test_hook(request.user, hook), now())
    if delivery.state == S.SENT:
        messages.success(request, _("测试消息已送达“%(name)s”。") % {"name": hook.name})
    else:
        told = {
            "name": hook.name,
            "error": in_words(delivery.last_error) or delivery.get_state_display(),
        }
        messages.error(request, _("测试消息没有送达“%(name)s”：%(error)s") % told)
    return redirect("setup:hooks")


@require_POST
def again(request: PageRequest, pk: int) -> HttpResponse:
    everything = Delivery.objects.visible_to(request.user)
    get_object_or_404(everything, pk=pk)
    return _resend(request, everything.filter(pk=pk))


@require_POST
def all_again(request: PageRequest) -> HttpResponse:
    return _resend(request, Delivery.objects.visible_to(request.user).filter(state=S.DEAD))


def _resend(request: PageRequest, chosen: DeliveryQuerySet) -> HttpResponse:
    count = actions.resend(request.user, chosen)
    if count:
        sentence = ngettext("%(count)d 条已重新排队。", "%(count)d 条已重新排队。", count)
        messages.success(request, sentence % {"count": count})
    else:
        messages.warning(request, _("没有可以再发的：已在等待发送，或邮件已经送达。"))
    return redirect(safe_next(request, "setup:deliveries"))
