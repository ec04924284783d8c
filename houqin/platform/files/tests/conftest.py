from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from houqin.kernel.people.models import User

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Each test keeps its files in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def actor(db):
    return User.objects.create_user("chen", name="陈专员")


@pytest.fixture
def target(db):
    """Anything that files hang on; the kernel knows few things, so here it is a person."""
    return User.objects.create_user("target", name="王五")


def picture(kind="JPEG", size=(40, 20), mode="RGB", colour="teal", **options):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def upload(content, name="照片.jpg"):
    return ContentFile(content, name)


def shipped(name):
    return upload((DATA / name).read_bytes(), name)
