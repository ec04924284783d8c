"""Two reports of one problem become one; nobody who reported it is forgotten."""

import pytest

from houqin.desk.demands import actions
from houqin.desk.demands.models import Watcher
from houqin.desk.demands.tests.conftest import WAYS
from houqin.desk.demands.tests.test_together import together
from houqin.kernel.clock.models import Clock
from houqin.kernel.errors import NotAllowed, Refused
from houqin.platform.files.models import Attachment
from houqin.platform.notices.models import Notice

pytestmark = pytest.mark.engine


def told(user, name):
    return Notice.objects.filter(user=user, event__name=name).count()


def finish(desk, demand):
    """The one that was kept goes its way to the end."""
    for step in WAYS["done"]:
        step(desk, demand)
        demand.refresh_from_db()


def test_its_clocks_end_without_a_result_and_its_requester_follows_the_other(desk):
    kept, double = desk.submitted(), desk.submitted(by=desk.far)
    answer = desk.speak(desk.chen, double, "merge", into=kept.number)
    assert (answer.status_code, double.status, double.merged_into) == (302, "merged", kept)
    assert set(double.clocks.values_list("result", flat=True)) == {Clock.Result.CANCELLED}
    assert double.next_due_at is None
    assert list(kept.watchers.values_list("user", "why")) == [(desk.far.pk, Watcher.Why.MERGED)]
    assert desk.told(double)[-1] == "demand.merged"
    assert desk.told(kept)[-1] == "demand.joined"
    assert (
        Notice.objects.get(user=desk.far, event__name="demand.merged").url
        == kept.get_absolute_url()
    )
    assert desk.get(desk.far, "demand", kept.number).status_code == 200


def test_whoever_reported_it_second_hears_when_it_is_done(desk):
    kept, double = desk.submitted(), desk.submitted(by=desk.far)
    actions.merge_demand(desk.chen, double, into=kept)
    finish(desk, kept)
    assert kept.status == "done"
    assert told(desk.far, "demand.done") == 1
    assert told(desk.wu, "order.finished") == 1


def test_those_who_followed_the_second_follow_the_first(desk):
    kept, double = desk.submitted(), desk.submitted(by=desk.far)
    actions.copy_demand(desk.chen, double, people=[desk.he, desk.wu])
    actions.merge_demand(desk.chen, double, into=kept)
    assert set(kept.watchers.values_list("user__username", flat=True)) == {"far", "he"}


def test_the_photos_of_both_are_on_one_card(desk, seeds):
    kept, double = desk.submitted(), desk.submitted(by=desk.far, photos=[seeds.photo()])
    photo = Attachment.objects.of(double).get()
    actions.merge_demand(desk.chen, double, into=kept)
    page = desk.get(desk.wu, "demand", kept.number).content.decode()
    assert photo.get_absolute_url() in page
    assert double.number in page
    assert desk.client.get(photo.get_absolute_url()).status_code == 200
    assert desk.client.get(double.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", ["merged", "rejected", "cancelled", "accepted", "closed"])
def test_not_into_what_has_ended(desk, status):
    demand, other = desk.submitted(), desk.brought_to(status)
    with pytest.raises(Refused, match="不能再并入"):
        actions.merge_demand(desk.chen, demand, into=other)
    answer = desk.speak(desk.chen, demand, "merge", number=other.number)
    assert answer.status_code == 422
    assert demand.status == "submitted"


def test_not_into_itself(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.chen, demand, "merge", number=demand.number)
    assert answer.status_code == 409
    assert demand.status == "submitted"


def test_not_into_what_the_reviewer_does_not_run(desk):
    elsewhere = desk.submitted(place=desk.other_campus)
    demand = desk.submitted()
    assert desk.speak(desk.chen, demand, "merge", number=elsewhere.number).status_code == 422
    with pytest.raises(NotAllowed):
        actions.merge_demand(desk.chen, demand, into=elsewhere)


def test_the_likely_ones_are_offered_and_the_last_digits_are_enough(desk):
    other, demand = desk.submitted(title="同一台空调"), desk.submitted()
    assert (
        "同一台空调" in desk.get(desk.chen, "demand_verb", demand.number, "merge").content.decode()
    )
    assert (
        desk.speak(desk.chen, demand, "merge", number=f" {int(other.number[-6:])}").status_code
        == 302
    )
    assert demand.merged_into == other


def test_a_number_that_is_none_and_no_number_are_said(desk):
    demand = desk.submitted()
    for number in ("", "XQ-1", "²", "9" * 20):
        answer = desk.speak(desk.chen, demand, "merge", number=number)
        assert answer.status_code == 422, number
        assert "field__error" in answer.content.decode()


def test_several_are_merged_into_one_of_them(desk):
    first, second, third = desk.submitted(), desk.submitted(by=desk.far), desk.submitted(by=desk.he)
    answer = together(desk, desk.chen, "merge", [first, second, third], asked="1", into=second.pk)
    assert answer.status_code == 302
    assert [row.status for row in (first, second, third)] == ["merged", "submitted", "merged"]
    assert set(second.watchers.values_list("user__username", flat=True)) == {"wu", "he"}
    alone = together(desk, desk.chen, "merge", [second], asked="1", into=second.pk)
    assert alone.status_code == 422
