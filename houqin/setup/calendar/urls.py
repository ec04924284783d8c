from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.setup.calendar import notice, samples, schedules, views
from houqin.setup.permissions import EDITS_CALENDAR, SEES_CALENDAR
from houqin.ui.routes import Sample, View, Words, page


def _edit(
    route: str, view: View, name: str, label: Words, sample: Sample | None = None
) -> URLPattern:
    """A page that changes what holds for all campuses."""
    return page(route, view, name, label, to=EDITS_CALENDAR, everywhere=True, sample=sample)


ONE = "calendar/<int:schedule>/"
YEAR = f"{ONE}<int:year>/"
DAY = f"{YEAR}<int:month>/<int:day>/"
heading = _("工作日历")
urlpatterns = [
    _edit("calendar/hours/", schedules.first, "first_schedule", _("本单位的作息")),
    _edit("calendar/new/", schedules.edit, "new_schedule", _("新建作息")),
    _edit(ONE, schedules.edit, "schedule", _("修改作息"), samples.schedule),
    _edit(f"{ONE}places/", schedules.give, "give_schedule", _("给地点作息"), samples.schedule),
    _edit(
        f"{ONE}places/<int:place>/drop/", schedules.take, "take_schedule", _("收回地点的作息"),
        samples.place,
    ),
    page("calendar/", views.this_year, "calendar", _("工作日历"), to=SEES_CALENDAR),
    page(YEAR, views.year, "year", _("一年的日历"), to=SEES_CALENDAR, sample=samples.year),
    _edit(DAY, views.day, "day", _("修改一天"), samples.day),
    _edit(f"{DAY}clear/", views.clear, "clear_day", _("恢复一天"), samples.day),
    _edit(f"{ONE}notice/", notice.read, "notice", _("导入放假安排"), samples.schedule),
    _edit(f"{ONE}notice/publish/", notice.publish, "publish", _("公布放假安排"), samples.schedule),
]  # fmt: skip
