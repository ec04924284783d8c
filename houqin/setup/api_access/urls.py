from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.platform.tokens.actions import APPROVES_SERVICES, MAKES_SERVICES
from houqin.setup.api_access import docs, samples, views
from houqin.setup.permissions import SEES_SERVICES
from houqin.ui.routes import SIGNED_IN, page

ACCOUNT = "service-accounts/<int:pk>/"
heading = _("接口令牌和服务账号")
urlpatterns = [
    page("api/docs/", docs.api_docs, "api_docs", _("接口文档"), to=SIGNED_IN),
    page("me/tokens/", views.tokens, "tokens", _("接口令牌"), to=SIGNED_IN),
    page(
        "me/tokens/<int:pk>/revoke/", views.revoke, "revoke_token", _("作废技师的令牌"),
        to=SIGNED_IN, sees={Role.TECHNICIAN}, sample=samples.token,
    ),
    page("service-accounts/", views.services, "service_accounts", _("服务账号"), to=SEES_SERVICES),
    page(
        "service-accounts/new/", views.new_service, "new_service_account", _("新建服务账号"),
        to=MAKES_SERVICES,
    ),
    page(
        ACCOUNT, views.service, "service_account", _("一个服务账号"),
        to=SEES_SERVICES, sample=samples.service,
    ),
    page(
        f"{ACCOUNT}approve/", views.approve, "approve_service_account", _("核准服务账号"),
        to=APPROVES_SERVICES, sample=samples.service,
    ),
    page(
        f"{ACCOUNT}close/", views.close, "close_service_account", _("停用服务账号"),
        to=SEES_SERVICES, sample=samples.service,
    ),
]  # fmt: skip
