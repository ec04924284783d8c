"""Every list and register keeps what its declaration promises; a new one is walked without a line here."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.trail.messages import sentence_of
from houqin.kernel.trail.models import Event
from houqin.ui.api.derived import row_schema, tell_row
from houqin.ui.lists import LISTINGS
from houqin.ui.registers import REGISTERS
from tests.api.conftest import Caller, token_of
from tests.cast import as_user, cast, picture

__all__ = ["as_user", "cast"]


def keys(registry):
    """The names are enough for pytest; the declarations are read when a test runs."""
    return pytest.mark.parametrize("key", sorted(registry))


@pytest.fixture
def editor(cast, as_user):
    """Somebody with every business role everywhere, and what samples are made of."""
    cast.picture = picture
    person = cast.person("all", "全能", cast.hq)
    for role in (Role.MANAGER, Role.COORDINATOR, Role.LEAD):
        grant_role(person, role)
    return person


@keys(LISTINGS)
def test_a_list_names_each_column_once_and_sorts_by_what_the_database_has(key):
    listing = LISTINGS[key]
    names = [column.name for column in listing.facts]
    assert len(set(names)) == len(names)
    assert all(str(column.label) for column in listing.facts)
    for column in listing.facts:
        assert listing.order_of(QueryDict(f"sort=-{column.name}")) in (
            f"-{column.sort}", listing.views[0].order,
        )  # fmt: skip
        if column.sort:
            str(listing.model.objects.order_by(column.sort).query)
    chips = [key for chip in listing.filters for key in chip.keys]
    assert len(set(chips)) == len(chips)


@keys(REGISTERS)
def test_a_register_is_listed_edited_switched_and_told(key, cast, editor, as_user):
    register, client = REGISTERS[key], as_user(editor)
    row = register.sample(cast)
    page = client.get(register.list_url)
    assert page.status_code == 200
    assert client.get(reverse(f"{register.namespace}:new_{register.name}")).status_code == 200
    assert client.post(reverse(f"{register.namespace}:new_{register.name}")).status_code == 422
    shown = client.get(register.row_url(row))
    assert str(row) in shown.content.decode()
    assert client.post(register.row_url(row)).status_code == 422
    if register.switch:
        was, url = (
            row.active,
            reverse(f"{register.namespace}:switch_{register.name}", args=[row.pk]),
        )
        written = Event.objects.about(row).filter(name=register.event)
        before = written.count()
        for expected in (not was, was):
            wanted = {"active": "on"} if expected else {}
            assert client.post(url, wanted).url == register.list_url
            row.refresh_from_db()
            assert row.active is expected
        assert written.count() == before + 2
        assert "变更记录" in client.get(register.row_url(row)).content.decode()


@keys(REGISTERS)
def test_a_register_is_read_by_the_api_as_its_columns_say(key, cast, editor):
    register = REGISTERS[key]
    row = register.sample(cast)
    caller = Caller(token_of(editor))
    views = [view.key for view in register.views]
    items = [
        item
        for view in views
        for item in caller.get(f"/{key.replace('_', '-')}", view=view, limit=100).json()["items"]
    ]
    stored = register.model.objects.visible_to(editor).with_all().get(pk=row.pk)
    wanted = row_schema(register, "Row")(**tell_row(register, stored)).model_dump(mode="json")
    assert wanted in items


@keys(LISTINGS)
def test_a_page_of_a_list_asks_a_constant_number_of_questions(key, cast, editor, as_user):
    """However many columns are chosen: what `with_all` reads is what the columns show."""
    listing = LISTINGS[key]
    cast.order()
    if key in REGISTERS:
        REGISTERS[key].sample(cast)
    rows = list(listing.model.objects.visible_to(editor).with_all()[:5])
    with CaptureQueriesContext(connection) as queries:
        for row in rows:
            for column in listing.sheet:
                column.written(row)
            tell_row(listing, row)
    assert [query["sql"] for query in queries] == []


def test_what_somebody_else_has_changed_meanwhile_stays(cast, editor):
    """A form that was read before writes its own fields only."""
    register = REGISTERS["fault_codes"]
    row = register.sample(cast)
    stale = register.model.objects.get(pk=row.pk)
    register.write(editor, row, {"active": False})
    register.write(editor, stale, {"name": "另一个名称"})
    row.refresh_from_db()
    assert (row.name, row.active) == ("另一个名称", False)


def test_what_is_taken_between_the_question_and_the_answer_is_refused_and_kept(
    cast, editor, as_user, monkeypatch
):
    """Two people save the same code in one moment: the second is told, with all that they typed."""
    monkeypatch.setattr("houqin.ui.fields.records.RecordForm._show", lambda form, error: None)
    REGISTERS["fault_codes"].sample(cast)
    page = as_user(editor).post(
        "/orders/codes/new/", {"kind": "cause", "code": "x", "name": "鼠咬", "skill": ""}
    )
    assert page.status_code == 409
    assert "有重复" in page.content.decode()
    assert 'value="鼠咬"' in page.content.decode()


def test_the_trail_of_a_row_reads_in_the_language_of_whoever_looks(cast, editor):
    register = REGISTERS["fault_codes"]
    row = register.sample(cast)
    with override("en"):
        register.write(editor, row, {"name": "鼠咬"})
    event = Event.objects.about(row).last()
    assert event.facts["changed"] == {"名称": ["x", "鼠咬"]}
    with override("en"):
        assert sentence_of(event.name, event.facts) == "Name: x → 鼠咬"
    assert sentence_of(event.name, event.facts) == "名称：x → 鼠咬"
