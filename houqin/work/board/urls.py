from django.utils.translation import gettext_lazy as _

from houqin.ui.routes import page
from houqin.work.board import views
from houqin.work.orders.models import RUNS_WORK

app_name, heading = "board", _("派工台")
urlpatterns = [
    page("", views.board, "board", _("派工台"), to=RUNS_WORK),
    page("live/", views.live, "live", _("派工台的变动"), to=RUNS_WORK),
]
