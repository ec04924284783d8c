"""Versions of the standard: in words, copied forward, published for the future, never rewritten."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from houqin.kernel.clock.models import Clock, Grade, Kind, Standard
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.clock.standards import publish_standard, revise_standard
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.setup.standards.forms import initial_of
from tests.cast import NOW

pytestmark = pytest.mark.engine
NEW = reverse("setup:new_standard")


def filled(**changes):
    """The form as the page offers it, completed with what a manager has to type."""
    data = initial_of(Standard.objects.order_by("pk")[0])
    data = {key: value for key, value in data.items() if value is not False}
    return data | {"name": "服务标准 2027 版", "effective_from": "2027-01-01T00:00"} | changes


def test_seeding_again_changes_nothing(cast):
    first = seed_standard()
    assert seed_standard() == first
    assert (first.promises.count(), first.hold_reasons.count()) == (12, 5)


def test_the_versions_are_printed_as_the_regulation_prints_them(lin):
    page = lin.get("/standards/").content.decode()
    assert "《后勤服务管理办法》" in page
    assert "现行" in page
    for words in ("2 小时", "48 小时", "3 个工作日", "等外单位 · 时钟照走", "等备件 · 时钟暂停"):
        assert words in page


def test_a_new_version_starts_from_the_current_one(lin):
    form = lin.get(NEW).context["form"]
    assert form["urgent_handling_amount"].value() == 4
    assert form["routine_response_unit"].value() == "working_days"
    assert form["reason_0_label"].value() == "等备件"


def test_a_version_is_published_and_comes_into_force_by_itself(lin, cast):
    data = filled(routine_handling_amount=4, reason_5_label="等审批", reason_5_stops="on")
    assert lin.post(NEW, data).status_code == 302
    version = Standard.objects.get(name="服务标准 2027 版")
    assert version.promises.get(grade=Grade.ROUTINE, kind=Kind.HANDLING).amount == 4
    assert [(hold.code, hold.stops) for hold in version.hold_reasons.order_by("pk")][-2:] == [
        ("shift", False), ("reason-0", True),
    ]  # fmt: skip
    assert Standard.in_force(NOW) != version
    assert Standard.in_force(version.effective_from) == version
    assert cast.submit().standard != version
    assert cast.submit(at=NOW.replace(year=2027, month=2)).standard == version
    assert Event.objects.filter(name="standard.published", target_id=version.pk).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effective_from": "2026-11-23T10:00"}, "生效时间要在将来"),
        ({"name": "服务标准 2026 版"}, "已有同名的版本"),
        ({"urgent_response_amount": 0}, "field__error"),
        ({"urgent_response_amount": ""}, "field__error"),
        ({"urgent_response_amount": 5}, "响应时限比办理时限还长"),
        ({f"reason_{nth}_label": "" for nth in range(8)}, "至少要列出一个挂起原因"),
        ({"reason_6_label": "等备件"}, "挂起原因有重复"),
        ({"urgent_response_unit": "moons"}, "field__error"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_published(lin, change, words):
    answer = lin.post(NEW, filled(**change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Standard.objects.count() == 1


def test_a_version_in_force_is_never_rewritten(lin):
    current = Standard.objects.get()
    for answer in (
        lin.get(reverse("setup:standard", args=[current.pk])),
        lin.post(reverse("setup:standard", args=[current.pk]), filled()),
        lin.post(reverse("setup:withdraw_standard", args=[current.pk])),
    ):
        assert answer.status_code == 409
        assert "已经生效" in answer.content.decode()
    assert Standard.objects.get() == current


def test_a_version_of_the_future_can_be_changed_or_taken_back(lin):
    lin.post(NEW, filled())
    version = Standard.objects.get(name="服务标准 2027 版")
    page = lin.get(reverse("setup:standard", args=[version.pk])).context["form"]
    assert page["name"].value() == version.name
    lin.post(reverse("setup:standard", args=[version.pk]), filled(name="服务标准 2027 修订版"))
    version = Standard.objects.get(name="服务标准 2027 修订版")
    assert Standard.objects.count() == 2
    assert lin.post(reverse("setup:withdraw_standard", args=[version.pk])).status_code == 302
    assert Standard.objects.count() == 1


@pytest.mark.parametrize("username", ["chen", "wu", "sys"])
def test_only_the_manager_publishes(cast, national, as_user, username):
    assert as_user(getattr(cast, username)).post(NEW, filled()).status_code == 403


def test_the_action_itself_refuses_what_the_form_would_not_let_pass(cast):
    version: dict[str, Any] = {
        "name": "空的", "regulation": "x", "effective_from": NOW + timedelta(days=1), "promises": {},
        "hold_reasons": [],
    }  # fmt: skip
    with pytest.raises(Refused, match="都要填写"):
        publish_standard(cast.lin, **version)
    with pytest.raises(NotAllowed):
        publish_standard(cast.chen, **version)
    with pytest.raises(Refused, match="已经生效"):
        revise_standard(cast.lin, Standard.objects.get(), **version)


def test_demands_of_before_keep_the_standard_of_before(lin, cast):
    old = cast.submit()
    lin.post(NEW, filled(routine_handling_amount=1))
    with turned_to(NOW.replace(year=2027, month=2)):
        old.refresh_from_db()
        clock = Clock.objects.get(target_id=old.pk, kind=Kind.HANDLING)
    assert clock.amount == 5
    assert old.standard.name == "服务标准 2026 版"


def test_two_reasons_that_come_with_one_code_get_two(cast, as_user):
    asked = filled(reason_0_code="parts", reason_1_code="parts")
    assert as_user(cast.lin).post(NEW, asked).status_code == 302
    codes = Standard.objects.get(name=asked["name"]).hold_reasons.values_list("code", flat=True)
    assert {"parts", "reason-0"} <= set(codes)
