from django.utils.translation import gettext_lazy as _

from houqin.setup.permissions import SEES_ROLES
from houqin.setup.role_matrix import views
from houqin.ui.routes import page

heading = _("角色权限")
urlpatterns = [page("roles/", views.roles, "roles", _("角色权限"), to=SEES_ROLES)]
