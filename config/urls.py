from django.urls import include, path

urlpatterns = [
    path("", include("houqin.cockpit.urls")),
    path("", include("houqin.servicedesk.urls")),
    path("orders/", include("houqin.dispatch.urls")),
    path("files/", include("houqin.kernel.files.urls")),
    path("notices/", include("houqin.kernel.notices.urls")),
    path("", include("houqin.setup.urls")),
    path("", include("houqin.kernel.web.urls")),
]
