from django.urls import path

from houqin.kernel.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_all, name="notices-read"),
    path("<int:pk>/open/", views.open_notice, name="notice-open"),
]
