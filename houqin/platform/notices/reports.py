from __future__ import annotations

from houqin.kernel.people.models import User
from houqin.platform.notices.models import Hook, Notice
from houqin.platform.notices.models.notice import NoticeQuerySet


def unread(user: User) -> NoticeQuerySet:
    """The notices that `user` has not opened."""
    return Notice.objects.visible_to(user).unread()


def latest_notice(user: User) -> int:
    """The key of the newest notice of `user`, 0 when there is none."""
    return Notice.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True).first() or 0


def hook_names() -> list[tuple[str, str]]:
    """Key and name of every hook, for filters of lists that show rows only to those who run them."""
    return [(str(pk), name) for pk, name in Hook.objects.order_by("name").values_list("pk", "name")]
