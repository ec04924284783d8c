from django.urls import path

from houqin.platform.paper import views

urlpatterns = [path("<slug:key>/<str:of>/", views.paper, name="paper")]
