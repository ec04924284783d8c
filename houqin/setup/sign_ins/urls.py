from django.urls import path

from houqin.setup.sign_ins import views

urlpatterns = [
    path("", views.signins, name="signins"),
    path("roles/", views.demand_roles, name="demand_roles"),
    path("<int:pk>/unlock/", views.unlock, name="unlock"),
    path("people/<int:pk>/<slug:verb>/", views.help_person, name="help_person"),
]
