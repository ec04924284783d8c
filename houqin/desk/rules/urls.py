from django.utils.translation import gettext_lazy as _

from houqin.desk.rules.pages import RULES

app_name, heading = "rules", _("派工规则")
urlpatterns = RULES.pages("")
