from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import the_house
from houqin.kernel.sweeps.registry import sweep
from houqin.platform.audit_chain import actions
from houqin.platform.audit_chain.models import Check, Seal

CHECKED_EVERY = timedelta(days=1)


@sweep(every=timedelta(minutes=10), batch=actions.BATCH, title=_("封存审计记录"))
def seal_events(now: datetime) -> int:
    """Close what has been written since."""
    return actions.seal_events(now)


@sweep(every=timedelta(minutes=1), batch=1, title=_("核验审计记录"))
def check_seals(now: datetime) -> int:
    """Once a day walk over all seals, in steps; go on with a walk that somebody has asked for."""
    check = Check.objects.filter(open=True).first()
    if check is None:
        if Check.objects.filter(at__gt=now - CHECKED_EVERY).exists() or not Seal.objects.exists():
            return 0
        check = actions.begin_check(the_house(), at=now)
    return int(actions.step_check(check))
