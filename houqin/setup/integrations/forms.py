from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.places.models import Place
from houqin.kernel.trail.messages import SAYINGS, sentence_of
from houqin.platform.notices.models import Hook, may_leave
from houqin.platform.webhooks.http import NotAnAddress, refuse_what_is_no_address
from houqin.setup.integrations.errors import in_words
from houqin.ui.fields import HouseForm, RadioTiles

MOST_PATTERNS = 40
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
WIDE = (Place.Kind.CAMPUS, Place.Kind.BUILDING)


class HookForm(HouseForm):
    """One hook; cleans to the keyword arguments of `save_hook`. `target` is the hook that is changed: its
    address and secret are never shown, and stay when nothing is typed."""

    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("自己认得出就行，例如：工程部值班群。")
    )
    kind = forms.ChoiceField(label=_("类型"), choices=Hook.Kind.choices, widget=RadioTiles)
    url = forms.CharField(
        label=_("地址"),
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url"}),
        help_text=_("在群设置里添加机器人后复制的 Webhook 地址；其他系统填接收消息的地址。"),
    )
    secret = forms.CharField(
        label=_("密钥"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_(
            "钉钉“加签”和飞书“签名校验”给出的密钥；企业微信不需要；其他系统必填，双方用它核对签名。"
        ),
    )
    events = forms.CharField(
        label=_("发送哪些事件"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("一行一个，* 代表任意；例如 demand.submitted、order.*、clock.alarm。"),
    )
    place = forms.ModelChoiceField(
        label=_("只限地点"),
        queryset=Place.objects.filter(kind__in=WIDE),
        required=False,
        empty_label=_("全部地点"),
    )
    language = forms.ChoiceField(label=_("语言"), choices=LANGUAGES, widget=RadioTiles)
    at_all = forms.BooleanField(label=_("紧急的事 @所有人"), required=False)
    with_text = forms.BooleanField(
        label=_("连同写下的话一起发"),
        required=False,
        help_text=_(
            "回复、原因、评价等原文，只发给其他系统；不勾选就只说发生了什么。内部备注无论如何不外发。"
        ),
    )
    active = forms.BooleanField(label=_("启用"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target:
            self.fields["url"].required = False
            self.fields["url"].help_text = _("现在的地址是 %(url)s；不改就留空。") % {
                "url": self.target.shown_url
            }
            if self.target.secret:
                self.fields["secret"].help_text = _now("已经设置，不会显示；不改就留空。")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        itself = self.target.pk if self.target else 0
        if Hook.objects.visible_to(self.actor).filter(name=name).exclude(pk=itself).exists():
            raise ValidationError(_now("已有同名的消息通道，请换一个名称。"))
        return name

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url:
            try:
                refuse_what_is_no_address(url)
            except NotAnAddress as error:
                raise ValidationError(in_words(str(error))) from error
        return url

    def clean_events(self) -> list[str]:
        """The patterns as a list, each of which fits at least one event that the house knows and lets out."""
        patterns = list(dict.fromkeys(self.cleaned_data["events"].split()))
        if len(patterns) > MOST_PATTERNS:
            raise ValidationError(
                _now("最多 %(most)d 行，可以用 * 合并。") % {"most": MOST_PATTERNS}
            )
        wrong = [
            pattern
            for pattern in patterns
            if not any(fnmatchcase(name, pattern) for name in SAYINGS)
        ]
        if wrong:
            values = {"names": _now("、").join(wrong[:3])}
            raise ValidationError(_now("没有这样的事件：%(names)s。请对照下面的事件表。") % values)
        going = [name for name in SAYINGS if may_leave(name)]
        if kept := [
            pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in going)
        ]:
            values = {"names": _now("、").join(kept[:3])}
            raise ValidationError(
                _now("内部备注和账号、角色、令牌的事不外发：%(names)s。") % values
            )
        return patterns

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_secret = cleaned.get("secret") or (self.target and self.target.secret)
        if (
            cleaned.get("kind") == Hook.Kind.SIGNED
            and not has_secret
            and "secret" not in self.errors
        ):
            self.add_error("secret", _now("发给其他系统的消息要签名，请填写密钥。"))
        return cleaned

    def known_events(self) -> Iterator[tuple[str, str]]:
        """Every event that can be asked for: its name and how it is said."""
        return ((name, sentence_of(name, {})) for name in sorted(SAYINGS) if may_leave(name))


def initial_of(hook: Hook | None) -> dict[str, Any]:
    """What the form shows of `hook`; for a new one, what most robots are for."""
    if hook is None:
        usual = "demand.submitted\ndemand.graded\norder.*\nclock.alarm"
        return {"kind": Hook.Kind.WECOM, "language": "zh-hans", "events": usual, "active": True}
    fields = ("name", "kind", "place", "language", "at_all", "with_text", "active")
    shown = {name: getattr(hook, name) for name in fields}
    return shown | {"events": "\n".join(hook.events)}
