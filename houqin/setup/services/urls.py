from django.utils.translation import gettext_lazy as _

from houqin.setup.permissions import EDITS_CATALOGUE
from houqin.setup.services import views
from houqin.ui.routes import page

heading = _("服务目录")
urlpatterns = [
    page("services/", views.services, "services", _("服务目录"), to=EDITS_CATALOGUE, everywhere=True),
    page(
        "services/new/", views.edit, "new_service", _("添加服务项"),
        to=EDITS_CATALOGUE, everywhere=True,
    ),
    page(
        "services/<slug:code>/", views.edit, "service", _("修改服务项"),
        to=EDITS_CATALOGUE, everywhere=True, sample=lambda cast: {"code": "hvac"},
    ),
]  # fmt: skip
