import pytest
from django.contrib.auth.models import UserManager
from django.core.files.storage import default_storage

from houqin.kernel.people.models import User
from houqin.platform.files.actions import attach
from houqin.platform.files.tests.conftest import NOW, picture, upload


@pytest.fixture
def open_to(monkeypatch):
    """Let only the named users see the target: the rule that a model with files brings."""

    def seen_by(*users):
        def visible_to(manager, user):
            return manager.all() if user in users else manager.none()

        monkeypatch.setattr(UserManager, "visible_to", visible_to, raising=False)

    return seen_by


@pytest.fixture
def photo(actor, target):
    return attach(
        actor, target, upload(picture(size=(600, 300)), "三号楼漏水.jpg"), tag="scene", at=NOW
    )


def test_who_sees_the_target_gets_the_photo_and_may_keep_it(client, actor, photo, open_to):
    open_to(actor)
    client.force_login(actor)
    answer = client.get(photo.get_absolute_url())
    assert b"".join(answer.streaming_content) == default_storage.open(photo.blob.path).read()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%E4%B8%89")


def test_nothing_runs_from_a_served_file(client, actor, photo, open_to):
    open_to(actor)
    client.force_login(actor)
    answer = client.get(photo.get_absolute_url())
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_thumbnail_is_smaller(client, actor, photo, open_to):
    open_to(actor)
    client.force_login(actor)
    answer = client.get(photo.thumb_url)
    assert answer["Content-Type"] == "image/jpeg"
    assert len(b"".join(answer.streaming_content)) < photo.blob.size


def test_papers_are_only_downloaded(client, actor, target, open_to):
    open_to(actor)
    client.force_login(actor)
    paper = attach(actor, target, upload(b"a,b\n", "清单.csv"), tag="document", at=NOW)
    answer = client.get(paper.get_absolute_url())
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert client.get(paper.thumb_url).status_code == 404


def test_who_does_not_see_the_target_learns_nothing(client, actor, photo, open_to):
    stranger = User.objects.create_user("outsider", name="外人")
    open_to(actor)
    client.force_login(stranger)
    assert client.get(photo.get_absolute_url()).status_code == 404
    assert client.get(photo.thumb_url).status_code == 404
    assert client.get(photo.get_absolute_url().replace(str(photo.pk), "999999")).status_code == 404


def test_a_target_without_a_rule_is_seen_by_nobody(client, actor, photo):
    assert not hasattr(User._default_manager, "visible_to")
    client.force_login(actor)
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(client, photo):
    assert client.get(photo.get_absolute_url()).status_code == 302


def test_bytes_that_the_storage_lost_are_not_found(client, actor, photo, open_to):
    open_to(actor)
    client.force_login(actor)
    default_storage.delete(photo.blob.path)
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_a_file_is_only_read(client, actor, photo, open_to):
    open_to(actor)
    client.force_login(actor)
    assert client.post(photo.get_absolute_url()).status_code == 405
