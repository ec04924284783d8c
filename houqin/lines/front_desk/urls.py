from django.utils.translation import gettext_lazy as _

from houqin.lines.front_desk import samples
from houqin.lines.front_desk.access import RUNS_DESK
from houqin.lines.front_desk.pages import (
    LOST_THING,
    LOST_THINGS,
    PARCEL,
    PARCELS,
    SEES_PARCEL,
    today,
)
from houqin.ui.routes import page

app_name, heading = "front_desk", _("前台")
urlpatterns = [
    page("", today, "today", _("今天的前台"), to=RUNS_DESK),
    *PARCELS.urls("parcels/", "parcels"),
    *PARCEL.urls("parcels/", sees=SEES_PARCEL, sample=samples.parcel),
    *LOST_THINGS.urls("lost/", "lost_things"),
    *LOST_THING.urls("lost/", sample=samples.lost_thing),
]
