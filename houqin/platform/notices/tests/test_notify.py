from datetime import timedelta

import pytest

from houqin.kernel.errors import NotAllowed
from houqin.kernel.people.actions import go_away
from houqin.kernel.people.models import the_house
from houqin.platform.notices.actions import mark_all_read, mark_read, notify
from houqin.platform.notices.models import Delivery, Notice
from houqin.platform.notices.reports import unread
from houqin.platform.notices.tests.conftest import NOW

pytestmark = pytest.mark.engine
HOUR = timedelta(hours=1)


def told():
    return set(Notice.objects.values_list("user__username", flat=True))


def test_people_are_told_once_however_often_it_is_said(cast, happen):
    event = happen()
    notify([cast.wang, cast.li, cast.wang], event, url="/x/", now=NOW)
    notify([cast.wang], event, url="/x/", now=NOW)
    assert Notice.objects.count() == 2
    assert Delivery.objects.count() == 1


def test_mail_is_prepared_only_for_those_who_have_an_address(cast, happen):
    notify([cast.wang, cast.li], happen(), url="/x/", now=NOW)
    assert list(Delivery.objects.values_list("notice__user__username", flat=True)) == ["wang"]


def test_nobody_is_told_what_they_did_themselves(cast, happen):
    notify([cast.chen, cast.wang], happen(), url="/x/", now=NOW)
    assert told() == {"wang"}


def test_the_house_and_those_who_left_are_not_told(cast, happen):
    cast.wang.is_active = False
    notify([the_house(), cast.wang], happen(), url="/x/", now=NOW)
    assert told() == set()


def test_who_is_away_is_replaced_by_the_substitute(cast, happen):
    go_away(cast.wang, substitute=cast.li, starts_at=NOW - HOUR, ends_at=NOW + HOUR)
    notify([cast.wang, cast.li], happen(), url="/x/", now=NOW)
    assert told() == {"li"}
    assert Notice.objects.count() == 1


def test_a_substitute_is_not_told_of_their_own_act(cast, happen):
    go_away(cast.wang, substitute=cast.chen, starts_at=NOW - HOUR, ends_at=NOW + HOUR)
    notify([cast.wang], happen(), url="/x/", now=NOW)
    assert told() == set()


def test_urgent_once_is_urgent(cast, happen):
    event = happen()
    notify([cast.wang, cast.li], event, url="/x/", now=NOW)
    notify([cast.wang], event, url="/x/", urgent=True, now=NOW)
    assert Notice.objects.get(user=cast.wang).urgent
    assert not Notice.objects.get(user=cast.li).urgent


def test_telling_many_costs_no_more_queries_than_telling_one(
    cast, happen, django_assert_max_num_queries
):
    with django_assert_max_num_queries(11):
        notify([cast.wang, cast.li, cast.target], happen(), url="/x/", urgent=True, now=NOW)


def test_a_notice_is_read_once_and_by_its_receiver(cast, happen):
    notify([cast.wang], happen(), url="/x/", now=NOW)
    notice = Notice.objects.get()
    with pytest.raises(NotAllowed):
        mark_read(cast.li, notice, now=NOW)
    assert unread(cast.wang).count() == 1
    mark_read(cast.wang, notice, now=NOW)
    mark_read(cast.wang, notice, now=NOW + HOUR)
    notice.refresh_from_db()
    assert notice.read_at == NOW
    assert unread(cast.wang).count() == 0


def test_all_read_means_all_that_was_on_the_screen(cast, happen):
    for _number in range(2):
        notify([cast.wang, cast.li], happen(), url="/x/", now=NOW)
    first = Notice.objects.visible_to(cast.wang).earliest("pk")
    mark_all_read(cast.wang, now=NOW, upto=first.pk)
    assert unread(cast.wang).count() == 1
    mark_all_read(cast.wang, now=NOW)
    assert unread(cast.wang).count() == 0
    assert unread(cast.li).count() == 2


def test_a_notice_says_what_happened_to_what(cast, happen):
    notify([cast.wang], happen("五号楼"), url="/x/", now=NOW)
    notice = Notice.objects.newest().get()
    assert (notice.title, notice.sentence) == ("XQ-2026-000123 漏水", "转到了五号楼")
