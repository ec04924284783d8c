from django.urls import path

from houqin.kernel.files import views

urlpatterns = [
    path("<int:pk>/", views.file, name="attachment"),
    path("<int:pk>/thumb/", views.thumb, name="attachment-thumb"),
]
