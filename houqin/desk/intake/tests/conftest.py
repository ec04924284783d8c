import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from houqin.desk.catalogue.models import sync_catalogue
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.people.actions import add_department, grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.actions import add_place
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.seed import seed_national
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.sweeps import import_files
from tests.stages import Stage

OURS = Path(settings.BASE_DIR) / "houqin/desk/demands/tests/data"
SHARED = Path(os.environ.get("HOUQIN_SHARED_DATA", Path(settings.BASE_DIR) / "../shared/data"))


def table(*lines):
    """A CSV file as bytes."""
    return "\n".join(lines).encode()


def shared(name):
    """A file of real data that may not be copied into the project; the test is skipped where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not here; HOUQIN_SHARED_DATA says where the shared data are")
    return path.read_bytes()


def furnish():
    """One campus with a room, another campus, and the people who may and may not import."""
    seed_national()
    seed_standard()
    sync_catalogue()
    department = add_department(None, name="研发一部", code="rd1")
    campus = add_place(None, kind="campus", name="滨江园区", code="BJ")
    building = add_place(campus, kind="building", name="2 号楼", code="BJ-2")
    room = add_place(building, kind="room", name="502 会议室", code="BJ-2-502")
    other = add_place(None, kind="campus", name="城西院区", code="CX")
    created = SimpleNamespace(campus=campus, room=room, other=other, department=department)
    for username, name, role, place in (
        ("chen", "陈专员", Role.COORDINATOR, None), ("zhou", "周专员", Role.COORDINATOR, other),
        ("lin", "林主管", Role.MANAGER, None), ("wugong", "吴工", None, None),
        ("wang", "王师傅", Role.TECHNICIAN, None),
    ):  # fmt: skip
        person = User.objects.create_user(username, name=name, department=department)
        if role:
            grant_role(person, role, place=place)
        setattr(created, username, person)
    return created


house = Stage(furnish).fixture("house")


class Desk:
    """Somebody who imports through the pages."""

    def __init__(self, client, house):
        self.client, self.house = client, house

    def sign_in(self, user):
        self.client.force_login(user)
        return self

    def upload(self, content, name="表.csv"):
        response = self.client.post(
            reverse("intake:demands_import"), {"upload": SimpleUploadedFile(name, content)}
        )
        assert response.status_code == 302, response.context["form"].errors
        return ImportFile.objects.order_by("-pk").first()

    def map(self, file, *, columns=None, **choices):
        """Take the proposal, except for what is said otherwise."""
        meant = file.mapping | (columns or {})
        form = {f"column_{key}": column for key, column in meant.items()}
        usual = {
            "timezone": "Asia/Shanghai", "dates": "ymd", "entry": "other_repair", "grade": "",
            "place": self.house.campus.pk,
        }  # fmt: skip
        return self.client.post(
            reverse("intake:demands_import_columns", args=[file.pk]), form | usual | choices
        )

    def preview(self, file):
        return self.client.get(reverse("intake:demands_import_preview", args=[file.pk])).context[
            "preview"
        ]

    def start(self, file):
        return self.client.post(reverse("intake:demands_import_start", args=[file.pk]))

    def bring(self, content, name="表.csv", *, columns=None, **choices):
        """The whole way: upload, map, start, and let the worker do it."""
        file = self.upload(content, name)
        assert self.map(file, columns=columns, **choices).status_code == 302
        assert self.start(file).status_code == 302
        assert import_files(now()) == 1
        file.refresh_from_db()
        return file


@pytest.fixture
def desk(client, house):
    return Desk(client, house).sign_in(house.chen)
