"""Papers are put on file, taken off it, and told of before they expire. Who may do so is the rule of the
domain whose holders they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.kernel.trail.actions import record
from houqin.platform.files.actions import Upload, attach
from houqin.platform.files.models import Attachment
from houqin.shared.credentials.kinds import CredentialKind
from houqin.shared.credentials.models import Credential


@dataclass(frozen=True)
class NewCredential:
    """What stands on a paper, with its photos."""

    kind: CredentialKind
    number: str
    issuer: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    photos: Sequence[Upload] = ()


@transaction.atomic
def add_credential(
    actor: User, holder: models.Model, paper: NewCredential, *, at: datetime
) -> Credential:
    """Put a paper on file; of those that it outlasts nobody is reminded any more."""
    start, end = paper.valid_from, paper.valid_until
    if start and end and end < start:
        raise Refused(_("有效期的结束早于开始。"))
    older = Credential.objects.of(holder).filter(kind=paper.kind.key)
    (older.filter(valid_until__lte=end) if end else older).update(remind_on=None)
    yesterday = timezone.localtime(at).date() - timedelta(days=1)
    credential = Credential.objects.create(
        kind=paper.kind.key,
        holder=holder,
        number=paper.number,
        issuer=paper.issuer,
        valid_from=start,
        valid_until=end,
        remind_on=paper.kind.next_reminder(end, yesterday),
    )
    for photo in paper.photos:
        attach(actor, credential, photo, tag=Attachment.Tag.DOCUMENT, at=at)
    record(actor, "credential.added", credential, at=at, **facts_of(credential))
    return credential


@transaction.atomic
def end_credential(actor: User, credential: Credential, *, at: datetime) -> None:
    """Take a paper off the file. Raises Refused when it is off already."""
    rows = Credential.objects.filter(pk=credential.pk, ended_at=None)
    if not rows.update(ended_at=at, remind_on=None):
        raise Refused(_("这份证照已经撤下了。"))
    record(actor, "credential.ended", credential, at=at, **facts_of(credential))


@transaction.atomic
def remind(credential: Credential, kind: CredentialKind, at: datetime) -> bool:
    """Leave the event that it expires, once for each stage; after an outage once for all that passed."""
    today = timezone.localtime(at).date()
    due = Credential.objects.filter(pk=credential.pk, remind_on=credential.remind_on, ended_at=None)
    if not due.update(remind_on=kind.next_reminder(credential.valid_until, today)):
        return False
    assert credential.valid_until is not None
    days = (credential.valid_until - today).days
    record(the_house(), "credential.expiring", credential, at=at, days=days, **facts_of(credential))
    return True


def facts_of(credential: Credential) -> dict[str, str]:
    until = str(credential.valid_until) if credential.valid_until else ""
    return {
        "who": str(credential.holder),
        "kind": credential.kind,
        "paper_number": credential.number,
        "until": until,
    }
