"""What leaves the house, as it is received: the three robots and another system check format and signature,
a mail server is down for an hour. Everything arrives, once, the urgent first."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from houqin.desk.demands.actions import comment_demand, grade_demand
from houqin.kernel.people.actions import grant_role
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.notices.actions import post_to
from houqin.platform.notices.models import Choice, Delivery, Hook
from houqin.platform.notices.sweeps import send_mail
from houqin.platform.webhooks.sweeps import send_posts
from houqin.work.roster.models import Shift
from tests.cast import NOW, as_user, cast, later
from tests.receivers import DingTalk, Feishu, MailServer, OtherSystem, WeCom, listening

__all__ = ["as_user", "cast"]
pytestmark = pytest.mark.engine
SECRET = "SEC-of-the-group"
QUERIES = {
    "wecom": "?key=the-key-of-the-group",
    "dingtalk": "?access_token=the-token-of-the-group",
    "feishu": "",
    "system": "",
}
EVERYTHING = ["demand.*", "order.*", "clock.alarm"]


class Outside:
    """The three robots and another system, with a hook to each."""

    def __init__(self, stack):
        self.wecom, self.dingtalk = WeCom(lambda: self.at), DingTalk(lambda: self.at, SECRET)
        self.feishu, self.system = (
            Feishu(lambda: self.at, SECRET),
            OtherSystem(lambda: self.at, SECRET),
        )
        self.at = NOW.timestamp()
        for kind, query in QUERIES.items():
            url = stack.enter_context(listening(getattr(self, kind))) + query
            secret = "" if kind == "wecom" else SECRET
            kind = "signed" if kind == "system" else kind
            hook = Hook.objects.create(
                name=kind, kind=kind, url=url, secret=secret, events=EVERYTHING
            )
            setattr(self, f"{kind}_hook", hook)

    def send(self, at):
        self.at = at.timestamp()
        return send_posts(at)


@pytest.fixture
def outside(cast):
    with ExitStack() as stack:
        yield Outside(stack)


def test_a_new_request_reaches_all_four_and_every_signature_is_good(cast, outside):
    demand = cast.submit(title="502 空调不制热")
    outside.send(NOW)
    for receiver in (outside.wecom, outside.dingtalk, outside.feishu, outside.system):
        assert len(receiver.accepted) == 1, receiver.refused
        assert not receiver.refused
    link = f"http://testserver{demand.get_absolute_url()}"
    text = outside.wecom.accepted[0]["markdown"]["content"]
    for part in (demand.number, "502 空调不制热", "提交需求，自报“常规”", f"({link})"):
        assert part in text
    words = outside.dingtalk.accepted[0]
    assert demand.number in words["markdown"]["title"]
    assert f"[查看]({link})" in words["markdown"]["text"]
    card = outside.feishu.accepted[0]["card"]
    assert demand.number in card["header"]["title"]["content"]
    assert card["elements"][-1]["actions"][0]["url"] == link
    facts = outside.system.accepted[0]
    assert facts["event"] == "demand.submitted"
    assert facts["at"] == NOW.isoformat()
    assert facts["about"] == {"type": "demand", "number": demand.number, "url": link}
    assert facts["actor"] == "吴工"
    assert set(Delivery.objects.filter(hook__isnull=False).values_list("state", flat=True)) == {
        "sent"
    }


def test_an_urgent_request_is_said_to_be_and_calls_everybody_where_the_group_wants_it(
    cast, outside
):
    Hook.objects.update(at_all=True)
    cast.submit(grade="urgent")
    outside.send(NOW)
    assert outside.wecom.accepted[0]["text"]["mentioned_list"] == ["@all"]
    assert "【紧急】" in outside.wecom.accepted[0]["text"]["content"]
    assert outside.dingtalk.accepted[0]["at"] == {"isAtAll": True}
    assert any(
        "<at id=all>" in line.get("content", "")
        for line in outside.feishu.accepted[0]["card"]["elements"]
    )


def test_a_robot_tells_no_phone_number_and_no_markup_of_a_title_becomes_a_link(cast, outside):
    cast.submit(title="[点我](http://evil) <@all> 打 138 0013 8000 或 010-68001234 **快**")
    outside.send(NOW)
    shown = [
        outside.wecom.accepted[0]["markdown"]["content"],
        outside.dingtalk.accepted[0]["markdown"]["text"],
        outside.feishu.accepted[0]["card"]["header"]["title"]["content"],
    ]
    for text in shown:
        assert "8000" not in text
        assert "68001234" not in text
        assert "[点我]" not in text
        assert "<@all>" not in text
        assert "**快**" not in text


def test_a_group_hears_its_own_place_and_its_own_events_in_its_own_language(cast, outside):
    Hook.objects.filter(kind="wecom").update(place=cast.far)
    Hook.objects.filter(kind="dingtalk").update(events=["demand.graded"])
    Hook.objects.filter(kind="feishu").update(language="en")
    Hook.objects.filter(kind="signed").update(active=False)
    near, far = cast.submit(), cast.submit(place=cast.far_room)
    grade_demand(cast.chen, near, grade="routine")
    outside.send(NOW)
    assert [far.number in each["markdown"]["content"] for each in outside.wecom.accepted] == [True]
    assert [near.number in each["markdown"]["title"] for each in outside.dingtalk.accepted] == [
        True
    ]
    assert "Houqin" in outside.feishu.accepted[0]["card"]["header"]["title"]["content"]
    assert outside.system.accepted == []


def test_what_people_wrote_goes_out_where_the_hook_says_so_and_inner_notes_never(cast, outside):
    Hook.objects.update(events=["*"])
    demand = cast.submit()
    words = "身份证 110101199003070000"
    comment_demand(cast.wu, demand, text=words)
    comment_demand(cast.chen, demand, text="内部：业主难缠", inner=True)
    outside.send(NOW)
    for receiver in (outside.wecom, outside.dingtalk, outside.feishu, outside.system):
        assert words not in str(receiver.accepted)
        assert "难缠" not in str(receiver.accepted)
    assert [each["event"] for each in outside.system.accepted] == [
        "demand.submitted",
        "demand.commented",
    ]
    Hook.objects.update(with_text=True)
    comment_demand(cast.wu, demand, text=words)
    comment_demand(cast.chen, demand, text="内部：业主难缠", inner=True)
    outside.send(later(minutes=1))
    assert outside.system.accepted[-1]["facts"]["text"] == words
    assert "难缠" not in str(outside.system.accepted)


def test_who_comes_in_and_what_they_may_do_is_told_to_nobody_outside(cast, outside, as_user):
    Hook.objects.update(events=["*", "user.*", "role.*"])
    grant_role(cast.person("sys", "sys", cast.hq), "system_admin")
    grant_role(cast.person("sec", "sec", cast.hq), "security_admin")
    as_user(cast.sys).post(f"/people/{cast.meng.pk}/link/")
    answers = {"role": "duty", "place": "", "department": "", "starts_at": "", "ends_at": ""}
    as_user(cast.sec).post(f"/people/{cast.meng.pk}/grant/", answers)
    assert set(Event.objects.values_list("name", flat=True)) >= {"user.link_made", "role.granted"}
    assert not Delivery.objects.filter(hook__isnull=False).exists()


def test_an_inner_note_that_waited_is_not_sent_any_more(cast, outside):
    Hook.objects.exclude(kind="signed").delete()
    demand = cast.submit()
    comment_demand(cast.chen, demand, text="内部", inner=True)
    post_to(list(Hook.objects.all()), Event.objects.get(name="demand.noted"))
    outside.send(NOW)
    assert [each["event"] for each in outside.system.accepted] == ["demand.submitted"]
    assert Delivery.objects.get(event__name="demand.noted", hook__isnull=False).state == "skipped"


def test_a_robot_that_is_sent_too_much_is_sent_the_rest_later_and_nothing_is_dropped(cast, outside):
    Hook.objects.exclude(kind="dingtalk").update(active=False)
    demand = cast.submit()
    for number in range(44):
        comment_demand(cast.wu, demand, text=f"{number}")
    taken = []
    for seconds in range(0, 200, 10):
        outside.send(later(seconds=seconds))
        taken += [seconds] * (len(outside.dingtalk.accepted) - len(taken))
    assert len(taken) == 45
    for start in range(200):
        assert sum(start <= second < start + 60 for second in taken) <= 20
    assert taken[-1] <= 130


def test_a_wrong_secret_is_tried_again_and_a_robot_that_is_gone_is_given_up_at_once(cast, outside):
    Hook.objects.filter(kind="feishu").update(secret="another")
    Hook.objects.filter(kind="wecom").update(url=outside.wecom_hook.url + "x")
    cast.submit()
    outside.send(NOW)
    waiting = Delivery.objects.get(hook__kind="feishu")
    assert (waiting.state, waiting.last_error) == ("waiting", "feishu 19021")
    assert waiting.next_at == later(minutes=1)
    dead = Delivery.objects.get(hook__kind="wecom")
    assert (dead.state, dead.last_error) == ("dead", "wecom 93000")
    Hook.objects.filter(kind="feishu").update(secret=SECRET)
    outside.send(later(minutes=1))
    assert len(outside.feishu.accepted) == 1


def test_a_webhook_is_sent_again_from_the_page_under_its_old_number(cast, outside, as_user):
    cast.submit()
    outside.send(NOW)
    delivery = Delivery.objects.get(hook__kind="signed")
    answer = as_user(cast.lin).post(f"/deliveries/{delivery.pk}/again/")
    assert answer.status_code == 302
    with turned_to(later(hours=1)):
        outside.send(later(hours=1))
    first, second = outside.system.accepted
    assert first == second
    assert first["id"] == delivery.pk
    numbers = {headers["X-Houqin-Delivery"] for headers in outside.system.headers}
    assert numbers == {str(delivery.pk)}


@pytest.mark.parametrize(
    ("status", "state"), [(410, "dead"), (404, "dead"), (429, "waiting"), (503, "waiting")]
)
def test_a_refusal_that_stays_is_given_up_and_one_that_passes_is_tried_again(
    cast, outside, status, state
):
    outside.system.status = status
    cast.submit()
    outside.send(NOW)
    delivery = Delivery.objects.get(hook__kind="signed")
    assert (delivery.state, delivery.last_error) == (state, f"HTTP {status}")


@pytest.fixture
def server(settings):
    """A mail server of our own; nobody listens at its port until it is up."""
    created = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", created.port
    return created


def with_addresses(*people):
    for person in people:
        person.email = f"{person.username}@example.org"
        person.save()


def on_call(person, place):
    """`person` is the duty officer of `place`, today and tonight."""
    Shift.objects.create(
        user=person, place=place, starts_at=NOW, ends_at=later(days=1), on_call=True
    )


def test_a_mail_server_that_is_down_for_an_hour_gets_everything_afterwards_once_and_the_urgent_first(
    cast, server
):
    with_addresses(cast.chen, cast.ma)
    on_call(cast.ma, cast.near)
    cast.submit(title="平常的事")
    cast.submit(title="着火了", grade="urgent")
    for minute in range(60):
        send_mail(later(minutes=minute))
    assert server.letters == []
    assert set(Delivery.objects.values_list("last_error", flat=True)) == {"ConnectionRefusedError"}
    wanted = Delivery.objects.count()
    with server.up():
        for second in range(3600, 2 * 3600, 30):
            send_mail(NOW + timedelta(seconds=second))
    subjects = [letter["Subject"] for letter in server.letters]
    assert len(subjects) == wanted == 3
    assert "着火了" in subjects[0]
    assert server.letters[0]["To"] == "ma@example.org"
    assert len({letter["Message-ID"] for letter in server.letters}) == wanted
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_an_address_that_the_server_does_not_know_is_given_up_at_once(cast, server):
    with_addresses(cast.chen, cast.wu)
    server.unknown = {"chen@example.org"}
    demand = cast.submit()
    grade_demand(cast.chen, demand, grade="routine")
    with server.up():
        send_mail(NOW)
    states = dict(Delivery.objects.values_list("notice__user__username", "state"))
    assert states == {"chen": "dead", "wu": "sent"}
    assert Delivery.objects.get(state="dead").last_error == "SMTPRecipientsRefused"
    assert "XQ-2026-" in server.letters[0]["Subject"]


def test_who_sleeps_is_told_in_the_morning_in_one_letter_and_of_what_is_urgent_at_once(
    cast, server
):
    with_addresses(cast.chen, cast.ma)
    on_call(cast.ma, cast.near)
    for person in (cast.chen, cast.ma):
        Choice.objects.create(user=person, quiet_from="22:00", quiet_to="07:00")
    night, morning = (
        NOW.replace(hour=23, minute=0),
        NOW.replace(hour=7, minute=0) + timedelta(days=1),
    )
    cast.submit(at=night, title="走廊灯不亮")
    cast.submit(at=night + timedelta(hours=3), title="配电房冒烟", grade="urgent")
    with server.up():
        send_mail(night + timedelta(hours=3))
        [page] = server.letters
        assert (page["To"], "配电房冒烟" in page["Subject"]) == ("ma@example.org", True)
        send_mail(morning - timedelta(minutes=1))
        assert len(server.letters) == 1
        send_mail(morning)
    assert (server.letters[1]["To"], server.letters[1]["Subject"]) == (
        "chen@example.org",
        "[后勤管家] 2 条新消息",
    )
    body = server.letters[1].get_content()
    assert body.index("走廊灯不亮") < body.index("配电房冒烟")
    assert len(server.letters) == 2
