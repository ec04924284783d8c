"""The page of the policies: what holds, what a change would move, and the change itself."""

from datetime import timedelta

from houqin.desk.demands.policies import FILED_AFTER
from houqin.kernel.policies.registry import POLICIES, Policy, PolicyUnit
from houqin.kernel.timekeeping import turned_to
from tests.cast import NOW

PAGE = "/policies/demands.filed_after/"
DATA = {"value": "7", "reason": "年底清理"}


def apply(browser, **data):
    """Send it twice, as the page asks for: the first answer shows what the change moves."""
    shown = browser.post(PAGE, data)
    assert shown.status_code == 200
    return shown, browser.post(PAGE, data | {"previewed": shown.context["form"].fingerprint})


def test_every_policy_is_listed_with_its_value_source_and_history(lin):
    page = lin.get("/policies/").content.decode()
    for words in ("验收后归档", "15 天", "内部规定", "回访抽取比例", "办理按时率目标", "95%"):
        assert words in page


def test_the_first_policy_of_an_app_that_has_no_group_yet_is_listed_too(lin):
    policy = Policy("fleet.kept", 14, unit=PolicyUnit.DAYS, label="行车记录保存")
    try:
        assert "行车记录保存" in lin.get("/policies/").content.decode()
    finally:
        del POLICIES[policy.key]


def test_the_change_is_shown_before_it_is_made_and_then_holds(lin, cast):
    with turned_to(NOW):
        shown, answer = apply(lin, **DATA)
        assert "随即归档的需求" in shown.content.decode()
        assert answer.url == "/policies/"
        page = lin.get("/policies/").content.decode()
    assert "7 天" in page
    assert "年底清理" in page
    assert FILED_AFTER.at(NOW) == 7
    assert FILED_AFTER.at(NOW - timedelta(days=1)) == 15


def test_what_was_not_shown_is_not_applied(lin):
    with turned_to(NOW):
        shown = lin.post(PAGE, DATA)
        seen = shown.context["form"].fingerprint
        again = lin.post(PAGE, DATA | {"value": "1", "previewed": seen})
    assert again.status_code == 200
    assert FILED_AFTER.at(NOW) == 15


def test_a_change_may_come_into_force_later_and_end(lin):
    with turned_to(NOW):
        dates = {"effective_from": "2026-12-01T00:00", "effective_until": "2027-01-01T00:00"}
        _shown, answer = apply(lin, **DATA, **dates)
        assert answer.status_code == 302
        assert "待生效" in lin.get("/policies/").content.decode()
    moments = (NOW, NOW.replace(month=12), NOW.replace(year=2027, month=2))
    assert [FILED_AFTER.at(moment) for moment in moments] == [15, 7, 15]


def test_a_change_that_makes_no_sense_is_refused_with_a_sentence(lin):
    with turned_to(NOW):
        for wrong in (
            {"value": "-1"},
            {"value": "x"},
            {"reason": ""},
            {"effective_from": "2026-11-01T00:00"},
            {"effective_until": "2026-11-01T00:00"},
        ):
            assert lin.post(PAGE, DATA | wrong).status_code == 422
    assert lin.get("/policies/no.such/").status_code == 404


def test_those_who_coordinate_read_it_and_change_nothing(cast, as_user):
    browser = as_user(cast.chen)
    page = browser.get("/policies/")
    assert page.status_code == 200
    assert PAGE not in page.content.decode()
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, DATA).status_code == 403
    assert as_user(cast.wu).get("/policies/").status_code == 403
