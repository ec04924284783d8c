from django.utils.translation import gettext_lazy as _

from houqin.ui.routes import BUSINESS, EVERYBODY, page
from houqin.work.feeds import samples, views

app_name, heading = "feeds", _("日历订阅")
urlpatterns = [
    page("", views.link, "calendar", _("订阅到日历"), to=BUSINESS),
    page(
        "<str:token>.ics",
        views.feed,
        "feed",
        _("技师的日历文件，凭秘密链接"),
        to=EVERYBODY,
        sample=samples.link,
    ),
]
