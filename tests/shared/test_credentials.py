"""Papers that expire, told of the crews: what counts, who is told when, and whom dispatch leaves out."""

from datetime import date, datetime, timedelta

import pytest

from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import turned_to
from houqin.platform.files.models import Attachment
from houqin.platform.notices.models import Notice
from houqin.shared.credentials.actions import NewCredential, add_credential, end_credential
from houqin.shared.credentials.models import Credential
from houqin.shared.credentials.reports import must_hold, standing
from houqin.shared.credentials.sweeps import remind_of_expiry
from houqin.work.orders.matching import propose
from houqin.work.teams.credentials import ELECTRICIAN, REFRIGERATION
from tests.cast import NOW, picture

TODAY = date(2026, 11, 23)


def days(count):
    return TODAY + timedelta(days=count)


def paper(cast, user, until, *, kind=REFRIGERATION, since=None):
    written = NewCredential(kind, "T-1", valid_from=since, valid_until=until)
    return add_credential(cast.li, user, written, at=NOW)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, None, ""),
        (days(0), days(0), ""),
        (None, days(-1), "王师傅电工证已于 2026-11-22 到期。"),
        (days(1), days(9), "王师傅电工证从 2026-11-24 起才有效。"),
    ],
)
def test_the_gate_names_what_is_missing(cast, since, until, words):
    with pytest.raises(Refused, match="王师傅没有电工证"):
        must_hold(cast.wang, ELECTRICIAN, TODAY)
    paper(cast, cast.wang, until, kind=ELECTRICIAN, since=since)
    if words:
        with pytest.raises(Refused, match=words):
            must_hold(cast.wang, ELECTRICIAN, TODAY)
    else:
        must_hold(cast.wang, ELECTRICIAN, TODAY)


def test_the_one_that_is_valid_counts_whatever_else_is_on_file(cast):
    running, _next = paper(cast, cast.wang, days(30)), paper(cast, cast.wang, None, since=days(30))
    paper(cast, cast.wang, days(-400))
    expired = paper(cast, cast.zhao, days(-1))
    both = [cast.wang.pk, cast.zhao.pk]
    counting = standing(type(cast.wang), both, REFRIGERATION, TODAY)
    assert counting == {cast.wang.pk: running, cast.zhao.pk: expired}
    end_credential(cast.li, expired, at=NOW)
    with pytest.raises(Refused, match="已经撤下"):
        end_credential(cast.li, expired, at=NOW)
    assert set(standing(type(cast.wang), both, REFRIGERATION, TODAY)) == {cast.wang.pk}


def swept(day):
    at = datetime.combine(day, NOW.time(), tzinfo=NOW.tzinfo)
    return remind_of_expiry(at)


def test_each_stage_is_told_once_and_after_an_outage_only_the_last(cast):
    paper(cast, cast.wang, days(60))
    told = [day for day in range(62) for _nth in range(swept(days(day)))]
    assert told == [0, 30, 53, 61]
    heard = Notice.objects.filter(event__name="credential.expiring")
    assert set(heard.values_list("user__username", flat=True)) == {"wang", "li"}
    paper(cast, cast.zhao, days(60))
    assert [swept(days(59)), swept(days(60)), swept(days(61)), swept(days(62))] == [1, 0, 1, 0]


def test_nobody_is_told_of_a_paper_that_was_renewed(cast):
    paper(cast, cast.wang, days(7))
    paper(cast, cast.wang, days(700))
    assert swept(days(8)) == 0


def test_dispatch_leaves_out_whose_paper_has_expired_and_says_why(cast, django_assert_num_queries):
    def candidates(**more):
        with turned_to(NOW):
            results = propose(cast.room, cast.hvac, NOW, **more)
        return {
            result.user.username: (result.fits, [words for _good, words in result.reasons])
            for result in results
        }

    before = candidates()
    assert set(before) == {"wang", "zhao"}  # no papers on file: nobody is judged by them
    paper(cast, cast.wang, days(-1))
    paper(cast, cast.zhao, days(1))
    after = candidates(others=True)
    assert "制冷与空调作业证已于 2026-11-22 到期" in after["wang"][1]
    assert "有制冷与空调作业证" in after["zhao"][1]
    assert (after["wang"][0], after["zhao"][0]) == (False, True)
    assert set(candidates()) == {"zhao"}


def test_the_page_of_a_member_files_a_paper_with_its_photo_and_takes_it_off(cast, as_user):
    member = cast.team.crew.get(user=cast.wang)
    page = f"/teams/{cast.team.pk}/members/{member.pk}/"
    filled = {"kind": "electrician", "number": "T3101", "issuer": "应急管理局"}
    filled |= {"valid_from": "2023-11-22", "valid_until": "2026-11-22"}
    client = as_user(cast.li)
    answer = client.post(f"{page}papers/", filled | {"valid_until": "2020-01-01"})
    assert (answer.status_code, Credential.objects.count()) == (422, 0)
    assert client.post(f"{page}papers/", filled | {"photos": [picture()]}).url == page
    shown = client.get(page).content.decode()
    assert "电工证已于 2026-11-22 到期" in shown
    photo, filed = Attachment.objects.get(), Credential.objects.get()
    assert photo.get_absolute_url() in shown
    for who, status in (("li", 200), ("wang", 200), ("zhao", 404), ("qin", 404), ("wu", 404)):
        assert as_user(getattr(cast, who)).get(photo.get_absolute_url()).status_code == status
    assert as_user(cast.wang).post(f"{page}papers/", {"end": filed.pk}).status_code == 404
    assert as_user(cast.li).post(f"{page}papers/", {"end": "x"}).status_code == 404
    assert as_user(cast.li).post(f"{page}papers/", {"end": filed.pk}).status_code == 302
    assert "还没有登记证照" in as_user(cast.li).get(page).content.decode()
