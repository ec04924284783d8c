from django.utils.translation import gettext_lazy as _

from houqin.setup.health import views
from houqin.setup.permissions import SEES_HEALTH
from houqin.ui.routes import page

heading = _("运行状况")
urlpatterns = [page("health/", views.health, "health", _("运行状况"), to=SEES_HEALTH)]
