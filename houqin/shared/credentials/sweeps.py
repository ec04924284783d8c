"""Nobody has to look after dates: those who should know are told before a paper expires."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import BATCH, sweep
from houqin.shared.credentials.actions import remind
from houqin.shared.credentials.kinds import KINDS
from houqin.shared.credentials.models import Credential


@sweep(every=timedelta(hours=1), title=_("证照到期提醒"))
def remind_of_expiry(now: datetime) -> int:
    """Tell of the papers whose next reminder is due."""
    today = timezone.localtime(now).date()
    due = Credential.objects.filter(remind_on__lte=today, kind__in=KINDS).order_by("remind_on")
    return sum(remind(paper, KINDS[paper.kind], now) for paper in due[:BATCH])
