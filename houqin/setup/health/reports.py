"""How the machine under the house is."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS
from houqin.kernel.sweeps.reports import health
from houqin.platform.notices.models import Delivery, may_run
from houqin.ui.formatting import duration


def sweep_lines(at: datetime) -> list[dict[str, Any]]:
    """Each registered sweep with its interval, its last run and what is wrong with it."""
    counts = dict(SweepRun.objects.values_list("name", "last_count"))
    return [
        {
            "name": sweep.name,
            "title": SWEEPS[sweep.name].title,
            "every": _every(SWEEPS[sweep.name].every),
            "last": sweep.last_finished_at,
            "late": sweep.late,
            "error": sweep.error.strip().rpartition("\n")[2],
            "count": counts.get(sweep.name),
        }
        for sweep in health(at)
    ]


def _every(interval: timedelta) -> str:
    seconds = int(interval.total_seconds())
    return _("%(seconds)d 秒") % {"seconds": seconds} if seconds < 60 else duration(interval)


def facts_of_the_house(user: User, at: datetime) -> list[dict[str, Any]]:
    """For `ui/_facts.html`: database, files, and how much has not gone out by mail or to a hook; what it is,
    only those learn who run the hooks."""
    state, page = Delivery.State, reverse("setup:deliveries") if may_run(user) else ""
    overdue = Delivery.objects.filter(state=state.WAITING, next_at__lte=at)
    waiting = overdue.count()
    dead = Delivery.objects.filter(state=state.DEAD).count()
    return [
        {"label": _("数据库"), "value": database()},
        {"label": _("时区"), "value": settings.TIME_ZONE},
        {"label": _("文件目录"), "value": str(settings.MEDIA_ROOT)},
        {"label": _("目录可写"), **_writable()},
        {"label": _("剩余空间"), **_free()},
        {
            "label": _("到时还没发出的消息"),
            "value": waiting,
            "tone": "warn" if waiting > 100 else "",
            "url": page and f"{page}?view=waiting",
        },
        {
            "label": _("已放弃的消息"),
            "value": dead,
            "tone": "bad" if dead else "good",
            "url": page and f"{page}?view=dead",
        },
    ]


def database() -> str:
    """The engine with its version: SQLite 3.45.1, PostgreSQL 16.3."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _free() -> dict[str, str]:
    """How much more the disk of the uploads takes."""
    usage = shutil.disk_usage(_media_folder())
    words = f"{usage.free / 2**30:.1f} GB / {usage.total / 2**30:.1f} GB"
    return {"value": words, "tone": "bad" if usage.free < usage.total / 20 else ""}


def _media_folder() -> Path:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return folder


def _writable() -> dict[str, str]:
    """Whether an upload would find its place; the folder is made with the first one."""
    writable = os.access(_media_folder(), os.W_OK)
    return {"value": _("是") if writable else _("否"), "tone": "good" if writable else "bad"}
