"""What the ways in hang into the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.desk.channels.models import PaperForm, PaperFormQuerySet
from houqin.desk.demands.models import STAFF, WRITES_FOR_OTHERS
from houqin.kernel.people.models import Role, User
from houqin.ui.shell.navigation import NavItem, register

DESK = _("服务台")


def to_transcribe(user: User) -> PaperFormQuerySet:
    return PaperForm.objects.visible_to(user).waiting()


register(
    NavItem(
        "desk",
        _("热线登记"),
        "phone",
        "channels:hotline",
        roles=frozenset(WRITES_FOR_OTHERS),
        order=22,
    )
)
register(
    NavItem(
        "desk",
        _("纸单录入"),
        "file-text",
        "channels:paper",
        roles=frozenset(WRITES_FOR_OTHERS),
        order=24,
        waiting=to_transcribe,
    )
)
register(
    NavItem(
        "own", _("新需求"), "plus", "channels:new_demand", order=50, tab=3, rail=False, primary=True
    )
)
register(
    NavItem(
        "setup",
        _("打印位置码"),
        "qrcode",
        "channels:labels",
        roles=frozenset(STAFF | {Role.LEAD}),
        order=830,
    )
)
