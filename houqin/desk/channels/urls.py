from django.utils.translation import gettext_lazy as _

from houqin.desk.channels import (
    guest_links,
    hotline,
    intake_pages,
    paper,
    samples,
    scanning,
    sheets,
)
from houqin.desk.demands import samples as demands
from houqin.desk.demands.models import STAFF, WRITES_FOR_OTHERS
from houqin.kernel.people.models import Role
from houqin.ui.routes import ANONYMOUS, BUSINESS, FIRST_POSTS, REQUESTER, page

ANYBODY = BUSINESS | {ANONYMOUS}  # with an account or without one, but for the three administrators
TAKES_CALLS = WRITES_FOR_OTHERS

on_behalf = [
    page("hotline/", hotline.hotline, "hotline", _("热线登记"), to=TAKES_CALLS),
    page("hotline/people/", hotline.people, "hotline_people", _("热线：找人"), to=TAKES_CALLS),
    page("hotline/beside/", hotline.beside, "hotline_beside", _("热线：来电人的需求"), to=TAKES_CALLS),
    page(
        "hotline/questions/", hotline.questions, "hotline_questions", _("热线：服务项的问题"),
        to=TAKES_CALLS,
    ),
    page("paper/", paper.paper, "paper", _("纸单录入"), to=TAKES_CALLS),
    page(
        "paper/<int:pk>/", paper.paper_form, "paper_form", _("录入一张纸单"),
        to=TAKES_CALLS, sample=samples.paper,
    ),
    page(
        "paper/<int:pk>/scan/", paper.paper_scan, "paper_scan", _("纸单扫描件"),
        to=TAKES_CALLS, sample=samples.paper,
    ),
    page(
        "paper/<int:pk>/discard/", paper.paper_discard, "paper_discard", _("作废纸单"),
        to=TAKES_CALLS, sample=samples.paper,
    ),
]  # fmt: skip
own = [
    page("demands/new/", intake_pages.choose_entry, "new_demand", _("选择服务项"), to=BUSINESS),
    page(
        "demands/new/<slug:entry>/", intake_pages.new_demand, "new_demand_for", _("提交需求"),
        to=BUSINESS, sample=samples.entry,
    ),
    page(
        "demands/new/<slug:entry>/draft/", intake_pages.save, "save_draft", _("存草稿"),
        to=BUSINESS, sample=samples.entry,
    ),
    page(
        "demands/new/<slug:entry>/draft/drop/", intake_pages.drop, "drop_draft", _("删除草稿"),
        to=BUSINESS, sample=samples.entry,
    ),
    page(
        "demands/new/<slug:entry>/alike/", intake_pages.alike, "alike", _("可能重复的需求"),
        to=BUSINESS, sample=samples.entry,
    ),
    page(
        "demands/<str:number>/favourite/", intake_pages.favourite, "favourite", _("存为常用需求"),
        to=BUSINESS, sees=FIRST_POSTS, sample=demands.given,
    ),
    page(
        "favourites/<int:pk>/drop/", intake_pages.unkeep, "drop_favourite", _("删除需求人的常用需求"),
        to=BUSINESS, sees={REQUESTER}, sample=samples.favourite,
    ),
    page(
        "demands/<str:number>/follow/", intake_pages.follow, "follow_demand", _("关注需求"),
        to=BUSINESS, sees=FIRST_POSTS, sample=demands.given,
    ),
]  # fmt: skip
scanned = [
    page(
        "demands/<str:number>/link/", guest_links.guest_link, "guest_link", _("给来电人新的链接"),
        to=BUSINESS, sees=FIRST_POSTS - {REQUESTER, Role.TECHNICIAN, Role.HEAD}, may=STAFF,
        sample=samples.of_a_guest,
    ),
    page("labels/", sheets.labels, "labels", _("打印位置码"), to=sheets.LABELLERS),
    page("labels/sheet/", sheets.label_sheet, "label_sheet", _("位置码的 PDF"), to=sheets.LABELLERS),
    page(
        "at/<slug:label>/", scanning.at_place, "at_place", _("扫地点的码"),
        to=ANYBODY, sample=samples.place,
    ),
    page(
        "follow/<str:token>/", scanning.guest_page, "guest_demand", _("凭链接查进度"),
        to=ANYBODY, sample=samples.link,
    ),
    page(
        "follow/<str:token>/photos/<int:pk>/", scanning.guest_photo, "guest_photo", _("凭链接看照片"),
        to=ANYBODY, sample=samples.photo,
    ),
    page(
        "follow/<str:token>/thumbs/<int:pk>/", scanning.guest_photo, "guest_thumb", _("凭链接看缩略图"),
        to=ANYBODY, sample=samples.photo, extra={"small": True},
    ),
    page(
        "follow/<str:token>/<slug:verb>/", scanning.guest_verb, "guest_demand_verb", _("凭链接回复"),
        to=ANYBODY, sample=samples.comment,
    ),
]  # fmt: skip
app_name, heading = "channels", _("提需求的渠道")
urlpatterns = [*on_behalf, *own, *scanned]
