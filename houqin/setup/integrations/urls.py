from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.setup.integrations import samples, views
from houqin.setup.integrations.pages import DELIVERIES
from houqin.setup.permissions import RUNS_HOOKS
from houqin.ui.routes import Sample, View, Words, page


def _page(
    route: str, view: View, name: str, label: Words, sample: Sample | None = None
) -> URLPattern:
    return page(route, view, name, label, to=RUNS_HOOKS, everywhere=True, sample=sample)


heading = _("消息通道")
urlpatterns = [
    _page("hooks/", views.hooks, "hooks", _("消息通道")),
    _page("hooks/new/", views.edit, "new_hook", _("添加消息通道")),
    _page("hooks/<int:pk>/", views.edit, "hook", _("修改消息通道"), samples.hook),
    _page("hooks/<int:pk>/test/", views.test, "test_hook", _("发测试消息"), samples.hook),
    *DELIVERIES.urls("deliveries/", "deliveries", to=RUNS_HOOKS, everywhere=True),
    _page("deliveries/again/", views.all_again, "send_all_again", _("全部再发")),
    _page("deliveries/<int:pk>/again/", views.again, "send_again", _("再发一条"), samples.delivery),
]
