from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.desk.intake import samples
from houqin.desk.intake.pages import DEMANDS_IN
from houqin.kernel.people.models import Role

app_name, heading = "intake", _("导入需求")
urlpatterns = DEMANDS_IN.urls("", sample=samples.uploaded, sees=frozenset({Role.MANAGER}))
