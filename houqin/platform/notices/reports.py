from __future__ import annotations

from dataclasses import dataclass

from houqin.kernel.people.models import User
from houqin.platform.notices.models import Hook, Notice

SIZE = 30


@dataclass(frozen=True)
class Page:
    """Some notices, newest first, and the keys at which the pages beside it begin (None: no such page)."""

    rows: list[Notice]
    newer: int | None = None
    older: int | None = None


def unread_count(user: User) -> int:
    """How many notices `user` has not opened."""
    return Notice.objects.visible_to(user).unread().count()


def latest_notice(user: User) -> int:
    """The key of the newest notice of `user`, 0 when there is none."""
    return Notice.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True).first() or 0


def notices_before(user: User, key: int | None) -> Page:
    """The notices of `user` older than `key`, from the newest on when it is None."""
    mine = Notice.objects.visible_to(user).newest()
    found = list((mine if key is None else mine.filter(pk__lt=key))[: SIZE + 1])
    rows = found[:SIZE]
    newer = rows[0].pk if rows and key is not None else None
    return Page(rows, newer=newer, older=rows[-1].pk if len(found) > SIZE else None)


def notices_after(user: User, key: int) -> Page:
    """The page of notices of `user` just newer than `key`."""
    found = list(
        Notice.objects.visible_to(user).newest().filter(pk__gt=key).order_by("pk")[: SIZE + 1]
    )
    rows = found[:SIZE][::-1]
    newer = rows[0].pk if len(found) > SIZE else None
    return Page(rows, newer=newer, older=rows[-1].pk if rows else None)


def hook_names() -> list[tuple[str, str]]:
    """Key and name of every hook, for filters of lists that show rows only to those who run them."""
    return [(str(pk), name) for pk, name in Hook.objects.order_by("name").values_list("pk", "name")]
