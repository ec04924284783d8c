from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.ui.routes import page
from houqin.work.orders import samples, views
from houqin.work.orders.models import RUNS_WORK, SEES_WORK
from houqin.work.orders.pages import CARD, CODES, CODES_IN, MINE, ORDERS

app_name, heading = "orders", _("工单")
urlpatterns = [
    *ORDERS.urls("", "orders"),
    *CODES.urls("codes/", "fault_codes", to=RUNS_WORK),
    page("codes/new/", views.new_fault_code, "new_fault_code", _("新增故障代码"), to=RUNS_WORK),
    *CODES_IN.urls("codes/import/", sample=samples.codes_file, sees={Role.MANAGER}),
    page(
        "codes/<int:pk>/",
        views.fault_code,
        "fault_code",
        _("修改故障代码"),
        to=RUNS_WORK,
        sample=samples.fault_code,
    ),
    *MINE.urls("mine/", "mine"),
    *CARD.urls(sees=SEES_WORK | {Role.TECHNICIAN}, sample=samples.offered),
]
