"""How the events of papers are said."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say
from houqin.shared.credentials.kinds import KINDS


def _label(kind: Any) -> str:
    return str(KINDS[kind].label) if kind in KINDS else str(kind)


def _until(day: Any) -> str:
    return str(day) if day else _now("长期")


WORDS = {"kind": _label, "until": _until}

say(
    "credential.added",
    _("登记%(who)s的%(kind)s %(paper_number)s，有效期至 %(until)s"),
    icon="certificate",
    words=WORDS,
)
say(
    "credential.ended",
    _("撤下%(who)s的%(kind)s %(paper_number)s"),
    icon="certificate",
    words=WORDS,
)
say(
    "credential.expiring",
    _("%(who)s的%(kind)s有效期至 %(until)s，请及时换证"),
    icon="certificate",
    tone="hold",
    words=WORDS,
)
