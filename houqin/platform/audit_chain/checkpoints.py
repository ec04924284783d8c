"""Roots to be kept where nobody of this machine can reach them: a small JSON file."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Final

from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.audit_chain.models import Seal

FORMAT: Final = "houqin-trail-roots/1"
ROOT: Final = re.compile(r"[0-9a-f]{64}")


def write_roots(now: datetime) -> str:
    """The last seal of each day. Each root vouches for everything before it."""
    days = (
        Seal.objects.values(day=TruncDate("sealed_at")).annotate(last=Max("number")).values("last")
    )
    seals = Seal.objects.filter(number__in=days).order_by("number").defer("leaves")
    roots = [
        {
            "seal": seal.number,
            "last_event": seal.last,
            "sealed_at": seal.sealed_at.isoformat(),
            "root": seal.root,
        }
        for seal in seals
    ]
    return (
        json.dumps({"format": FORMAT, "written_at": now.isoformat(), "roots": roots}, indent=1)
        + "\n"
    )


def read_roots(text: str) -> dict[int, str]:
    """Number → root. Raises Refused for anything that is no such file."""
    try:
        data = json.loads(text)
        roots = {int(row["seal"]): str(row["root"]) for row in data["roots"]}
        if data["format"] != FORMAT or not all(map(ROOT.fullmatch, roots.values())):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(_("这不是根值文件，或者它已经损坏。")) from error
    return roots
