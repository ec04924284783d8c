"""What is kept of a failed delivery is one word for machines; this says it to a person, with what to do."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.platform.webhooks.http import NO_ADDRESS, PRIVATE

WORDS: Final[dict[str, str | Promise]] = {
    NO_ADDRESS: _("地址要以 https:// 或 http:// 开头。"),
    PRIVATE: _("这个地址在内网，需要系统管理员打开 ALLOW_PRIVATE_HOOKS。"),
    "ConnectionRefusedError": _("对方没有开机，或拒绝连接"),
    "TimeoutError": _("对方没有及时回答"),
    "gaierror": _("找不到这个地址，请检查拼写和网络"),
    "SSLCertVerificationError": _("对方的证书不可信"),
    "SMTPRecipientsRefused": _("邮件服务器不认识这个邮箱"),
    "SMTPAuthenticationError 535": _("邮件服务器不接受我们的账号，请检查 EMAIL_URL"),
    "wecom 93000": _("企业微信不认识这个机器人，可能已被移出群"),
    "wecom 45009": _("发得太快，稍后再发"),
    "dingtalk 300001": _("钉钉不认识这个机器人，可能已被移出群"),
    "dingtalk 310000": _("钉钉不接受签名或关键词，请检查密钥和服务器时间"),
    "dingtalk 130101": _("发得太快，稍后再发"),
    "feishu 19001": _("飞书不认识这个机器人，可能已被移出群"),
    "feishu 19021": _("飞书不接受签名，请检查密钥和服务器时间"),
    "feishu 19024": _("飞书要求的关键词不在消息里，请设为“后勤管家”"),
}


def in_words(error: str) -> str:
    """The sentence for what was kept; what has none is said as it is."""
    if error in WORDS:
        return str(WORDS[error])
    if error.startswith("HTTP "):
        return _now("对方拒绝（%(answer)s）") % {"answer": error}
    return error
