"""What a walk over the seals finds, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

PROBLEMS: Final = {
    "changed": _("封存 %(seal)s：事件 %(event)s 的内容被改过。"),
    "removed": _("封存 %(seal)s：事件 %(event)s 被删掉了。"),
    "inserted": _("封存 %(seal)s：事件 %(event)s 是封存以后插进去的。"),
    "unreadable": _("封存 %(seal)s：事件 %(event)s 已经读不出来。"),
    "forged": _("封存 %(seal)s 本身被改过，里面的事件无从核对。"),
    "torn": _("封存 %(seal)s 接不上它前面的那一个。"),
    "lost": _("封存 %(seal)s 不见了。"),
    "cut": _("封存 %(seal)s 以前核验过，现在不见了或换成了另一个。"),
    "gone": _("封存 %(seal)s 在根值文件里有，这里没有：后面的记录被截掉了。"),
    "other": _("封存 %(seal)s 与根值文件里的不同。"),
}


def problem_words(problem: Sequence[object]) -> str:
    """The sentence of a `Problem`, or of one that was kept as a list."""
    kind, seal, event = problem
    return str(PROBLEMS.get(str(kind), _now("不明的问题。"))) % {"seal": seal, "event": event}
