"""The API below /api/v1/."""

from django.urls import URLPattern, include, path

from houqin.ui.api import views
from houqin.ui.api.instance import whole

operations = [
    one for one in whole().urls[0] if isinstance(one, URLPattern) and one.name != "api-root"
]
urlpatterns = [
    path(
        "v1/", include(([path("openapi.json", views.openapi, name="openapi"), *operations], "api"))
    ),
]
