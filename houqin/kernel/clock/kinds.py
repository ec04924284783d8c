"""What a clock promises. An app adds its own kinds in `access.py`; a clock may hang on anything."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.registry import Registered, Registry, Text


class Kind(models.TextChoices):
    """The kinds that the service standard promises for each grade, as constants."""

    REVIEW = "review", _("初审")
    RESPONSE = "response", _("响应")
    HANDLING = "handling", _("办理")
    ACCEPTANCE = "acceptance", _("验收")


@dataclass(frozen=True)
class ClockKind(Registered):
    """`graded` kinds are promised by the service standard, grade by grade; a version must promise them all.
    The others get their promise where they are started, from a policy or a contract."""

    graded: bool = False


KINDS: Registry[ClockKind] = Registry("kinds of clocks")
for place, kind in enumerate(Kind):
    KINDS.register(ClockKind(kind.value, kind.label, place, graded=True))


def kind_choices() -> list[tuple[str, Text]]:
    """The kinds that a clock can be of."""
    return KINDS.choices()


def graded_kinds() -> list[ClockKind]:
    """The kinds that each version of the service standard promises."""
    return [kind for kind in KINDS if kind.graded]
