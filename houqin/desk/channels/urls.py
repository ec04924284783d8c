from django.urls import path

from houqin.desk.channels import guest_links, hotline, intake_pages, paper, scanning, sheets

app_name = "channels"
urlpatterns = [
    path("hotline/", hotline.hotline, name="hotline"),
    path("hotline/people/", hotline.people, name="hotline_people"),
    path("hotline/beside/", hotline.beside, name="hotline_beside"),
    path("hotline/questions/", hotline.questions, name="hotline_questions"),
    path("paper/", paper.paper, name="paper"),
    path("paper/<int:pk>/", paper.paper_form, name="paper_form"),
    path("paper/<int:pk>/scan/", paper.paper_scan, name="paper_scan"),
    path("paper/<int:pk>/discard/", paper.paper_discard, name="paper_discard"),
    path("demands/new/", intake_pages.choose_entry, name="new_demand"),
    path("demands/new/<slug:entry>/", intake_pages.new_demand, name="new_demand_for"),
    path("demands/new/<slug:entry>/draft/", intake_pages.save, name="save_draft"),
    path("demands/new/<slug:entry>/draft/drop/", intake_pages.drop, name="drop_draft"),
    path("demands/<str:number>/favourite/", intake_pages.favourite, name="favourite"),
    path("favourites/<int:pk>/drop/", intake_pages.unkeep, name="drop_favourite"),
    path("demands/new/<slug:entry>/alike/", intake_pages.alike, name="alike"),
    path("demands/<str:number>/follow/", intake_pages.follow, name="follow_demand"),
    path("demands/<str:number>/link/", guest_links.guest_link, name="guest_link"),
    path("labels/", sheets.labels, name="labels"),
    path("labels/sheet/", sheets.label_sheet, name="label_sheet"),
    path("at/<slug:label>/", scanning.at_place, name="at_place"),
    path("follow/<str:token>/", scanning.guest_page, name="guest_demand"),
    path("follow/<str:token>/photos/<int:pk>/", scanning.guest_photo, name="guest_photo"),
    path(
        "follow/<str:token>/thumbs/<int:pk>/",
        scanning.guest_photo,
        {"small": True},
        name="guest_thumb",
    ),
    path("follow/<str:token>/<slug:verb>/", scanning.guest_verb, name="guest_demand_verb"),
]
