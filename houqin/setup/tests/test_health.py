"""The health page and the words at the foot of the rail; the role matrix page."""

import pytest

from houqin.desk.demands.models import Demand
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS
from houqin.setup.pages import health_of_the_house
from tests.cast import NOW, later

pytestmark = pytest.mark.engine


@pytest.fixture
def all_well(cast):
    """Every sweep has just run."""
    for name in SWEEPS:
        SweepRun.objects.create(
            name=name, next_at=later(seconds=30), last_finished_at=NOW, last_count=3
        )


def test_the_page_shows_the_last_run_of_each_sweep_the_database_and_the_mail(lin, all_well):
    page = lin.get("/health/").content.decode()
    for name in SWEEPS:
        assert name in page
    assert "2026-11-23 10:24:00" in page
    assert "SQLite" in page or "PostgreSQL" in page
    assert "到时还没发出的消息" in page
    assert "迟到" not in page.replace("迟到说明", "")


def test_an_error_is_shown_by_its_last_line(lin, all_well):
    SweepRun.objects.filter(name="clock.ring_alarms").update(
        last_error="Traceback\n  x\nValueError: broken"
    )
    page = lin.get("/health/").content.decode()
    assert "ValueError: broken" in page
    assert "Traceback" not in page


def test_the_foot_of_the_rail_says_when_nothing_works_by_itself(lin, cast, all_well):
    well = health_of_the_house(cast.lin)
    assert (well.words, well.troubled, well.url) == ("后台任务正常", False, "/health/")
    SweepRun.objects.all().delete()
    ill = health_of_the_house(cast.wu)
    assert (ill.words, ill.troubled, ill.url) == (f"{len(SWEEPS)} 项后台任务异常", True, "")
    page = lin.get("/health/").content.decode()
    assert "项后台任务异常" in page
    assert "rail__foot--trouble" in page


def test_the_foot_of_the_rail_costs_one_question(cast, all_well, django_assert_num_queries):
    cast.wu.role_codes()
    with django_assert_num_queries(1):
        health_of_the_house(cast.wu)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_the_role_matrix_is_printed_from_the_flows(cast, national, as_user, role):
    reader = cast.person("reader", "读者", cast.hq)
    grant_role(reader, role)
    page = as_user(reader).get("/roles/").content.decode()
    for verb in Demand.FLOW:
        assert f'<tr data-verb="{verb}">' in page
    assert "/demands/…/clocks/…/" in page
    assert "由系统自动进行" in page
