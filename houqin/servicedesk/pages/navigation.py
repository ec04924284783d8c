from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role, User
from houqin.kernel.web.navigation import NavItem, register
from houqin.servicedesk.models import STAFF, WRITES_FOR_OTHERS, PaperForm, Request

DESK = _("服务台")


def to_review(user: User) -> int:
    return Request.objects.visible_to(user).reviewable_by(user).count()


def to_transcribe(user: User) -> int:
    return PaperForm.objects.visible_to(user).waiting().count()


register(
    NavItem(
        DESK, _("需求队列"), "inbox", "servicedesk:requests", order=10, tab=2, tab_label=_("待办")
    )
)  # fmt: skip
register(
    NavItem(
        DESK, _("审核台"), "clipboard-check", "servicedesk:review",
        roles=frozenset(STAFF), order=15, count=to_review, hot=True,
    )
)  # fmt: skip
register(
    NavItem(
        DESK, _("热线登记"), "phone", "servicedesk:hotline", roles=frozenset(WRITES_FOR_OTHERS), order=20
    )
)  # fmt: skip
register(
    NavItem(
        DESK, _("纸单录入"), "file-text", "servicedesk:paper", roles=frozenset(WRITES_FOR_OTHERS), order=21,
        count=to_transcribe,
    )
)  # fmt: skip
register(
    NavItem("", _("新需求"), "plus", "servicedesk:new_request", order=50, tab=3, rail=False, primary=True)
)
register(
    NavItem(
        DESK, _("打印位置码"), "qrcode", "servicedesk:labels", roles=frozenset(STAFF | {Role.LEAD}), order=85
    )
)  # fmt: skip
