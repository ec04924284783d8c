"""The addresses of the door, and of what is everybody's own."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role
from houqin.setup.role_matrix.access.address import (
    ANONYMOUS,
    BUSINESS,
    CONFLICT,
    EVERYBODY,
    INCOMPLETE,
    MISSING,
    MOVED,
    NOBODY,
    SIGNED_IN,
    Address,
)

DOOR: Final = (
    Address(
        "signin", _("登录"), {ANONYMOUS}, otherwise=MOVED, but=dict.fromkeys(ADMINISTRATORS, MOVED)
    ),
    Address("demo_signin", _("演示账号登录"), EVERYBODY, ok=MISSING, method="POST"),
    Address("set_language", _("切换语言"), EVERYBODY, ok=MOVED, method="POST"),
    Address("healthz", _("存活检查"), EVERYBODY),
    Address(
        "second_step",
        _("两步验证"),
        NOBODY,
        otherwise=MOVED,
        but=dict.fromkeys(ADMINISTRATORS, MOVED),
    ),
    Address("outside", _("统一身份登录"), EVERYBODY, ok=MISSING),
    Address("outside_back", _("从统一身份回来"), EVERYBODY, ok=MISSING),
    Address("signout", _("退出登录"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("set_theme", _("切换外观"), SIGNED_IN, ok=MOVED, method="POST"),
)
OWN: Final = (
    Address("home", _("工作台"), SIGNED_IN),
    Address("search", _("搜索"), SIGNED_IN),
    Address("me", _("我的"), SIGNED_IN),
    Address("arrange_menu", _("调整菜单"), SIGNED_IN),
    Address("keys", _("快捷键"), SIGNED_IN),
    Address("set_phone", _("修改电话"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("go_away", _("安排代理"), SIGNED_IN, ok=INCOMPLETE, method="POST"),
    Address("come_back", _("结束代理"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("set_password", _("修改密码"), SIGNED_IN, ok=INCOMPLETE, method="POST"),
    Address("security", _("登录与安全"), SIGNED_IN),
    Address("owed_password", _("先改密码"), SIGNED_IN, ok=MOVED),
    Address("set_up_second_step", _("启用两步验证"), SIGNED_IN),
    Address("second_step_off", _("停用两步验证"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("set_email", _("改自己的邮箱"), ADMINISTRATORS, ok=MOVED, method="POST"),
    Address("renew_codes", _("换一批备用码"), SIGNED_IN, ok=CONFLICT, method="POST"),
    Address("end_elsewhere", _("退出其他设备"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("notice_choices", _("消息设置"), SIGNED_IN),
    Address("notices", _("消息"), SIGNED_IN),
    Address("notices-read", _("全部标为已读"), SIGNED_IN, ok=MOVED, method="POST"),
    Address("export_list", _("导出列表"), BUSINESS, method="POST", ok=MISSING),
    Address("save_view", _("存为视图"), SIGNED_IN, method="POST", ok=MISSING),
    Address("drop_view", _("删除主管的视图"), {Role.MANAGER}, ok=MOVED, otherwise=MISSING, method="POST"),
    Address("export", _("主管导出的文件"), {Role.MANAGER}, otherwise=MISSING),
    Address("notice-open", _("打开技师的消息"), {Role.TECHNICIAN}, ok=MOVED, otherwise=MISSING, method="POST",
            but=dict.fromkeys(ADMINISTRATORS, MISSING)),
)  # fmt: skip
