from django.urls import path

from houqin.servicedesk.channels import asking, hotline, scanning, sheets

urlpatterns = [
    path("hotline/", hotline.hotline, name="hotline"),
    path("hotline/people/", hotline.people, name="hotline_people"),
    path("hotline/beside/", hotline.beside, name="hotline_beside"),
    path("hotline/questions/", hotline.questions, name="hotline_questions"),
    path("requests/new/<slug:entry>/alike/", asking.alike, name="alike"),
    path("requests/<str:number>/follow/", asking.follow, name="follow_request"),
    path("labels/", sheets.labels, name="labels"),
    path("labels/sheet/", sheets.label_sheet, name="label_sheet"),
    path("at/<slug:label>/", scanning.at_place, name="at_place"),
    path("follow/<str:token>/", scanning.guest_page, name="guest_request"),
    path("follow/<str:token>/photos/<int:pk>/", scanning.guest_photo, name="guest_photo"),
    path("follow/<str:token>/thumbs/<int:pk>/", scanning.guest_photo, {"small": True}, name="guest_thumb"),
    path("follow/<str:token>/<slug:verb>/", scanning.guest_verb, name="guest_request_verb"),
]
