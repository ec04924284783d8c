from django.utils.translation import gettext_lazy as _

from houqin.lines.rooms import samples, views
from houqin.lines.rooms.booking_page import new_meeting
from houqin.lines.rooms.door_page import door, door_link
from houqin.lines.rooms.lists import CLOSURES, MEETINGS, ROOMS
from houqin.lines.rooms.models import RUNS_ROOMS
from houqin.lines.rooms.pages import CARD, SEES
from houqin.ui.routes import BUSINESS, EVERYBODY, page

app_name, heading = "rooms", _("会议室")
urlpatterns = [
    page("", views.grid, "grid", _("会议室预订情况"), to=BUSINESS),
    *ROOMS.pages("register/"),
    *CLOSURES.pages("closures/"),
    page("free/", views.free_rooms, "free", _("找空会议室"), to=BUSINESS),
    page("new/", new_meeting, "new", _("预订会议室"), to=BUSINESS),
    page("use/", views.use, "use", _("会议室使用情况"), to=RUNS_ROOMS),
    page(
        "door/<str:token>/",
        door,
        "door",
        _("门口屏，凭秘密链接"),
        to=EVERYBODY,
        sample=samples.door,
    ),
    *MEETINGS.urls("meetings/", "meetings"),
    *CARD.urls("meetings/", sees=SEES, sample=samples.meeting),
    page(
        "<slug:code>/check-in/",
        views.check_in,
        "check_in",
        _("会议签到"),
        to=BUSINESS,
        sample=samples.room,
    ),
    page(
        "<slug:code>/door/",
        door_link,
        "door_link",
        _("门口屏链接"),
        to=RUNS_ROOMS,
        sample=samples.room,
    ),
]
