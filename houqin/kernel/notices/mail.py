"""Getting notices out by mail: claimed, sent outside any transaction, written down."""

from __future__ import annotations

import smtplib
import time
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from houqin.kernel.notices.models import Delivery, Notice

BATCH = 20
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(hours=48)
# A slow mail server is left before the lease of the sweep ends; the rest of the batch goes in the next run.
MOST_SECONDS = 60
LONGEST_SUBJECT = 150


def claim_due(now: datetime) -> list[Delivery]:
    """Take up to BATCH due deliveries; of any number of workers each is taken by one."""
    due = Delivery.objects.due(now).filter(channel=Delivery.Channel.EMAIL)
    chosen = list(due.order_by("-notice__urgent", "next_at", "pk").values_list("pk", "attempts")[:BATCH])
    taken = [
        pk
        for pk, attempts in chosen
        if Delivery.objects.due(now)
        .filter(pk=pk, attempts=attempts)
        .update(lease_until=now + LEASE, attempts=F("attempts") + 1)
    ]
    rows = Delivery.objects.filter(pk__in=taken).select_related("notice__user", "notice__event__actor")
    return list(rows.prefetch_related("notice__event__target").order_by("pk"))


def send_all(deliveries: list[Delivery], now: datetime) -> None:
    """Send each over one connection, and write down how it went.

    A server that cannot be reached fails the whole batch at once: asking it twenty times helps nobody.
    """
    started = time.monotonic()
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # what smtplib and sockets raise
        for delivery in deliveries:
            put_off(delivery, now, error)
        return
    try:
        for delivery in deliveries:
            if time.monotonic() - started > MOST_SECONDS:
                give_back(delivery, now)
            else:
                send(delivery, server, now)
    finally:
        close(server)


def send(delivery: Delivery, server: BaseEmailBackend, now: datetime) -> None:
    """Send one; a failure is written down and never raised."""
    user = delivery.notice.user
    if not (user.email and user.is_active):
        _write(delivery, state=Delivery.State.SKIPPED)
        return
    try:
        letter(delivery.notice, server).send()
    except Exception as error:  # one letter that cannot be written must not hold up the others
        put_off(delivery, now, error)
    else:
        _write(delivery, state=Delivery.State.SENT, sent_at=now, last_error="")


def letter(notice: Notice, server: BaseEmailBackend) -> EmailMessage:
    """The mail of `notice` in the receiver's language. A repeated send carries the same Message-ID, so that
    mail programs show it once."""
    with override(notice.user.language):
        line = " ".join(f"{notice.title} {notice.sentence}".split())
        link = settings.SITE_URL + notice.url
        urgent = _("【紧急】") if notice.urgent else ""
        body = [urgent + line, link, _("这封邮件由后勤管家自动发送，请勿直接回复。")]
        subject = _("[后勤管家] %(line)s") % {"line": line}
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return EmailMessage(
            subject=subject[:LONGEST_SUBJECT],
            body="\n\n".join(body) + "\n",
            to=[notice.user.email],
            connection=server,
            headers={
                "Message-ID": f"<notice-{notice.pk}.{notice.created_at:%Y%m%d%H%M%S}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
        )


def put_off(delivery: Delivery, now: datetime, error: Exception) -> None:
    """Try again after 1, 2, 4 … minutes, at most an hour apart; give up after two days."""
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    told = type(error).__name__ + code  # the message of a mail server quotes the address
    if now - delivery.notice.created_at >= GIVE_UP_AFTER:
        _write(delivery, state=Delivery.State.DEAD, last_error=told)
        return
    wait = min(FIRST_WAIT * 2 ** min(delivery.attempts - 1, 10), LONGEST_WAIT)
    _write(delivery, next_at=now + wait, last_error=told)


def give_back(delivery: Delivery, now: datetime) -> None:
    """Let go of one that was not tried."""
    _write(delivery, next_at=now)


def close(server: BaseEmailBackend) -> None:
    """Say goodbye; a server that hangs up first has the mail all the same."""
    try:
        server.close()
    except OSError:
        return


def _write(delivery: Delivery, **changes: object) -> None:
    """Write the outcome, if the claim is still ours."""
    ours = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING, attempts=delivery.attempts)
    ours.update(lease_until=None, **changes)
