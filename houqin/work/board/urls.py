from django.urls import path

from houqin.work.board import views

app_name = "board"
urlpatterns = [
    path("", views.board, name="board"),
    path("live/", views.live, name="live"),
]
