from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.setup.grants import samples, views
from houqin.setup.permissions import GRANTS_ROLES
from houqin.ui.routes import Sample, View, Words, page


def _page(
    route: str, view: View, name: str, label: Words, sample: Sample | None = None
) -> URLPattern:
    return page(route, view, name, label, to=GRANTS_ROLES, everywhere=True, sample=sample)


heading = _("授予角色")
urlpatterns = [
    _page("people/<int:pk>/grant/", views.grant, "grant", _("授予角色"), samples.person),
    _page("grants/", views.wishes, "wishes", _("待授予的角色")),
    _page("grants/<int:pk>/revoke/", views.revoke, "revoke", _("撤销角色"), samples.held),
    _page("grants/asked/<int:pk>/drop/", views.drop, "drop_wish", _("不授予"), samples.wish),
]
