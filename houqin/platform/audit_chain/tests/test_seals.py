"""What is sealed stays provable: each way of tampering behind the triggers is found and said."""

import json
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from houqin.kernel.constraints import append_only_sql
from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.models import Event
from houqin.platform.audit_chain import actions, sweeps, writers
from houqin.platform.audit_chain.checkpoints import read_roots, write_roots
from houqin.platform.audit_chain.messages import PROBLEMS, problem_words
from houqin.platform.audit_chain.models import Check, Seal

pytestmark = pytest.mark.engine
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def chen(db):
    chen, _lin = (User.objects.create_user(name, name=name) for name in ("chen", "lin"))
    return chen


@pytest.fixture
def sealed(chen, monkeypatch):
    """Seven events in three seals; their numbers."""
    monkeypatch.setattr(actions, "BATCH", 3)
    events = [record(chen, "test.happened", chen, at=NOW, amount=nth, 名="值") for nth in range(7)]
    while actions.seal_events(NOW):
        pass
    assert list(Seal.objects.order_by("number").values_list("count", flat=True)) == [3, 3, 1]
    return [event.pk for event in events]


@pytest.fixture
def behind(sealed):
    """Runs SQL as somebody who has the database in their hands, past triggers and foreign keys."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for table in ("trail_event", "audit_chain_seal"):
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        yield cursor.execute


def verified(capsys, *options):
    """What the command said on either channel, and whether it was content."""
    try:
        call_command("verify_trail", *options)
        content = True
    except CommandError:
        content = False
    out, err = capsys.readouterr()
    return content, out + err


def line_of(kind, seal, event=0):
    return problem_words([kind, seal, event])


COLUMNS = "(id, at, written_at, name, target_id, facts, actor_id, target_type_id)"
SAME = "at, written_at, name, target_id, facts, actor_id, target_type_id"


def copied(number, of):
    return f"INSERT INTO trail_event {COLUMNS} SELECT {number}, {SAME} FROM trail_event WHERE id = {of}"


def test_an_untouched_trail_is_proved_and_what_is_not_sealed_is_counted(sealed, chen, capsys):
    record(chen, "test.happened", chen, at=NOW)
    content, words = verified(capsys)
    assert content
    assert "7 events in 3 seals" in words
    assert "1 events since 2026-11-23 02:24 UTC are not sealed yet" in words
    assert Check.objects.count() == 0  # it only reads


def test_sealing_again_closes_nothing_twice(sealed, chen):
    assert actions.seal_events(NOW) == 0
    record(chen, "test.happened", chen, at=NOW)
    assert actions.seal_events(NOW) == 1
    assert Seal.objects.count() == 4


def test_of_two_workers_one_closes_the_stretch(sealed, chen, monkeypatch):
    record(chen, "test.happened", chen, at=NOW)

    def other_worker_is_faster():
        monkeypatch.setattr(actions, "all_written", lambda: True)
        assert actions.seal_events(NOW) == 1
        return True

    monkeypatch.setattr(actions, "all_written", other_worker_is_faster)
    assert actions.seal_events(NOW) == 0
    assert Seal.objects.count() == 4


def test_a_seal_is_neither_changed_nor_removed(sealed):
    if connection.vendor == "sqlite":  # see conftest.py
        with connection.cursor() as cursor:
            for statement in append_only_sql("audit_chain_seal", "sqlite"):
                cursor.execute(statement)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Seal.objects.update(root="0" * 64)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Seal.objects.all().delete()


@pytest.mark.parametrize(
    "change",
    [
        "name = 'test.else'", "facts = '{\"amount\": 9}'", "target_id = target_id + 1",
        "at = '2020-01-01 00:00:00'", "written_at = '2020-01-01 00:00:00'",
        "actor_id = (SELECT MAX(id) FROM people_user)",
    ],
)  # fmt: skip
def test_any_change_of_an_event_is_found(sealed, behind, capsys, change):
    behind(f"UPDATE trail_event SET {change} WHERE id = {sealed[4]}")
    assert verified(capsys) == (False, line_of("changed", 2, sealed[4]) + "\n")


def test_a_removed_event_is_found(sealed, behind, capsys):
    behind(f"DELETE FROM trail_event WHERE id = {sealed[1]}")
    assert verified(capsys) == (False, line_of("removed", 1, sealed[1]) + "\n")


@pytest.mark.parametrize("number", [-5, 0])
def test_an_event_that_was_put_before_the_first_is_found(sealed, behind, capsys, number):
    behind(copied(number, of=sealed[0]))
    assert verified(capsys) == (False, line_of("inserted", 1, number) + "\n")


def test_an_event_that_was_put_into_a_gap_is_found(sealed, behind, chen, capsys):
    gap = record(chen, "test.happened", chen, at=NOW).pk
    record(chen, "test.happened", chen, at=NOW)
    behind(
        f"DELETE FROM trail_event WHERE id = {gap}"
    )  # as a transaction that was rolled back leaves it
    actions.seal_events(NOW)
    behind(copied(gap, of=sealed[0]))
    assert verified(capsys) == (False, line_of("inserted", 4, gap) + "\n")


def test_two_events_that_changed_places_are_found(sealed, behind, capsys):
    first, second = sealed[0], sealed[4]
    for before, after in ((first, -1), (second, first), (-1, second)):
        behind(f"UPDATE trail_event SET id = {after} WHERE id = {before}")
    assert verified(capsys) == (
        False,
        f"{line_of('changed', 1, first)}\n{line_of('changed', 2, second)}\n",
    )


def test_events_cut_off_the_end_are_found(sealed, behind, capsys):
    behind(f"DELETE FROM trail_event WHERE id >= {sealed[5]}")
    assert (
        verified(capsys)[1]
        == f"{line_of('removed', 2, sealed[5])}\n{line_of('removed', 3, sealed[6])}\n"
    )


def test_an_event_that_cannot_be_read_is_named(sealed, behind, capsys):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL itself refuses to hold such a row.")
    behind(f"UPDATE trail_event SET at = 'yesterday' WHERE id = {sealed[1]}")
    assert verified(capsys) == (False, line_of("unreadable", 1, sealed[1]) + "\n")


def test_a_forged_a_torn_and_a_lost_seal_are_found(sealed, behind, capsys):
    behind("UPDATE audit_chain_seal SET count = 9 WHERE number = 2")
    assert verified(capsys) == (False, line_of("forged", 2) + "\n")
    second = Seal.objects.get(number=2)  # whoever computes its root anew tears the chain behind it
    behind("UPDATE audit_chain_seal SET root = %s WHERE number = 2", [actions.root_of(second)])
    assert verified(capsys) == (False, line_of("torn", 3) + "\n")
    behind("DELETE FROM audit_chain_seal WHERE number = 2")
    assert verified(capsys) == (False, line_of("lost", 2) + "\n")


def test_a_seal_that_cannot_be_read_does_not_stop_the_walk(sealed, behind, capsys):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL itself refuses to hold such a row.")
    behind("UPDATE audit_chain_seal SET sealed_at = 'yesterday' WHERE number = 1")
    behind(f"DELETE FROM trail_event WHERE id = {sealed[6]}")
    assert verified(capsys)[1] == f"{line_of('forged', 1)}\n{line_of('removed', 3, sealed[6])}\n"


def test_an_end_that_was_cut_off_with_its_seals_is_found_by_roots_kept_elsewhere(
    sealed, behind, chen, capsys, tmp_path
):
    kept = tmp_path / "roots.json"
    assert verified(capsys, "--export", str(kept))[0]
    assert verified(capsys, "--against", str(kept))[0]
    behind("DELETE FROM audit_chain_seal WHERE number = 3")
    behind(f"DELETE FROM trail_event WHERE id = {sealed[6]}")
    assert verified(capsys)[0]  # inside of the database nothing tells of it any more
    assert verified(capsys, "--against", str(kept)) == (False, line_of("gone", 3) + "\n")
    record(chen, "test.happened", chen, at=NOW)
    actions.seal_events(NOW)  # grown again
    assert verified(capsys, "--against", str(kept)) == (False, line_of("other", 3) + "\n")


def test_a_trail_that_was_sealed_anew_is_found_by_roots_kept_elsewhere(
    sealed, behind, capsys, tmp_path
):
    kept = tmp_path / "roots.json"
    kept.write_text(write_roots(NOW))
    behind("DELETE FROM audit_chain_seal")
    behind(f"DELETE FROM trail_event WHERE id = {sealed[2]}")
    while actions.seal_events(NOW):
        pass
    assert verified(capsys)[0]
    assert verified(capsys, "--against", str(kept)) == (False, line_of("gone", 3) + "\n")


def test_the_file_of_roots_holds_one_for_each_day(sealed, chen):
    record(chen, "test.happened", chen, at=NOW)
    actions.seal_events(NOW + timedelta(days=1))
    seals = Seal.objects.in_bulk()
    assert read_roots(write_roots(NOW)) == {3: seals[3].root, 4: seals[4].root}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "houqin-trail-roots/1", "roots": [{"seal": 1}]}']
)
def test_a_file_that_holds_no_roots_is_refused_in_words(sealed, capsys, tmp_path, text):
    (tmp_path / "roots.json").write_text(text)
    with pytest.raises(CommandError, match="根值文件"):
        call_command("verify_trail", "--against", str(tmp_path / "roots.json"))


def walked(at=NOW):
    while sweeps.check_seals(at):
        pass
    return Check.objects.latest("pk")


def test_the_daily_walk_goes_in_steps_and_writes_its_outcome_on_the_trail(sealed, monkeypatch):
    monkeypatch.setattr(actions, "STEP", 1)
    assert sweeps.check_seals(NOW) == 1
    check = Check.objects.get()
    assert (check.upto, check.events, check.open) == (1, 3, True)
    check = walked()
    assert (check.upto, check.events, check.wrong, check.open) == (3, 7, 0, None)
    told = Event.objects.get(name="trail.checked")
    assert told.facts["events"] == 7
    assert walked(NOW + timedelta(hours=23)) == check
    assert walked(NOW + timedelta(hours=25)) != check


def test_a_step_that_two_workers_take_counts_once(sealed, monkeypatch):
    monkeypatch.setattr(actions, "STEP", 1)
    sweeps.check_seals(NOW)
    twice = Check.objects.get()
    actions.step_check(Check.objects.get())
    actions.step_check(twice)
    assert Check.objects.get().events == 6


def test_the_daily_walk_tells_of_what_is_wrong_and_of_an_end_that_was_cut_off(sealed, behind):
    good = walked()
    behind(f"DELETE FROM trail_event WHERE id = {sealed[0]}")
    behind("DELETE FROM audit_chain_seal WHERE number = 3")
    check = walked(NOW + timedelta(days=2))
    assert check.problems == [["removed", 1, sealed[0]], ["cut", good.upto, 0]]
    assert Event.objects.get(name="trail.tampered").facts["wrong"] == 2


def test_every_problem_has_a_sentence(db):
    assert all(str(sentence) % {"seal": 1, "event": 2} for sentence in PROBLEMS.values())


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sealed_past_a_writer_who_has_a_lower_number_and_is_slow(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    monkeypatch.setattr(writers, "PATIENCE", 0.2)
    chen = User.objects.create_user("chen", name="陈专员")
    written, go_on, numbers = Signal(), Signal(), []

    def slowly():
        with transaction.atomic():
            numbers.append(record(chen, "test.happened", chen, at=NOW).pk)
            written.set()
            go_on.wait(10)
        connection.close()

    slow = Thread(target=slowly)
    slow.start()
    written.wait(10)
    higher = record(chen, "test.happened", chen, at=NOW).pk
    assert numbers[0] < higher
    assert actions.seal_events(NOW) == 0  # it would leave the lower number out for good
    monkeypatch.setattr(writers, "PATIENCE", 10)
    Thread(target=lambda: go_on.wait(0.3) or go_on.set()).start()
    assert actions.seal_events(NOW) == 2  # waits for the slow one, and sees what it wrote
    slow.join()
    assert json.dumps(numbers[0]) in Seal.objects.get().leaves
