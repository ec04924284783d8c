"""How what happens to accounts is said."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say


def _how(code: Any) -> str:
    words = {"password": _now("密码"), "second_step": _now("密码和验证码"), "demo": _now("演示")}
    return words.get(str(code), str(code))


say("user.signed_in", _("登录（%(how)s）"), icon="login", words={"how": _how})
say("user.locked", _("密码连续输错，暂停登录到 %(until)s"), icon="lock")
say("user.unlocked", _("解除登录暂停"), icon="key")
say("user.sessions_ended", _("退出其他设备上的登录"), icon="logout")
say("user.second_step_on", _("启用两步验证"), icon="shield-check")
say("user.second_step_off", _("停用两步验证"), icon="shield")
say("user.recovery_used", _("用备用码登录"), icon="key")
say("user.recovery_renewed", _("重新生成备用码"), icon="key")
say("user.password_demanded", _("要求下次登录时改密码"), icon="key")
say("user.linked", _("关联统一身份账号"), icon="link")
say("role.second_step_demanded", _("改变须两步验证的角色：%(roles)s"), icon="shield-check")
