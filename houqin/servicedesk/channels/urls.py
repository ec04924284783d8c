from django.urls import path

from houqin.servicedesk.channels import scanning

urlpatterns = [
    path("at/<slug:label>/", scanning.at_place, name="at_place"),
    path("follow/<str:token>/", scanning.guest_page, name="guest_request"),
    path("follow/<str:token>/photos/<int:pk>/", scanning.guest_photo, name="guest_photo"),
    path("follow/<str:token>/thumbs/<int:pk>/", scanning.guest_photo, {"small": True}, name="guest_thumb"),
    path("follow/<str:token>/<slug:verb>/", scanning.guest_verb, name="guest_request_verb"),
]
