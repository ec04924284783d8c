"""What group robots and other systems are sent: the format and the signature of each, as their documents say.

- 企业微信 https://developer.work.weixin.qq.com/document/path/91770 : the key is in the address; `markdown` of
  at most 4096 bytes, `text` where everybody is to be called; `errcode` 0 is success.
- 钉钉 https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages and
  /document/orgapp/customize-robot-security-settings : `timestamp` in milliseconds and `sign`, the base64 of
  HMAC-SHA256 with the secret over "timestamp, newline, secret", in the query; `errcode` 0 is success.
- 飞书 https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot : `timestamp` in seconds and `sign`
  in the body, the base64 of HMAC-SHA256 with "timestamp, newline, secret" as the key over nothing; `code` 0.
- Other systems: docs/webhooks.md.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from houqin.platform.notices.models import Hook

LONGEST_TITLE, LONGEST_LINE = 120, 500
# What these robots answer when they are gone or were never there; everything else may pass.
GONE: Final = {93000, 300001, 19001}
PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)"
)
# Markup that somebody typed into a title must not become a link or a call in a robot's message.
HARMLESS = str.maketrans(
    {"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "｀", "@": "＠", "\\": "＼"}
)


@dataclass(frozen=True)
class Message:
    """What a robot says: what it happened to, what, and where to look; plain text without phone numbers."""

    title: str
    line: str
    url: str
    urgent: bool = False
    call_all: bool = False

    @property
    def head(self) -> str:
        """Begins with the name of the house: robots may be set to take nothing without this keyword."""
        return (_("【紧急】") if self.urgent else "") + _("后勤管家") + " · " + self.title


@dataclass(frozen=True)
class Outgoing:
    """What goes over the wire."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def plain(text: str, longest: int) -> str:
    """One line of `text` that holds no phone number and no markup."""
    return PHONE.sub("…", " ".join(text.split())).translate(HARMLESS)[:longest]


def wecom(hook: Hook, message: Message, at: datetime) -> Outgoing:
    if message.call_all:  # only plain text can call everybody
        text = {
            "content": f"{message.head}\n{message.line}\n{message.url}",
            "mentioned_list": ["@all"],
        }
        return Outgoing(hook.url, _json({"msgtype": "text", "text": text}))
    content = f"**{message.head}**\n>{message.line}\n[{_('查看')}]({message.url})"
    return Outgoing(hook.url, _json({"msgtype": "markdown", "markdown": {"content": content}}))


def dingtalk(hook: Hook, message: Message, at: datetime) -> Outgoing:
    text = f"#### {message.head}\n\n> {message.line}\n\n[{_('查看')}]({message.url})"
    body = {
        "msgtype": "markdown",
        "markdown": {"title": message.head, "text": text},
        "at": {"isAtAll": message.call_all},
    }
    return Outgoing(_signed_by_dingtalk(hook, at), _json(body))


def _signed_by_dingtalk(hook: Hook, at: datetime) -> str:
    if not hook.secret:
        return hook.url
    stamp = round(at.timestamp() * 1000)
    sign = _base64_hmac(hook.secret, f"{stamp}\n{hook.secret}")
    mark = "&" if "?" in hook.url else "?"
    return f"{hook.url}{mark}{urlencode({'timestamp': stamp, 'sign': sign})}"


def feishu(hook: Hook, message: Message, at: datetime) -> Outgoing:
    body: dict[str, Any] = {"msg_type": "interactive", "card": _card(message)}
    if hook.secret:
        stamp = str(round(at.timestamp()))
        body |= {"timestamp": stamp, "sign": _base64_hmac(f"{stamp}\n{hook.secret}", "")}
    return Outgoing(hook.url, _json(body))


def _card(message: Message) -> dict[str, Any]:
    call = [{"tag": "markdown", "content": "<at id=all></at>"}] if message.call_all else []
    button = {
        "tag": "button",
        "text": _plain_text(_("查看")),
        "type": "primary",
        "url": message.url,
    }
    return {
        "config": {"wide_screen_mode": True},
        "header": {
            "title": _plain_text(message.head),
            "template": "red" if message.urgent else "turquoise",
        },
        "elements": [
            {"tag": "div", "text": _plain_text(message.line)},
            *call,
            {"tag": "action", "actions": [button]},
        ],
    }


def _plain_text(words: str) -> dict[str, str]:
    return {"tag": "plain_text", "content": words}


def signed(hook: Hook, number: int, facts: Mapping[str, Any], at: datetime) -> Outgoing:
    """Our own webhook. The signature covers the time and the body, so that neither can be replaced nor an old
    one be sent again by somebody else; `number` stays the same however often it is sent."""
    body, stamp = _json(facts), str(int(at.timestamp()))
    mac = hmac.new(hook.secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    headers = {"X-Houqin-Delivery": str(number), "X-Houqin-Signature": f"t={stamp},v1={mac}"}
    return Outgoing(hook.url, body, headers)


def complaint(answer: bytes) -> int:
    """The error code in what a robot answered with status 200; 0 is success, -1 what no robot says."""
    try:
        content = json.loads(answer)
        return int(content["errcode"] if "errcode" in content else content["code"])
    except (ValueError, TypeError, KeyError):
        return -1


def _base64_hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), "sha256").digest()).decode()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


ROBOTS: Final[Mapping[str, Callable[[Hook, Message, datetime], Outgoing]]] = {
    Hook.Kind.WECOM: wecom,
    Hook.Kind.DINGTALK: dingtalk,
    Hook.Kind.FEISHU: feishu,
}
