from django.utils.translation import gettext_lazy as _

from houqin.desk.rules import samples, views
from houqin.desk.rules.actions import EDITS
from houqin.ui.routes import page

app_name, heading = "rules", _("派工规则")
urlpatterns = [
    page("", views.rules, "rules", _("派工规则"), to=EDITS, everywhere=True),
    page("new/", views.edit, "new_rule", _("添加派工规则"), to=EDITS, everywhere=True),
    page(
        "<int:pk>/",
        views.edit,
        "rule",
        _("修改派工规则"),
        to=EDITS,
        everywhere=True,
        sample=samples.switched_off,
    ),
    page(
        "<int:pk>/switch/",
        views.switch,
        "switch",
        _("启用或停用派工规则"),
        to=EDITS,
        everywhere=True,
        sample=samples.switched_off,
    ),
]
