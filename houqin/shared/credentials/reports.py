"""Who holds what, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.files.models import Attachment
from houqin.shared.credentials.kinds import KINDS, CredentialKind
from houqin.shared.credentials.models import Credential


def standing(
    model: type[models.Model], keys: Iterable[int], kind: CredentialKind, on: date
) -> dict[int, Credential]:
    """For each holder the paper that counts on that day: one that is valid, else the one that was last."""
    rows = Credential.objects.held_by(model, keys).filter(kind=kind.key).longest_last()
    counting: dict[int, Credential] = {}
    for row in rows:
        before = counting.get(row.holder_id)
        if before is None or row.valid_on(on) or not before.valid_on(on):
            counting[row.holder_id] = row
    return counting


def missing(paper: Credential | None, kind: CredentialKind, on: date) -> str:
    """What is wrong with `paper` on that day, in words; "" for nothing."""
    words = {"kind": kind.label}
    if paper is None:
        return _("没有%(kind)s") % words
    if paper.valid_until and paper.valid_until < on:
        return _("%(kind)s已于 %(day)s 到期") % (words | {"day": str(paper.valid_until)})
    if paper.valid_from and on < paper.valid_from:
        return _("%(kind)s从 %(day)s 起才有效") % (words | {"day": str(paper.valid_from)})
    return ""


def must_hold(holder: models.Model, kind: CredentialKind, on: date) -> None:
    """Raise Refused, naming what is missing, unless `holder` has a valid paper of `kind` on that day."""
    paper = standing(type(holder), [holder.pk], kind, on).get(holder.pk)
    if lack := missing(paper, kind, on):
        raise Refused(_("%(name)s%(lack)s。") % {"name": holder, "lack": lack})


def described(papers: Iterable[Credential], on: date) -> list[Credential]:
    """The papers as a page shows them: with what is wrong with each, `lack`, and its `photos`."""
    rows = list(papers)
    files = Attachment.objects.of(*rows) if rows else ()
    for row in rows:
        row.lack = missing(row, KINDS[row.kind], on)  # type: ignore[attr-defined]
        row.photos = [file for file in files if file.target_id == row.pk]  # type: ignore[attr-defined]
    return rows
