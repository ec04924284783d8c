import hashlib

import pytest
from django.core.files.storage import default_storage

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.platform.files.actions import attach, receive
from houqin.platform.files.models import Attachment, Blob
from houqin.platform.files.tests.conftest import NOW, picture, shipped, upload


def test_a_photo_hangs_on_its_target(actor, target):
    photo = attach(actor, target, upload(picture()), tag="scene", at=NOW)
    assert photo.target == target
    assert list(Attachment.objects.of(target).photos()) == [photo]
    assert (photo.blob.width, photo.blob.height, photo.at) == (40, 20, NOW)
    kept = default_storage.open(photo.blob.path).read()
    assert hashlib.sha256(kept).hexdigest() == photo.blob.sha256
    assert len(kept) == photo.blob.size
    assert default_storage.exists(photo.blob.thumb_path)


def test_the_same_content_is_kept_once(actor, target, storage):
    first = attach(actor, target, upload(picture(), "一.jpg"), tag="before", at=NOW)
    again = attach(actor, target, upload(picture(), "二.jpg"), tag="after", at=NOW)
    assert first.blob == again.blob
    assert Blob.objects.count() == 1
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 2


def test_what_was_received_before_the_transaction_is_attached_as_it_is(actor, target):
    received = receive(upload(picture()))
    assert attach(actor, target, received, tag="scene", at=NOW).blob.size == len(received.content)


def test_half_a_file_that_a_crash_left_is_written_again(actor, target):
    photo = attach(actor, target, upload(picture()), tag="scene", at=NOW)
    whole = default_storage.open(photo.blob.path).read()
    with default_storage.open(photo.blob.path, "wb") as half:
        half.write(whole[:10])
    attach(actor, target, upload(picture()), tag="scene", at=NOW)
    assert default_storage.open(photo.blob.path).read() == whole


def test_papers_are_no_photos(actor, target):
    paper = attach(actor, target, upload(b"%PDF-1.7\n", "合同.pdf"), tag="scan", at=NOW)
    assert not Attachment.objects.of(target).photos().exists()
    assert list(Attachment.objects.of(target).others()) == [paper]


def test_plain_text_is_taken_as_a_document_only(actor, target):
    with pytest.raises(Refused, match="只能作为文档"):
        attach(actor, target, upload("清单".encode(), "清单.jpg"), tag="scene", at=NOW)
    paper = attach(actor, target, upload("清单".encode(), "清单.txt"), tag="document", at=NOW)
    assert paper.blob.mime == "text/plain"


def test_a_signature_is_a_picture(actor, target):
    with pytest.raises(Refused, match="签名要用图片"):
        attach(actor, target, upload(b"%PDF-1.7\n", "签名.pdf"), tag="signature", at=NOW)


def test_a_refused_file_leaves_nothing_behind(actor, target, storage):
    with pytest.raises(Refused):
        attach(actor, target, shipped("xss.html"), tag="document", at=NOW)
    assert not Blob.objects.exists()
    assert not Attachment.objects.exists()
    assert not list(storage.rglob("*"))


def test_files_of_one_target_are_not_those_of_another(actor, target):
    other = User.objects.create_user("other", name="赵六")
    here = attach(actor, target, upload(picture()), tag="scene", at=NOW)
    there = attach(actor, other, upload(picture()), tag="scene", at=NOW)
    assert list(Attachment.objects.of(target)) == [here]
    assert list(Attachment.objects.of(target, other)) == [here, there]
    assert not Attachment.objects.of().exists()
