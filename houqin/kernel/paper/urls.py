from django.urls import path

from houqin.kernel.paper import views

urlpatterns = [path("<slug:key>/<str:of>/", views.paper, name="paper")]
