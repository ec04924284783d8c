from datetime import datetime, timedelta

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.notices import mail


@sweep(every=timedelta(seconds=10), batch=mail.BATCH)
def send_mail(now: datetime) -> int:
    """Send the mails that are due; how many were tried. No transaction is open meanwhile."""
    letters = mail.claim_due(now)
    if letters:
        mail.send_all(letters, now)
    return sum(map(len, letters))
