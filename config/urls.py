from django.urls import include, path

urlpatterns = [
    path("", include("houqin.cockpit.urls")),
    path("", include("houqin.desk.channels.urls")),
    path("approvals/", include("houqin.shared.approvals.urls")),
    path("callbacks/", include("houqin.desk.callbacks.urls")),
    path("handover/", include("houqin.desk.handover.urls")),
    path("demands/import/", include("houqin.desk.intake.urls")),
    path("", include("houqin.desk.demands.urls")),
    path("dispatch/rules/", include("houqin.desk.rules.urls")),
    path("dispatch/", include("houqin.work.board.urls")),
    path("teams/", include("houqin.work.teams.urls")),
    path("roster/calendar/", include("houqin.work.feeds.urls")),
    path("roster/", include("houqin.work.roster.urls")),
    path("orders/", include("houqin.work.orders.urls")),
    path("front-desk/", include("houqin.lines.front_desk.urls")),
    path("rooms/", include("houqin.lines.rooms.urls")),
    path("api/", include("houqin.ui.api.urls")),
    path("signins/", include("houqin.setup.sign_ins.urls")),
    path("", include("houqin.setup.api_access.urls")),
    path("", include("houqin.setup.urls")),
    path("", include("houqin.ui.urls")),
]
handler400 = "houqin.ui.shell.errors.malformed"
handler403 = "houqin.ui.shell.errors.forbidden"
handler404 = "houqin.ui.shell.errors.missing"
handler500 = "houqin.ui.shell.errors.broken"
