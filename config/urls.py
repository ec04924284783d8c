from django.urls import include, path

urlpatterns = [
    path("", include("houqin.cockpit.urls")),
    path("", include("houqin.servicedesk.urls")),
    path("dispatch/rules/", include("houqin.servicedesk.rules.urls")),
    path("dispatch/", include("houqin.dispatch.board.urls")),
    path("teams/", include("houqin.dispatch.teams.urls")),
    path("roster/", include("houqin.dispatch.roster.urls")),
    path("", include("houqin.dispatch.urls")),
    path("files/", include("houqin.kernel.files.urls")),
    path("print/", include("houqin.kernel.paper.urls")),
    path("notices/", include("houqin.kernel.notices.urls")),
    path("", include("houqin.setup.door.urls")),
    path("api/", include("houqin.kernel.api.urls")),
    path("", include("houqin.kernel.tokens.urls")),
    path("", include("houqin.setup.urls")),
    path("", include("houqin.kernel.web.urls")),
]
handler400 = "houqin.kernel.web.troubles.malformed"
handler403 = "houqin.kernel.web.troubles.forbidden"
handler404 = "houqin.kernel.web.troubles.missing"
handler500 = "houqin.kernel.web.troubles.broken"
