"""A house of the last release is upgraded: nothing of it is lost, its trail is proved, and it goes on."""

import hashlib
import shutil
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from config.settings import PASSWORD_HASHERS
from houqin.cockpit.models import Moment
from houqin.cockpit.moments import differing
from houqin.desk.demands.actions import comment_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now, turned_to
from houqin.platform.audit_chain.actions import seal_events
from houqin.platform.files.models import Attachment, Blob
from houqin.platform.identity import second_step
from houqin.platform.search.actions import index_stale
from houqin.platform.search.models import Passage
from houqin.shared.approvals.models import Approval
from houqin.work.teams.models import Team
from tests.api.conftest import Caller
from tests.cast import cast, later
from tests.upgrade import kept
from tests.world import RUN, connect_to

__all__ = ["cast"]
pytestmark = pytest.mark.engine
# What a later migration rightly changes: `app.model.column`, or `app.model` where rows come, go or move
# elsewhere → the file of the migration. Empty whenever the world was just made.
CHANGED: dict[str, str] = {"search.passage": "houqin/shared/approvals/migrations/0002_indexed.py"}
COPY = f"houqin_test_{RUN}_kept"  # of no other worker: one test asks for it


@pytest.fixture(scope="module")
def manifest():
    return kept.read_manifest()


def move_to(name):
    """Everything this process asks for is in the database `name` from now on."""
    connect_to(name)
    ContentType.objects.clear_cache()  # whose keys it remembers are those of another database


def on_sqlite(folder):
    path = folder / "world.sqlite3"
    path.write_bytes(kept.unpacked(kept.SQLITE))
    move_to(str(path))


def on_postgresql():
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {COPY} TEMPLATE template0 ENCODING 'UTF8'")
    move_to(COPY)
    with connection.cursor() as cursor:
        cursor.execute(kept.unpacked(kept.POSTGRESQL).decode())
    move_to(COPY)  # anew: the dump has set how this connection reads


@pytest.fixture
def upgraded(transactional_db, manifest, settings, tmp_path):
    """The kept database and its files, migrated; it is the next morning there."""
    shutil.unpack_archive(kept.FILES, tmp_path / "files")
    settings.MEDIA_ROOT, settings.SECRET_KEY = tmp_path / "files", manifest["secrets"]["key"]
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    here = connection.settings_dict["NAME"]
    try:
        if connection.vendor == "sqlite":
            on_sqlite(tmp_path)
        else:
            on_postgresql()
        call_command("migrate", verbosity=0)
        with turned_to(later(days=1)):
            yield
    finally:
        move_to(here)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {COPY}")


def verified():
    """What `verify_trail` prints about the whole trail; it raises where anything was changed."""
    out = StringIO()
    call_command("verify_trail", against=str(kept.ROOTS), stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_house_of_the_last_release_is_upgraded_and_goes_on(upgraded, manifest, client):
    assert kept.differences(manifest["tables"]) == set(CHANGED)
    assert "in 2 seals are as they were sealed" in verified()
    the_files_are_there(manifest["files"])
    call_command("migrate", check=True, verbosity=0)
    the_doors_open(client, manifest["secrets"])
    what_is_derived_follows()
    somebody_reads(client)
    somebody_writes()
    assert "in 3 seals are as they were sealed" in verified()


def the_files_are_there(digests):
    """Each by the row that names it, and in it what was put there."""
    blobs = Blob.objects.all()
    names = [blob.path for blob in blobs] + [blob.thumb_path for blob in blobs if blob.thumb]
    content = {name: default_storage.open(name).read() for name in names}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in content.items()} == digests
    assert all(digests[blob.path] == blob.sha256 for blob in blobs)


def the_doors_open(client, secrets):
    """By the password, the recovery code and the token of then."""
    assert Caller(secrets["token"]).get("/demands").status_code == 200
    administrator = User.objects.get(username="secadmin")
    assert second_step.passes(administrator, code=secrets["recovery_code"], now=now())
    answer = client.post(reverse("signin"), {"username": "chen", "password": secrets["password"]})
    assert answer.status_code == 302


def what_is_derived_follows():
    """What the boards count of what there was before, and what is found."""
    call_command("refresh_figures")
    demands = list(Demand.objects.values_list("pk", flat=True))
    assert Moment.objects.filter(kind="submitted").count() > 10
    assert differing(demands) == set()
    assert Passage.objects.of(Approval).filter(stale=True).count() == Approval.objects.count() > 0
    while index_stale():
        pass
    assert Passage.objects.of(Approval).filter(number__startswith="SP-").exists()


def somebody_reads(client):
    """A list, a card and a photo of it, the rooms of the day."""
    demands = ContentType.objects.get_for_model(Demand)
    photo = Attachment.objects.filter(target_type=demands, blob__thumb=True).first()
    demand = Demand.objects.get(pk=photo.target_id)
    for page, words in {
        reverse("demands:demands"): "XQ-2026-",
        demand.get_absolute_url(): photo.get_absolute_url(),
        reverse("rooms:grid"): "201 会议室",
    }.items():
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert words in answer.content.decode(), page
    image = b"".join(client.get(photo.get_absolute_url()).streaming_content)
    assert hashlib.sha256(image).hexdigest() == photo.blob.sha256


def somebody_writes():
    """What is done now is sealed onto what was sealed then, with what waited for it and the sign-ins."""
    chen = User.objects.get(username="chen")
    comment_demand(chen, Demand.objects.open().first(), text="升级以后")
    assert seal_events(now()) == 5


def digests(*columns):
    return {"teams.team": kept.table(Team, list(columns))}


def test_the_comparison_names_what_is_lost(cast):
    before = digests("id", "name", "place_id")
    assert kept.differences(before) == set()
    Team.objects.update(name="另一个班")
    assert kept.differences(before) == {"teams.team.name"}
    cast.crew("新班", cast.building)
    assert kept.differences(before) == {"teams.team"}
    gone = {"rows": 2, "columns": {}}
    assert kept.differences({"teams.crew": gone}) == {"teams.crew"}
    today = digests("id")
    today["teams.team"]["columns"]["motto"] = "0"
    assert kept.differences(today) == {"teams.team.motto"}


def test_migrations_only_go_forward(manifest):
    today, then = kept.migrations(), manifest["migrations"]
    assert [path for path, digest in then.items() if today.get(path) != digest] == []
    assert set(CHANGED.values()) <= set(today) - set(then)
