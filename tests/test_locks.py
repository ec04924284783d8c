"""A locked install is the same everywhere and comes from wherever the site says."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.engine
ROOT = Path(__file__).parent.parent
REQUIREMENTS = ["requirements/base.txt", "requirements/dev.txt", "requirements/pip.txt"]
LOCKS = [*REQUIREMENTS, "frontend/package-lock.json"]


def pins(lock):
    return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


def test_what_is_developed_with_is_what_runs():
    base, dev = pins("requirements/base.txt"), pins("requirements/dev.txt")
    assert base
    assert {name: dev.get(name) for name in base} == base


def test_every_package_is_locked_with_its_hashes():
    for lock in REQUIREMENTS:
        blocks = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
        assert blocks
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_no_lock_names_the_host_that_it_came_from():
    # Funding and licence pages are addresses of people, not of a registry.
    for lock in LOCKS:
        text = (ROOT / lock).read_text()
        assert '"resolved"' not in text
        assert not re.search(
            r"^(?:--(?:extra-)?index-url|--find-links)|@ https?:", text, re.MULTILINE
        )
