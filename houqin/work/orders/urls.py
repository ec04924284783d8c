from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.work.orders import samples
from houqin.work.orders.models import SEES_WORK
from houqin.work.orders.pages import CARD, CODES, MINE, ORDERS

app_name, heading = "orders", _("工单")
urlpatterns = [
    *ORDERS.urls("", "orders"),
    *CODES.pages("codes/"),
    *MINE.urls("mine/", "mine"),
    *CARD.urls(sees=SEES_WORK | {Role.TECHNICIAN}, sample=samples.offered),
]
