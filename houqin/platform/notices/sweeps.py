from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.notices import mail


@sweep(every=timedelta(seconds=10), batch=mail.BATCH, title=_("发送邮件"))
def send_mail(now: datetime) -> int:
    """Send the mails that are due; how many were tried. No transaction is open meanwhile."""
    letters = mail.claim_due(now)
    if letters:
        mail.send_all(letters, now)
    return sum(map(len, letters))
