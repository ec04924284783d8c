"""Who had a case in the other system: by the name of the team, or as whoever imports says."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from houqin.desk.demands.models import Demand
from houqin.desk.intake.models import ImportedRow
from houqin.desk.intake.tests.conftest import table
from houqin.kernel.timekeeping import now, turned_to
from houqin.platform.sheets.sweeps import import_files
from houqin.work.teams.models import Team

pytestmark = pytest.mark.engine
LOG = [
    "number,state,sys_updated_at,opened_at,resolved_at,assignment_group,short_description",
    "A,New,2026-03-02 09:00,2026-03-02 09:00,,Group 7,漏水",
    "A,Closed,2026-03-03 09:00,2026-03-02 09:00,2026-03-03 09:00,工程班,漏水",
    "B,New,2026-03-02 10:00,2026-03-02 10:00,,Group 7,灯坏",
    "B,Active,2026-03-02 11:00,2026-03-02 10:00,,Group 7,灯坏",
    "C,New,2026-03-02 12:00,2026-03-02 12:00,,,门坏",
]


@pytest.fixture
def teams(house):
    return [Team.objects.create(name=name, place=house.campus) for name in ("工程班", "电工班")]


def say(desk, file, *keys):
    answers = {f"group_{nth}": key for nth, key in enumerate(keys)}
    return desk.client.post(reverse("intake:demands_import_preview", args=[file.pk]), answers)


def had():
    rows = ImportedRow.objects.order_by("external").values_list(
        "external", "demand__former_team__name"
    )
    return dict(rows)


def test_a_team_of_that_name_is_found_and_another_is_chosen_in_the_preview(desk, teams):
    file = desk.upload(table(*LOG))
    assert file.mapping["team"] == "assignment_group"
    desk.map(file)
    groups = {group.words: (group.times, group.team) for group in desk.preview(file).groups}
    assert groups == {"工程班": (1, teams[0]), "Group 7": (1, None)}
    assert desk.preview(file).whole  # three cases of five rows
    assert say(desk, file, "x").status_code == 422
    assert say(desk, file, teams[0].pk, teams[1].pk).status_code == 302
    assert {group.team for group in desk.preview(file).groups} == set(teams)
    desk.map(file)  # to match the columns again forgets none of it
    assert {group.team for group in desk.preview(file).groups} == set(teams)


def test_a_team_of_that_name_may_be_another_than_ours(desk, teams):
    file = desk.upload(table(*LOG))
    desk.map(file)
    say(desk, file, 0, 0)
    assert {group.team for group in desk.preview(file).groups} == {None}


def test_the_card_says_who_had_it_and_words_nobody_knows_are_written_down(desk, teams):
    file = desk.bring(table(*LOG))
    assert file.status == "done", file.errors
    assert had() == {"A": "工程班", "B": None, "C": None}
    page = desk.client.get(Demand.objects.get(imported_as__external="A").get_absolute_url())
    assert "原系统的班组" in page.content.decode()
    assert "Group 7" in Demand.objects.get(imported_as__external="B").body


def test_what_somebody_had_taken_on_waits_to_be_given_out_and_the_rest_for_its_review(desk, teams):
    desk.bring(table(*LOG))
    taken, new = (Demand.objects.get(imported_as__external=key) for key in "BC")
    assert (taken.status, new.status) == ("graded", "submitted")
    assert taken.graded_at is not None
    clocks = dict(taken.clocks.values_list("kind", "result"))
    assert clocks == {"review": "met", "response": "met", "handling": "running"}
    assert new.clocks.filter(result="running").count() == 3


WAITED = [
    "number,state,sys_updated_at,opened_at,short_description",
    "D,New,2026-11-16 09:00,2026-11-16 09:00,灯坏",
    "D,Active,2026-11-16 10:00,2026-11-16 09:00,灯坏",
    "D,Resolved,2026-11-16 16:00,2026-11-16 09:00,灯坏",
    "D,Active,2026-11-18 09:00,2026-11-16 09:00,灯坏",
    "D,On Hold,2026-11-19 09:00,2026-11-16 09:00,灯坏",
]


def test_an_open_case_goes_on_in_its_round_and_its_waits_do_not_count(desk, house):
    with turned_to(datetime(2026, 11, 23, 10, tzinfo=UTC)):
        assert desk.bring(table(*WAITED)).status == "done"
    demand = Demand.objects.get()
    first, second = demand.clocks.filter(kind="handling").order_by("round")
    assert (demand.status, demand.round) == ("graded", 2)
    assert (first.result, first.stopped_at.day, second.result) == ("met", 16, "running")
    assert second.started_at.day == 18
    assert [pause.reason for pause in second.pauses.all()] == ["On Hold"]
    # Five working days from the 18th, without the 19th, 20th and the 23rd on which it came in.
    assert f"{localtime(second.due_at):%m-%d}" == "11-30"
    assert demand.next_due_at == second.due_at


def test_whoever_had_it_is_offered_when_it_is_given_out(desk, teams):
    file = desk.upload(table(*LOG))
    desk.map(file)
    say(desk, file, 0, teams[1].pk)
    desk.start(file)
    import_files(now())
    taken = Demand.objects.get(imported_as__external="B")
    asked = desk.client.get(f"{taken.get_absolute_url()}dispatch/")
    assert asked.context["form"]["to"].value() == f"team-{teams[1].pk}"
