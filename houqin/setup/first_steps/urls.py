from django.utils.translation import gettext_lazy as _

from houqin.setup.first_steps import views
from houqin.setup.permissions import PUBLISHES_STANDARDS, SETS_UP
from houqin.ui.routes import ANONYMOUS, EVERYBODY, NOBODY, page

heading = _("设置向导")
urlpatterns = [
    # An empty house is set up by whoever has the code that was printed.
    page("setup/", views.wizard, "wizard", _("设置向导"), to=SETS_UP | {ANONYMOUS}, may=SETS_UP),
    page(
        "setup/accounts/",
        views.first_accounts,
        "first_accounts",
        _("第一批账号，设好以后不再显示"),
        to=EVERYBODY,
        sees=NOBODY,
    ),
    page(
        "setup/steps/<slug:code>/",
        views.settle,
        "settle",
        _("确认服务标准"),
        to=SETS_UP,
        may=PUBLISHES_STANDARDS,
        sample=lambda cast: {"code": "standards"},
    ),
]
