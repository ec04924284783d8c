"""Nobody works twice at a time: said in words first, held by the database in the end (migration 0006)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.work.roster.models import Shift


def refuse_overlap(
    user: User, start: datetime, end: datetime, *, on_call: bool, but: Sequence[Shift] = ()
) -> None:
    """Raise Refused when `user` has another shift (or is on call, as asked) in the stretch."""
    others = Shift.objects.between(start, end).filter(user=user, on_call=on_call)
    other = others.exclude(pk__in=[shift.pk for shift in but]).select_related("pattern").first()
    if other:
        raise Refused(_("%(name)s已有 %(shift)s，时间重叠。") % {"name": user, "shift": other})


def save_apart(shift: Shift) -> Shift:
    """Save; two who plan the same person at the same time are told so by the database."""
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError as error:
        raise changed_meanwhile(shift.user) from error
    return shift


def changed_meanwhile(user: User) -> Refused:
    return Refused(_("%(name)s的班刚被他人改过，请刷新后再试。") % {"name": user})
