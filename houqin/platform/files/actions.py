from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.platform.files.kinds import document_kind, looks_like_heic, looks_like_picture
from houqin.platform.files.models import Attachment, Blob
from houqin.platform.files.names import clean_name
from houqin.platform.files.pictures import broken, redraw
from houqin.platform.files.tags import TAGS

if TYPE_CHECKING:
    Upload = File[Any]
else:
    Upload = File


@dataclass(frozen=True)
class Received:
    """A file that passed the door: what it is, and the bytes as they will be kept."""

    name: str
    content: bytes
    mime: str
    width: int | None = None
    height: int | None = None
    thumb: bytes = b""

    @property
    def is_text(self) -> bool:
        return self.mime.startswith("text/")


def receive(upload: Upload) -> Received:
    """Check `upload` and draw pictures again. Touches neither database nor storage, and takes up to seconds:
    forms call it while they validate, so that no transaction waits for it.

    Raises Refused, with what to do, when it is empty, too large, broken or of a kind the house does not take.
    """
    sent_as = clean_name(upload.name or "")
    data = _read(upload, sent_as)
    picture = redraw(data, sent_as)
    if picture is not None:
        name = clean_name(upload.name or "", picture.extension)
        return Received(
            name, picture.content, picture.mime, picture.width, picture.height, picture.thumb
        )
    kind = document_kind(data, upload.name or "")
    if kind is None:
        raise Refused(_why_not(data, sent_as))
    return Received(clean_name(upload.name or "", kind.extension), data, kind.mime)


@transaction.atomic
def attach(
    actor: User, target: models.Model, upload: Upload | Received, *, tag: str, at: datetime
) -> Attachment:
    """Hang `upload` on `target`. The caller has checked that `actor` may do so.

    Raises what `receive` raises, and Refused for plain text that is not a document and for a signature
    that is not a picture.
    """
    received = upload if isinstance(upload, Received) else receive(upload)
    _refuse_unfit(received, tag)
    return Attachment.objects.create(
        blob=_keep(received, at),
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        tag=TAGS[tag].code,
        name=received.name,
        uploaded_by=actor,
        at=at,
    )


def _refuse_unfit(received: Received, tag: str) -> None:
    if received.is_text and tag != Attachment.Tag.DOCUMENT:
        raise Refused(_("“%(name)s”是文本文件，只能作为文档上传。") % {"name": received.name})
    if tag == Attachment.Tag.SIGNATURE and not received.thumb:
        raise Refused(_("签名要用图片，“%(name)s”不是图片。") % {"name": received.name})


@transaction.atomic
def rehang(old: models.Model, new: models.Model) -> None:
    """Let everything that hangs on `old` hang on `new`: a scan comes in before the thing it belongs to."""
    kind = ContentType.objects.get_for_model(new)
    Attachment.objects.of(old).update(target_type=kind, target_id=new.pk)


def _read(upload: Upload, name: str) -> bytes:
    """All bytes, never more than one beyond the limit, whatever size the sender claims."""
    limit = settings.MAX_FILE_BYTES
    upload.seek(0)
    data: bytes = upload.read(limit + 1)
    if len(data) > limit:
        raise Refused(
            _("“%(name)s”超过单个文件 %(limit)s MB 的上限，请压缩或拆分后再上传。")
            % {"name": name, "limit": f"{limit / 1024 / 1024:g}"}
        )
    if not data:
        raise Refused(_("“%(name)s”是空文件，请重新选择。") % {"name": name})
    return data


def _why_not(data: bytes, name: str) -> str:
    if looks_like_heic(data):
        return _(
            "“%(name)s”是 HEIC 格式，暂不支持。请在手机相机设置中改用“兼容性最佳”（JPEG），或转换后再上传。"
        ) % {"name": name}
    if looks_like_picture(data):
        return broken(name)
    return _(
        "不支持“%(name)s”的文件类型。可上传图片（JPEG、PNG、WebP、GIF）、PDF、Excel（xlsx）、Word（docx）和纯文本。"
    ) % {"name": name}


def _keep(received: Received, at: datetime) -> Blob:
    """The blob of these bytes. The storage is written first: a register entry never points at nothing."""
    blob = Blob(
        sha256=hashlib.sha256(received.content).hexdigest(),
        size=len(received.content),
        mime=received.mime,
        width=received.width,
        height=received.height,
        thumb=bool(received.thumb),
        created_at=at,
    )
    _put(blob.path, received.content)
    if received.thumb:
        _put(blob.thumb_path, received.thumb)
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    return Blob.objects.get(sha256=blob.sha256)


def _put(path: str, content: bytes) -> None:
    """Write `content` at `path`. A file of another size there is what a crash left behind; it is replaced."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(content):
            return
        default_storage.delete(path)
    saved = default_storage.save(path, ContentFile(content))
    if saved != path:  # another writer of the same bytes was first
        default_storage.delete(saved)
