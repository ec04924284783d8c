"""Numbers that people say: one row without a gap for each kind of paper and each local year."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from houqin.kernel.numbers.models import Counter, next_number, reserve_numbers

pytestmark = pytest.mark.engine
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.django_db
def test_numbers_count_up_for_each_kind_by_itself():
    assert [next_number("XQ", NOW) for _nth in range(3)] == [
        f"XQ-2026-00000{nth}" for nth in (1, 2, 3)
    ]
    assert next_number("GD", NOW) == "GD-2026-000001"
    assert next_number("XQ", NOW) == "XQ-2026-000004"


@pytest.mark.django_db
def test_a_new_year_begins_with_one_and_begins_at_midnight_in_the_house():
    assert next_number("XQ", datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == "XQ-2026-000001"
    assert next_number("XQ", datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == "XQ-2027-000001"
    assert next_number("XQ", NOW) == "XQ-2026-000002"


@pytest.mark.django_db
def test_many_are_reserved_in_order_and_the_next_follows_them():
    next_number("XQ", NOW)
    assert reserve_numbers("XQ", NOW, 3) == ["XQ-2026-000002", "XQ-2026-000003", "XQ-2026-000004"]
    assert next_number("XQ", NOW) == "XQ-2026-000005"


@pytest.mark.django_db
def test_what_is_rolled_back_gives_its_number_back():
    with transaction.atomic():
        next_number("XQ", NOW)
        transaction.set_rollback(True)
    assert not Counter.objects.exists()
    assert next_number("XQ", NOW) == "XQ-2026-000001"


@pytest.mark.django_db
def test_the_number_after_the_last_with_six_digits_has_seven():
    Counter.objects.create(kind="XQ", year=2026, last=999_999)
    assert next_number("XQ", NOW) == "XQ-2026-1000000"


@pytest.mark.django_db
def test_outside_a_transaction_no_number_is_given_out():
    # Another thread has a connection of its own, which is in no transaction; it comes to no query.
    with ThreadPoolExecutor(1) as pool:
        attempt = pool.submit(next_number, "XQ", NOW)
    with pytest.raises(transaction.TransactionManagementError, match="with the paper"):
        attempt.result()
