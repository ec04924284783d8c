"""Getting notices out by mail, each by itself or those of a day together."""

from __future__ import annotations

import smtplib
import time
from datetime import datetime
from itertools import chain, groupby
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from houqin.platform.notices.models import Delivery, Letter, Notice
from houqin.platform.notices.outcomes import MOST_SECONDS, arrived, claim, fail, give_back, skip

BATCH = 20
LONGEST_SUBJECT = 150
EMAIL, DIGEST = Delivery.Channel.EMAIL, Delivery.Channel.DIGEST
SINGLE = (EMAIL, Delivery.Channel.LETTER)


def claim_due(now: datetime) -> list[list[Delivery]]:
    """Take the due mails, one list for each letter: up to BATCH single ones, and every digest whose hour has
    come of up to BATCH people. Of any number of workers each is taken by one."""
    single = Delivery.objects.filter(channel__in=SINGLE)
    letters = [[delivery] for delivery in claim(single, now, most=BATCH)]
    rows = sorted(_due_digests(now), key=lambda row: (_user(row), row.pk))
    return letters + [list(of_one) for _user_id, of_one in groupby(rows, key=_user)]


def _due_digests(now: datetime) -> list[Delivery]:
    """What stands in the digests that are due, whole digests of up to BATCH people."""
    digests = Delivery.objects.filter(channel=DIGEST)
    people = digests.due(now).values_list("notice__user", flat=True).distinct()[:BATCH]
    return claim(digests.filter(notice__user__in=list(people)), now, most=None)


def _user(delivery: Delivery) -> int:
    assert delivery.notice
    return delivery.notice.user_id


def send_all(letters: list[list[Delivery]], now: datetime) -> None:
    """Send each over one connection, and write down how it went.

    A server that cannot be reached fails the whole batch at once: asking it twenty times helps nobody.
    """
    started = time.monotonic()
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # what smtplib and sockets raise
        for delivery in chain(*letters):
            fail(delivery, now, _told(error))
        return
    try:
        for deliveries in letters:
            if time.monotonic() - started > MOST_SECONDS:
                for delivery in deliveries:
                    give_back(delivery, now)
            else:
                send(deliveries, server, now)
    finally:
        close(server)


def send(deliveries: list[Delivery], server: BaseEmailBackend, now: datetime) -> None:
    """Send one letter; a failure is written down and never raised."""
    wanted = list(filter(_wanted, deliveries))
    for delivery in deliveries:
        if delivery not in wanted:
            skip(delivery)
    if not wanted:
        return
    try:
        _written(wanted, server).send()
    except Exception as error:  # one letter that cannot be written must not hold up the others
        for delivery in wanted:
            fail(delivery, now, _told(error), for_good=_for_good(error))
    else:
        for delivery in wanted:
            arrived(delivery, now)


def _written(deliveries: list[Delivery], server: BaseEmailBackend) -> EmailMessage:
    if deliveries[0].letter:
        return invitation(deliveries[0].letter, deliveries[0].since, server)
    return letter([delivery.notice for delivery in deliveries if delivery.notice], server)


def _wanted(delivery: Delivery) -> bool:
    """Whether there is still somebody to write to, and for a digest, whether it is still news to them."""
    if delivery.letter_id:
        return True
    notice = delivery.notice
    assert notice
    read = delivery.channel == DIGEST and notice.read_at is not None
    return bool(notice.user.email) and notice.user.is_active and not read


def letter(notices: list[Notice], server: BaseEmailBackend) -> EmailMessage:
    """The mail of `notices` to their one receiver, in that person's language. A repeated send carries the
    same Message-ID, so that mail programs show it once."""
    first, user = notices[0], notices[0].user
    with override(user.language):
        lines = [_line(notice) for notice in notices]
        many = ngettext("%(count)d 条新消息", "%(count)d 条新消息", len(lines)) % {
            "count": len(lines)
        }
        subject = _("[后勤管家] %(line)s") % {"line": lines[0] if len(lines) == 1 else many}
        pairs = zip(notices, lines, strict=True)
        told = [
            f"{_mark(notice)}{line}\n\n{settings.SITE_URL}{notice.url}" for notice, line in pairs
        ]
        return EmailMessage(
            subject=subject[:LONGEST_SUBJECT],
            body="\n\n".join([*told, _("这封邮件由后勤管家自动发送，请勿直接回复。")]) + "\n",
            to=[user.email],
            connection=server,
            headers=_headers("notice", first.pk, first.created_at),
        )


def invitation(written: Letter, since: datetime, server: BaseEmailBackend) -> EmailMessage:
    """The mail of a letter; its calendar is another form of the same text, as calendars expect it."""
    message = EmailMultiAlternatives(
        subject=written.subject,
        body=written.body + "\n",
        to=[written.to],
        connection=server,
        headers=_headers("letter", written.pk, since),
    )
    if written.calendar:
        message.attach_alternative(written.calendar, f"text/calendar; method={written.method}")
    return message


def _headers(kind: str, key: int, since: datetime) -> dict[str, str]:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{kind}-{key}.{since:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    }


def _line(notice: Notice) -> str:
    return " ".join(f"{notice.title} {notice.sentence}".split())


def _mark(notice: Notice) -> str:
    return _("【紧急】") if notice.urgent else ""


def _told(error: Exception) -> str:
    """What went wrong without its message: a mail server quotes the address in it."""
    code = f" {error.smtp_code}" if isinstance(error, smtplib.SMTPResponseException) else ""
    return type(error).__name__ + code


def _for_good(error: Exception) -> bool:
    """Whether the server does not know this address and never will (RFC 5321: a reply of 5xx)."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _message in error.recipients.values())


def close(server: BaseEmailBackend) -> None:
    """Say goodbye; a server that hangs up first has the mail all the same."""
    try:
        server.close()
    except OSError:
        return
