from django.urls import path

from houqin.platform.files import views

urlpatterns = [
    path("<int:pk>/", views.file, name="attachment"),
    path("<int:pk>/thumb/", views.thumb, name="attachment-thumb"),
]
