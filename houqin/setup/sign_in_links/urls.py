from django.utils.translation import gettext_lazy as _

from houqin.setup.sign_in_links import views
from houqin.ui.routes import EVERYBODY, NOBODY, page

heading = _("设置密码的链接")
urlpatterns = [
    page(
        "start/<str:token>/",
        views.first_password,
        "first_password",
        _("失效的链接"),
        to=EVERYBODY,
        sees=NOBODY,
        sample=lambda cast: {"token": "long-gone"},
    ),
]
