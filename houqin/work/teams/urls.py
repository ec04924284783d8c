from django.urls import path

from houqin.work.teams import views

app_name = "teams"
urlpatterns = [
    path("", views.teams, name="teams"),
    path("new/", views.edit, name="new_team"),
    path("skills/", views.skills, name="skills"),
    path("<int:pk>/", views.edit, name="team"),
    path("<int:pk>/join/", views.join, name="join"),
    path("<int:pk>/members/<int:member>/", views.train, name="member"),
    path("<int:pk>/members/<int:member>/papers/", views.papers, name="papers"),
    path("<int:pk>/members/<int:member>/leave/", views.leave, name="leave"),
]
