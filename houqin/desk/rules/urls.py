from django.urls import path

from houqin.desk.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("new/", views.edit, name="new_rule"),
    path("<int:pk>/", views.edit, name="rule"),
    path("<int:pk>/switch/", views.switch, name="switch"),
]
