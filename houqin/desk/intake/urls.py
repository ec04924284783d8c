from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.desk.intake import samples, views
from houqin.desk.intake.directory import IMPORTERS
from houqin.kernel.people.models import Role
from houqin.ui.routes import View, Words, page


def _step(route: str, view: View, name: str, label: Words) -> URLPattern:
    """One step of an import, which nobody sees but whoever brought the file."""
    own = frozenset({Role.MANAGER})
    return page(route, view, name, label, to=IMPORTERS, sees=own, sample=samples.uploaded)


app_name, heading = "intake", _("导入需求")
urlpatterns = [
    page("", views.import_demands, "import_demands", _("导入需求"), to=IMPORTERS),
    _step("<int:pk>/", views.import_file, "import_file", _("主管的导入：结果")),
    _step("<int:pk>/columns/", views.import_map, "import_map", _("主管的导入：对应列")),
    _step("<int:pk>/preview/", views.import_preview, "import_preview", _("主管的导入：预览")),
    _step("<int:pk>/start/", views.import_start, "import_start", _("主管的导入：开始")),
    _step("<int:pk>/errors/", views.import_errors, "import_errors", _("主管的导入：错误")),
]
