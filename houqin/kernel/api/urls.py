"""The API below /api/v1/, and its page for people. The apps add their part in `api.py`, found by its name."""

from django.urls import URLPattern, include, path
from django.utils.module_loading import autodiscover_modules

from houqin.kernel.api import views
from houqin.kernel.api.house import API

autodiscover_modules("api")
operations = [one for one in API.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
urlpatterns = [
    path("docs/", views.docs, name="api_docs"),
    path("v1/", include(([path("openapi.json", views.openapi, name="openapi"), *operations], "api"))),
]
