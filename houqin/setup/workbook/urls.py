from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.setup.workbook import samples
from houqin.setup.workbook.pages import HOUSE_IN

heading = _("导入地点和人员")
urlpatterns = HOUSE_IN.urls("setup/import/", sample=samples.book)
