from django.urls import path

from houqin.work.feeds import views

app_name = "feeds"
urlpatterns = [
    path("", views.link, name="calendar"),
    path("<str:token>.ics", views.feed, name="feed"),
]
