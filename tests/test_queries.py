"""What is asked in another way than Django's own answers the same: queries whose SQL is kept, counts of
several querysets, rows that are found by one index or another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from houqin.desk.demands.models import Demand
from houqin.kernel.alternatives import found_by, one_of
from houqin.kernel.counting import COUNTED, bounded, count_each
from houqin.kernel.people.models import Absence, RoleGrant, User
from houqin.kernel.prepared import PreparedQuery
from tests.cast import NOW, cast

__all__ = ["cast"]

pytestmark = pytest.mark.engine


def away(user, at, until):
    """Values twice and in another order than they come, and constants between them."""
    rows = Absence.objects.filter(Q(ends_at__gt=until) | Q(starts_at__lte=at), user__is_active=True)
    return rows.filter(Q(substitute=user) | Q(user=user), ends_at__gt=at).values_list("user__name")


@pytest.fixture
def prepared():
    return PreparedQuery(away, int, datetime, datetime)


def test_it_answers_as_djangos_own(cast, prepared):
    for hours, (one, other) in enumerate([(cast.wu, cast.meng), (cast.wang, cast.wu)]):
        starts = NOW + timedelta(hours=hours)
        Absence.objects.create(
            user=one, substitute=other, starts_at=starts, ends_at=starts + timedelta(days=1)
        )
    moments = [NOW + timedelta(hours=hours, microseconds=1) for hours in (-1, 0, 1, 24, 30)]
    for user in (cast.wu, cast.meng, cast.wang, cast.lin):
        for at in [*moments, NOW.astimezone(UTC)]:
            for until in moments:
                assert sorted(prepared.rows(user.pk, at, until)) == sorted(away(user.pk, at, until))


def test_it_is_written_once_and_asked_each_time(cast, prepared):
    assert prepared.rows(cast.wu.pk, NOW, NOW) == []
    Absence.objects.create(
        user=cast.wu, substitute=cast.meng, starts_at=NOW, ends_at=NOW + timedelta(days=1)
    )
    with CaptureQueriesContext(connection) as queries:
        assert prepared.rows(cast.meng.pk, NOW, NOW) == [("吴工",)]
    assert len(queries) == 1


def test_roles_are_those_in_force_of_everybody_one_stands_in_for(cast):
    """As the querysets tell it that pages and actions narrow by."""
    day = timedelta(days=1)
    Absence.objects.create(user=cast.chen, substitute=cast.wu, starts_at=NOW, ends_at=NOW + day)
    RoleGrant.objects.create(user=cast.wu, role="duty", starts_at=NOW + day)
    RoleGrant.objects.create(user=cast.wu, role="driver", place=cast.building, ends_at=NOW + day)
    wu = User.objects.get(pk=cast.wu.pk)
    assert wu.faces == [cast.wu.pk, cast.chen.pk]
    held = RoleGrant.objects.in_force(NOW).filter(user__in=wu.faces)
    rows = held.values_list("role", "place__path", "department__path")
    assert sorted(map(str, rows)) == sorted(
        str((grant.role, grant.place_path, grant.department_path)) for grant in wu.grants
    )
    assert {"driver", "coordinator"} <= wu.role_codes()
    assert "duty" not in wu.role_codes()


def test_several_querysets_are_counted_as_far_as_anybody_reads(cast):
    for title in ("漏水", "灯不亮", "门锁"):
        cast.submit(title=title)
    rows = Demand.objects.order_by("-submitted_at")
    asked = [rows, rows.filter(title="漏水"), rows.none(), rows.filter(requester=cast.chen)]
    assert count_each(asked) == [3, 1, 0, 0]
    assert count_each(asked, most=2) == [3, 1, 0, 0]
    assert count_each(asked, most=1) == [2, 1, 0, 0]
    assert (bounded(COUNTED), bounded(COUNTED + 1)) == ("999", "999+")


def test_rows_are_the_same_whichever_index_finds_them(cast):
    mine, other = cast.submit(title="漏水"), cast.submit(cast.meng, title="灯不亮")
    ordered = cast.order(title="门锁").subject
    own = [Q(title="漏水"), Q(requester=cast.meng), Q(orders__executor=cast.wang)]
    for conditions, keys in (
        (own[:1], {mine.pk}),
        (own[:2], {mine.pk, other.pk}),
        (own, {mine.pk, other.pk, ordered.pk}),
        ([Q(requester=cast.lin), Q(title="没有")], set()),
    ):
        for condition in (one_of(conditions), found_by(Demand.objects, conditions)):
            assert set(Demand.objects.filter(condition).values_list("pk", flat=True)) == keys


def single_column_indexes(model):
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return [
        each["columns"] for each in known.values() if each["index"] and len(each["columns"]) == 1
    ]


def test_a_foreign_key_without_an_index_of_its_own_has_none_and_another_begins_with_it(db):
    """The index is dropped by its name, which no check of the migrations compares with the database's."""
    left_out = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            # One that the database does not check is never looked up when what it leads to is deleted.
            checked = field.is_relation and field.db_constraint
            if checked and not field.db_index and not field.unique:
                left_out.append(field)
                assert [field.column] not in single_column_indexes(model), field
                kept = [index.fields for index in model._meta.indexes]
                kept += [getattr(rule, "fields", ()) for rule in model._meta.constraints]
                assert any(fields and fields[0] == field.name for fields in kept), field
    assert len(left_out) > 5
