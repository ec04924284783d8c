from django.urls import path

from houqin.desk.handover import views

app_name = "handover"
urlpatterns = [
    path("", views.handover, name="handover"),
    path("<str:username>/", views.handover_of, name="handover_of"),
    path("<str:username>/<int:pk>/back/", views.handover_back, name="handover_back"),
]
