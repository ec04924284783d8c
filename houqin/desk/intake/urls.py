from django.urls import path

from houqin.desk.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.import_demands, name="import_demands"),
    path("<int:pk>/", views.import_file, name="import_file"),
    path("<int:pk>/columns/", views.import_map, name="import_map"),
    path("<int:pk>/preview/", views.import_preview, name="import_preview"),
    path("<int:pk>/start/", views.import_start, name="import_start"),
    path("<int:pk>/errors/", views.import_errors, name="import_errors"),
]
