from __future__ import annotations

from collections.abc import Set

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.setup.directory import samples, tree_views, views
from houqin.setup.directory.pages import PEOPLE
from houqin.setup.permissions import RUNS_ACCOUNTS, SEES_PEOPLE, SEES_PLACES
from houqin.ui.routes import Sample, View, Words, page


def _page(
    route: str,
    view: View,
    name: str,
    label: Words,
    to: Set[str] = RUNS_ACCOUNTS,
    sample: Sample | None = None,
) -> URLPattern:
    return page(route, view, name, label, to=to, everywhere=True, sample=sample)


RUNS, SEES = RUNS_ACCOUNTS, SEES_PLACES
PERSON, ROOM, UNIT = samples.person, samples.place, samples.department
people = [
    *PEOPLE.urls("people/", "people", to=SEES_PEOPLE, everywhere=True),
    _page("people/new/", views.edit, "new_person", _("添加人员")),
    _page("people/links/", views.all_links, "all_links", _("所有人的链接")),
    _page("people/<int:pk>/", views.person, "person", _("一个人"), SEES_PEOPLE, PERSON),
    _page("people/<int:pk>/edit/", views.edit, "edit_person", _("修改人员"), RUNS, PERSON),
    _page("people/<int:pk>/deactivate/", views.deactivate, "deactivate", _("停用账号"), RUNS, PERSON),
    _page("people/<int:pk>/restore/", views.restore, "restore", _("恢复账号"), RUNS, PERSON),
    _page("people/<int:pk>/link/", views.new_link, "new_link", _("设置密码的链接"), RUNS, PERSON),
]  # fmt: skip
T = tree_views
places = [
    _page("places/", T.places, "places", _("地点"), SEES),
    _page("places/new/", T.edit_place, "new_place", _("添加地点")),
    _page("places/<int:pk>/", T.places, "place", _("一个地点"), SEES, ROOM),
    _page("places/<int:pk>/edit/", T.edit_place, "edit_place", _("修改地点"), RUNS, ROOM),
    _page("places/<int:pk>/close/", T.close, "close_place", _("停用地点"), RUNS, ROOM),
    _page("places/<int:pk>/remove/", T.remove_place, "remove_place", _("删除用过的地点"), RUNS, ROOM),
]  # fmt: skip
departments = [
    _page("departments/", T.departments, "departments", _("部门"), SEES),
    _page("departments/new/", T.edit_department, "new_department", _("添加部门")),
    _page("departments/<int:pk>/", T.departments, "department", _("一个部门"), SEES, UNIT),
    _page("departments/<int:pk>/edit/", T.edit_department, "edit_department", _("修改部门"), RUNS, UNIT),
    _page(
        "departments/<int:pk>/remove/", T.remove_department, "remove_department", _("删除用过的部门"),
        RUNS, UNIT,
    ),
]  # fmt: skip
heading = _("人员、地点和部门")
urlpatterns = [*people, *places, *departments]
