"""The figures by team count what was imported for the team that had it in the other system."""

from houqin.cockpit.reports.scope import NOBODY, BoardScope, with_last
from houqin.desk.demands.models import Demand
from houqin.desk.intake.tests.conftest import desk, house, table
from houqin.work.teams.models import Team

__all__ = ["desk", "house"]
FILE = table(
    "编号,标题,提交时间,办结时间,班组",
    "A,漏水,2026-03-02 09:00,2026-03-03 09:00,工程班",
    "B,灯坏,2026-03-02 09:00,2026-03-03 09:00,别的班",
)


def test_imported_requests_count_for_the_team_that_had_them(desk, house):
    team = Team.objects.create(name="工程班", place=house.campus)
    assert desk.bring(FILE).status == "done"
    rows = Demand.objects.all()
    assert list(with_last(rows, "team").order_by("pk").values_list("last_team", flat=True)) == [
        team.pk,
        None,
    ]
    teams = (str(team.pk), NOBODY)
    counts = {
        each: BoardScope(team=each, source="all").narrow(rows, house.chen).count() for each in teams
    }
    assert counts == {str(team.pk): 1, NOBODY: 1}
