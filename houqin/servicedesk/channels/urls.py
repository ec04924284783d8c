from django.urls import path

from houqin.servicedesk.channels import asking, hotline, linking, paper, scanning, sheets

urlpatterns = [
    path("hotline/", hotline.hotline, name="hotline"),
    path("hotline/people/", hotline.people, name="hotline_people"),
    path("hotline/beside/", hotline.beside, name="hotline_beside"),
    path("hotline/questions/", hotline.questions, name="hotline_questions"),
    path("paper/", paper.paper, name="paper"),
    path("paper/<int:pk>/", paper.paper_form, name="paper_form"),
    path("paper/<int:pk>/scan/", paper.paper_scan, name="paper_scan"),
    path("paper/<int:pk>/discard/", paper.paper_discard, name="paper_discard"),
    path("requests/new/<slug:entry>/draft/", asking.save, name="save_draft"),
    path("requests/new/<slug:entry>/draft/drop/", asking.drop, name="drop_draft"),
    path("requests/<str:number>/favourite/", asking.favourite, name="favourite"),
    path("favourites/<int:pk>/drop/", asking.unkeep, name="drop_favourite"),
    path("requests/new/<slug:entry>/alike/", asking.alike, name="alike"),
    path("requests/<str:number>/follow/", asking.follow, name="follow_request"),
    path("requests/<str:number>/link/", linking.guest_link, name="guest_link"),
    path("labels/", sheets.labels, name="labels"),
    path("labels/sheet/", sheets.label_sheet, name="label_sheet"),
    path("at/<slug:label>/", scanning.at_place, name="at_place"),
    path("follow/<str:token>/", scanning.guest_page, name="guest_request"),
    path("follow/<str:token>/photos/<int:pk>/", scanning.guest_photo, name="guest_photo"),
    path("follow/<str:token>/thumbs/<int:pk>/", scanning.guest_photo, {"small": True}, name="guest_thumb"),
    path("follow/<str:token>/<slug:verb>/", scanning.guest_verb, name="guest_request_verb"),
]
