"""The API below /api/v1/."""

from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _

from houqin.ui.api import views
from houqin.ui.api.assembly import accesses, whole
from houqin.ui.routes import EVERYBODY, page

operations = [
    route for route in whole().urls[0] if isinstance(route, URLPattern) and route.name != "api-root"
]
for pattern, access in zip(operations, accesses(), strict=True):
    pattern.callback.access = access  # type: ignore[attr-defined]
document = page("openapi.json", views.openapi, "openapi", _("接口说明（OpenAPI）"), to=EVERYBODY)
heading = _("接口")
urlpatterns = [path("v1/", include(([document, *operations], "api")))]
