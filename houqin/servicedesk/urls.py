from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe

from houqin.servicedesk import views
from houqin.servicedesk.handover import views as handover
from houqin.servicedesk.pages import CARD, QUEUE

app_name = "servicedesk"
urlpatterns = [
    path("", include("houqin.servicedesk.channels.urls")),
    path("review/", views.review, name="review"),
    path("requests/", require_safe(QUEUE.page), name="requests"),
    path("callbacks/", include("houqin.servicedesk.callbacks.urls")),
    path("requests/people/", views.people, name="people"),
    path("handover/", handover.handover, name="handover"),
    path("handover/<str:username>/", handover.handover_of, name="handover_of"),
    path("handover/<str:username>/<int:pk>/back/", handover.handover_back, name="handover_back"),
    path("requests/together/<slug:verb>/", require_POST(QUEUE.together), name="requests_together"),
    path("requests/import/", include("houqin.servicedesk.importing.urls")),
    path("requests/new/", views.choose_entry, name="new_request"),
    path("requests/new/<slug:entry>/", views.new_request, name="new_request_for"),
    path("imports/", include("houqin.servicedesk.importing.urls")),
    path("requests/<str:number>/clocks/<slug:kind>/", views.explain_clock, name="explain_clock"),
    path("requests/", include(CARD.urls())),
]
