from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.setup.audit import views
from houqin.setup.permissions import READS_TRAIL
from houqin.ui.routes import View, Words, page


def _page(route: str, view: View, name: str, label: Words) -> URLPattern:
    return page(route, view, name, label, to=READS_TRAIL, everywhere=True)


heading = _("审计")
urlpatterns = [
    _page("trail/", views.trail, "trail", _("审计")),
    _page("trail/seals/", views.seals, "seals", _("封存与核验")),
    _page("trail/seals/check/", views.check_now, "check_seals", _("核验封存")),
    _page("trail/seals/roots/", views.roots, "roots", _("下载根值")),
]
