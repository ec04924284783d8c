from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import Entry


def entry_choices() -> list[tuple[str, Any]]:
    """The catalogue as a select shows it: groups of (code, name), one for each category."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for entry in Entry.objects.filter(active=True).select_related("category"):
        groups.setdefault(str(entry.category), []).append((entry.code, str(entry)))
    return [("", _("请选择服务项")), *groups.items()]
