from django.utils.translation import gettext_lazy as _

from houqin.setup.sign_ins import samples, views
from houqin.setup.sign_ins.views import KEEPS_THE_DOOR
from houqin.ui.routes import page

heading = _("登录安全")
urlpatterns = [
    page("", views.signins, "signins", _("登录安全"), to=KEEPS_THE_DOOR),
    page("roles/", views.demand_roles, "demand_roles", _("规定两步验证的角色"), to=KEEPS_THE_DOOR),
    page(
        "<int:pk>/unlock/", views.unlock, "unlock", _("解除登录暂停"),
        to=KEEPS_THE_DOOR, sample=samples.failure,
    ),
    page(
        "people/<int:pk>/<slug:verb>/", views.help_person, "help_person", _("要求改密码"),
        to=KEEPS_THE_DOOR, sample=samples.help_with_password,
    ),
]  # fmt: skip
