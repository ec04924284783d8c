from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import STAFF
from houqin.desk.handover import samples, views
from houqin.kernel.people.models import Role
from houqin.ui.routes import BUSINESS, NOBODY, page

app_name, heading = "handover", _("工作交接")
urlpatterns = [
    page("", views.handover, "handover", _("自己的工作交接"), to=BUSINESS),
    page(
        "<str:username>/",
        views.handover_of,
        "handover_of",
        _("维修技师的工作交接"),
        to=BUSINESS,
        may=STAFF | {Role.TECHNICIAN},
        sample=samples.technician,
    ),
    page(
        "<str:username>/<int:pk>/back/",
        views.handover_back,
        "handover_back",
        _("撤销没有发生过的工作交接"),
        to=BUSINESS,
        sees=NOBODY,
        sample=samples.never_happened,
    ),
]
