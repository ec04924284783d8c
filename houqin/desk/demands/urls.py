from django.urls import include, path
from django.views.decorators.http import require_POST

from houqin.desk.demands import views
from houqin.desk.demands.pages import CARD, QUEUE

app_name = "demands"
urlpatterns = [
    path("review/", views.review, name="review"),
    path("demands/", views.queue, name="demands"),
    path("demands/together/<slug:verb>/", require_POST(QUEUE.together), name="bulk"),
    path("demands/<str:number>/clocks/<slug:kind>/", views.explain_clock, name="explain_clock"),
    path("demands/", include(CARD.urls())),
]
