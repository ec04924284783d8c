"""How a change of a policy is said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import POLICIES
from houqin.kernel.trail.messages import say


def _label(key: str) -> str:
    policy = POLICIES.get(key)
    return str(policy.label) if policy else key


say(
    "policy.changed",
    _("规定“%(policy)s”由 %(before)s 改为 %(value)s：%(reason)s"),
    icon="scale",
    words={"policy": _label},
)
