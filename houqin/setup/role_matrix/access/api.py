"""The addresses of the API, asked with a token that has every scope; the scope of each is in its `api.py`."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role
from houqin.setup import permissions
from houqin.setup.role_matrix.access.address import (
    BUSINESS,
    EVERYBODY,
    INCOMPLETE,
    MISSING,
    MOVED,
    REQUESTER,
    SIGNED_IN,
    Address,
)

WORKS: Final = BUSINESS - {REQUESTER, Role.HEAD}
STAFF: Final = frozenset({Role.COORDINATOR, Role.MANAGER})
BOTH: Final = permissions.SEES_SERVICES
UNSEEN: Final = {Role.TECHNICIAN: MISSING}


def _by_token(route: str, words: str | Promise, to: Any, **how: Any) -> Address:
    return Address(f"api:{route}", words, to, by_token=True, **how)


API: Final = (
    Address("api:openapi", _("接口说明（OpenAPI）"), EVERYBODY),
    Address("setup:api_docs", _("接口文档"), SIGNED_IN),
    Address("tokens", _("接口令牌"), SIGNED_IN),
    Address(
        "revoke_token", _("作废技师的令牌"), {Role.TECHNICIAN}, ok=MOVED, otherwise=MISSING, method="POST",
        but=dict.fromkeys(ADMINISTRATORS, MISSING),
    ),
    Address("service_accounts", _("服务账号"), BOTH),
    Address("new_service_account", _("新建服务账号"), {Role.SYSTEM_ADMIN}),
    Address("service_account", _("一个服务账号"), BOTH),
    Address("approve_service_account", _("核准服务账号"), {Role.SECURITY_ADMIN}, ok=MOVED, method="POST"),
    Address("close_service_account", _("停用服务账号"), BOTH, ok=MOVED, method="POST"),
    _by_token("places", _("接口：地点"), BUSINESS),
    _by_token("people", _("接口：人员"), BUSINESS),
    _by_token("file", _("接口：需求的附件"), BUSINESS),
    _by_token("catalogue", _("接口：服务目录"), BUSINESS),
    _by_token("catalogue_entry", _("接口：一个服务项"), BUSINESS),
    _by_token("demands", _("接口：需求"), BUSINESS),
    _by_token("demands", _("接口：提交需求"), BUSINESS, method="POST", ok=INCOMPLETE),
    _by_token("demand", _("接口：一件需求"), BUSINESS),
    _by_token("demand_clocks", _("接口：需求的时钟"), BUSINESS),
    _by_token("demand_action", _("接口：受理要填什么"), STAFF, sample="grade", but=UNSEEN),
    _by_token(
        "demand_action", _("接口：受理"), STAFF, sample="grade", but=UNSEEN, method="POST", ok=INCOMPLETE
    ),
    _by_token("orders", _("接口：工单"), BUSINESS),
    _by_token("order", _("接口：一件工单"), WORKS, otherwise=MISSING),
    _by_token(
        "order_action", _("接口：接单"), {Role.TECHNICIAN}, sample="accept", method="POST",
        but={REQUESTER: MISSING, Role.HEAD: MISSING},
    ),
    _by_token("hooks", _("接口：消息通道"), permissions.RUNS_HOOKS),
    _by_token("deliveries", _("接口：发送记录"), permissions.RUNS_HOOKS),
    _by_token("replay", _("接口：再发一条"), permissions.RUNS_HOOKS, method="POST"),
)  # fmt: skip
