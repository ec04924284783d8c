from django.utils.translation import gettext_lazy as _

from houqin.setup.permissions import PUBLISHES_STANDARDS, SEES_STANDARDS
from houqin.setup.standards import samples, views
from houqin.ui.routes import page

heading = _("服务标准")
urlpatterns = [
    page("standards/", views.standards, "standards", _("服务标准"), to=SEES_STANDARDS),
    page(
        "standards/new/", views.new, "new_standard", _("发布服务标准"),
        to=PUBLISHES_STANDARDS, everywhere=True,
    ),
    page(
        "standards/<int:pk>/", views.revise, "standard", _("修改已生效的标准"),
        to=PUBLISHES_STANDARDS, everywhere=True, sample=samples.in_force,
    ),
    page(
        "standards/<int:pk>/withdraw/", views.withdraw, "withdraw_standard", _("撤回已生效的标准"),
        to=PUBLISHES_STANDARDS, everywhere=True, sample=samples.in_force,
    ),
]  # fmt: skip
