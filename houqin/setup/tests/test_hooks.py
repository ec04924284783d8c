"""Hooks and deliveries: who runs them, what the form takes, secrets that are never shown, sending again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.kernel.errors import NotAllowed
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.notices.sweeps import send_mail
from houqin.platform.webhooks.sweeps import send_posts
from houqin.setup.integrations.actions import resend, save_hook
from houqin.setup.integrations.actions import test_hook as try_hook
from tests.cast import NOW
from tests.receivers import OtherSystem, listening

pytestmark = pytest.mark.engine
NOBODY_THERE = "http://127.0.0.1:9/in?key=abcd1234"


def filled(**changes):
    fields = {
        "name": "工程部值班群",
        "kind": "wecom",
        "url": NOBODY_THERE,
        "language": "zh-hans",
        "active": "on",
    }
    return fields | {"events": "demand.submitted\norder.*"} | changes


@pytest.fixture
def hook(cast):
    return Hook.objects.create(
        name="能耗平台", kind="signed", url=NOBODY_THERE, secret="very-secret", events=["demand.*"]
    )


def test_without_hooks_the_page_says_what_they_are_for(lin):
    assert "还没有消息通道" in lin.get("/hooks/").content.decode()


def test_a_hook_is_added_and_shown_without_its_key(lin, cast):
    answer = lin.post("/hooks/new/", filled(place=cast.near.pk, secret="s3cret"))
    assert answer.status_code == 302
    hook = Hook.objects.get()
    assert (hook.events, hook.place, hook.secret) == (
        ["demand.submitted", "order.*"],
        cast.near,
        "s3cret",
    )
    page = lin.get("/hooks/").content.decode() + lin.get(f"/hooks/{hook.pk}/").content.decode()
    assert "127.0.0.1/…1234" in page
    assert "abcd1234" not in page
    assert "s3cret" not in page
    event = Event.objects.get(name="hook.made")
    assert "s3cret" not in str(event.facts)
    assert "abcd1234" not in str(event.facts)


def test_what_is_left_empty_stays_as_it_was(lin, hook):
    lin.post(
        f"/hooks/{hook.pk}/",
        filled(name="能耗平台", kind="signed", url="", secret="", events="order.*"),
    )
    hook.refresh_from_db()
    assert (hook.url, hook.secret, hook.events) == (NOBODY_THERE, "very-secret", ["order.*"])
    assert sorted(Event.objects.get(name="hook.changed").facts["changed"]) == ["events"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "请填写"),
        ({"name": "能耗平台"}, "同名"),
        ({"url": ""}, "请填写"),
        ({"url": "ftp://example.org"}, "https://"),
        ({"kind": "fax"}, "field__error"),
        ({"kind": "signed"}, "请填写密钥"),
        ({"events": ""}, "请填写"),
        ({"events": "demand.exploded"}, "没有这样的事件：demand.exploded"),
        ({"events": "order.*\ndemand.noted\nuser.*"}, "不外发：demand.noted、user.*"),
        ({"events": "\n".join(f"demand.{'*' * n}" for n in range(1, 43))}, "最多 40 行"),
        ({"place": "999999"}, "field__error"),
        ({"language": "fr"}, "field__error"),
        ({"secret": "a\x00b"}, "field__error"),
    ],
)
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_saved(lin, hook, change, words):
    answer = lin.post("/hooks/new/", filled(**change))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Hook.objects.count() == 1


def test_a_test_message_goes_out_at_once_and_the_page_says_how_it_went(lin, hook):
    system = OtherSystem(lambda: NOW.timestamp(), "very-secret")
    with listening(system) as url:
        Hook.objects.update(url=url, active=False)  # tried before it is switched on
        page = lin.post(f"/hooks/{hook.pk}/test/", follow=True).content.decode()
        assert "测试消息已送达" in page
        assert system.accepted[0]["sentence"] == "测试消息：收到这一条，说明“能耗平台”配置正确"
    page = lin.post(f"/hooks/{hook.pk}/test/", follow=True).content.decode()
    assert "测试消息没有送达“能耗平台”：对方没有开机，或拒绝连接" in page
    assert Delivery.objects.filter(hook=hook).count() == 2


def test_a_campus_manager_and_a_coordinator_run_no_hooks(cast, hook):
    ruan = cast.person("ruan", "阮主管", cast.hq)
    grant_role(ruan, Role.MANAGER, place=cast.near)
    for person in (ruan, cast.chen):
        for forbidden in (
            lambda who: save_hook(who, None, secret="", **filled()),
            lambda who: try_hook(who, hook),
            lambda who: resend(who, Delivery.objects.all()),
        ):
            with pytest.raises(NotAllowed):
                forbidden(person)
        assert not Hook.objects.visible_to(person).exists()
        assert not Delivery.objects.visible_to(person).exists()


def test_a_system_administrator_does_not_read_the_business_by_a_hook(cast, hook, national, as_user):
    client = as_user(cast.sys)
    cast.submit()
    sent = Delivery.objects.filter(hook=hook)[0]
    listening_in = filled(name="自己的", kind="signed", secret="own", events="*")
    for page in ("/hooks/", "/hooks/new/", f"/hooks/{hook.pk}/", "/deliveries/"):
        assert client.get(page).status_code == 403
    for page in (
        "/hooks/new/",
        f"/hooks/{hook.pk}/",
        f"/hooks/{hook.pk}/test/",
        "/deliveries/again/",
    ):
        assert client.post(page, listening_in).status_code == 403
    assert client.post(f"/deliveries/{sent.pk}/again/").status_code == 403
    assert [other.name for other in Hook.objects.all()] == ["能耗平台"]
    page = client.get("/health/").content.decode()
    assert "已放弃的消息" in page
    assert "/deliveries/" not in page
    asked = {"name": "读", "scopes": ["hooks:read"], "days": 30}
    assert client.post("/me/tokens/", asked).status_code == 422


def test_the_form_says_what_can_be_asked_for_and_whether_what_was_written_goes_out(lin):
    page = lin.get("/hooks/new/").content.decode()
    assert "demand.commented" in page
    for kept in ("demand.noted", "user.link_made", "role.granted", "token.made", "service.made"):
        assert f">{kept}<" not in page
    lin.post("/hooks/new/", filled())
    assert not Hook.objects.get().with_text
    lin.post(f"/hooks/{Hook.objects.get().pk}/", filled(url="", with_text="on"))
    assert Hook.objects.get().with_text
    assert "一起发" in lin.get("/hooks/").content.decode()


@pytest.fixture
def dead(cast, hook):
    """Two posts that were given up, a mail that arrived and one that waits."""
    Hook.objects.update(url="http://169.254.169.254/")
    cast.chen.email = "chen@example.org"
    cast.chen.save()
    first, _second = cast.submit(), cast.submit(title="秘密的内容")
    send_posts(NOW)
    send_mail(NOW)
    cast.submit()
    Delivery.objects.filter(hook=hook, state="waiting").delete()
    return first


def test_the_list_shows_what_was_given_up_and_why_by_number_alone(lin, dead):
    page = lin.get("/deliveries/").content.decode()
    assert page.count("<tr data-row>") == 2
    assert dead.number in page
    assert "内网" in page
    assert "秘密的内容" not in page
    assert lin.get("/deliveries/?view=sent").content.decode().count("<tr data-row>") == 2
    assert (
        lin.get("/deliveries/?view=waiting&channel=email").content.decode().count("<tr data-row>")
        == 1
    )
    assert (
        lin.get("/deliveries/?view=dead&channel=email").content.decode().count("<tr data-row>") == 0
    )
    assert lin.get("/deliveries/?q=陈专员&view=sent").content.decode().count("<tr data-row>") == 2
    assert "还没有" not in page


def test_one_is_sent_again_and_then_all(lin, dead, hook):
    delivery = Delivery.objects.filter(state="dead").first()
    page = lin.post(
        f"/deliveries/{delivery.pk}/again/", {"next": "/deliveries/?view=dead"}, follow=True
    )
    assert "1 条已重新排队" in page.content.decode()
    assert page.redirect_chain[0][0] == "/deliveries/?view=dead"
    assert "1 条已重新排队" in lin.post("/deliveries/again/", follow=True).content.decode()
    assert not Delivery.objects.filter(state="dead").exists()
    system = OtherSystem(lambda: NOW.timestamp(), "very-secret")
    with listening(system) as url:
        Hook.objects.update(url=url)
        send_posts(NOW)
    assert len(system.accepted) == 2
    assert Event.objects.filter(name="hook.resent").count() == 2


def test_a_mail_that_arrived_and_what_waits_are_not_sent_again(lin, dead):
    for delivery in Delivery.objects.filter(hook=None):
        page = lin.post(f"/deliveries/{delivery.pk}/again/", follow=True).content.decode()
        assert "没有可以再发的" in page
    assert set(Delivery.objects.filter(hook=None).values_list("state", flat=True)) == {
        "sent",
        "waiting",
    }


def test_a_list_of_many_costs_no_more_than_a_list_of_few(lin, cast, dead):
    def cost(path):
        lin.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            lin.get(path)
        return len(asked)

    paths = ("/deliveries/?view=waiting", "/hooks/")
    few = [cost(path) for path in paths]
    for number in range(12):
        Hook.objects.create(
            name=f"群 {number}", kind="wecom", url=NOBODY_THERE, events=["demand.*"]
        )
    cast.submit()
    assert [cost(path) for path in paths] == few


def test_the_health_page_leads_to_what_was_given_up(lin, dead):
    page = lin.get("/health/").content.decode()
    assert "已放弃的消息" in page
    assert "/deliveries/?view=dead" in page
