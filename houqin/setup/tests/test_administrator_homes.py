"""The home of each of the three administrators: what waits for the post, and nothing of the business."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS
from houqin.kernel.worktime.models import Schedule
from houqin.platform.audit_chain.actions import begin_check, seal_events, step_check
from houqin.platform.audit_chain.models import Check
from houqin.platform.identity.models import Failure
from houqin.platform.notices.models import Delivery
from houqin.platform.tokens.actions import make_service
from houqin.setup.administration.reports import administrator_context
from houqin.setup.directory.models import RoleWish
from houqin.setup.sign_in_links.actions import make_links
from tests.cast import NOW, later


@pytest.fixture
def three(cast):
    """The three administrators of a house in which every background job has just run."""
    for username, role in (
        ("sys", Role.SYSTEM_ADMIN),
        ("sec", Role.SECURITY_ADMIN),
        ("aud", Role.AUDITOR),
    ):
        grant_role(cast.person(username, username, cast.hq), role)
    for name in SWEEPS:
        SweepRun.objects.create(name=name, next_at=later(seconds=30), last_finished_at=NOW)
    User.objects.update(password="x")
    for person in (cast.sys, cast.sec, cast.aud):
        person.refresh_from_db()
    Schedule.objects.update(published_through=None)  # of which none is missed
    return cast


def tasks(person, at=NOW):
    return [task.title for task in administrator_context(person, at)["duties"].tasks]


def home(as_user, person):
    answer = as_user(person).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("username", ["sys", "sec", "aud"])
def test_each_has_a_home_whose_links_open_and_that_has_nothing_of_the_business(
    three, as_user, username
):
    order = three.order(title="不给三员看的事")
    client, page = as_user(getattr(three, username)), home(as_user, getattr(three, username))
    assert "不给三员看的事" not in page
    assert order.subject.number not in page
    main = page[page.index('id="main"') :]
    links = set(re.findall(r'href="(/[^"]*)"', main)) - {"/notices/", "/me/"}
    assert links
    for link in links:
        assert client.get(link, follow=True).status_code == 200, link


def test_every_background_job_has_a_name_in_words():
    assert [sweep.name for sweep in SWEEPS.values() if str(sweep.title) == sweep.name] == []


def test_the_system_administrator_learns_what_failed_and_who_cannot_sign_in(three, as_user):
    assert tasks(three.sys) == []
    assert "都会列在这里" in home(as_user, three.sys)
    SweepRun.objects.filter(name="notices.send_mail").update(last_error="Trace\nOSError: no route")
    SweepRun.objects.filter(name="search.refresh_index").update(next_at=NOW - timedelta(hours=1))
    User.objects.filter(username__in=["wu", "meng"]).update(password="!")
    make_links(three.sys, [three.meng])
    Delivery.objects.all().delete()
    page = home(as_user, three.sys)
    assert tasks(three.sys) == [
        "后台任务“发送邮件”出错",
        "1 项后台任务没有按时运行",
        "1 人还没有登录链接",
    ]
    for words in ("OSError: no route", "更新搜索索引", 'href="/people/?view=waiting"'):
        assert words in page


def test_the_security_administrator_sees_wishes_services_locks_and_guesses(three, as_user):
    RoleWish.objects.create(user=three.wu, role="duty", asked_by=three.sys, asked_at=NOW)
    make_service(
        three.sys, username="svc", name="OA", purpose="OA", roles=["coordinator"], place=three.near
    )
    until = {"ends_at": later(minutes=5), "locked_until": later(minutes=5)}
    Failure.objects.create(username="wu", address="", count=60, **until)
    Failure.objects.create(username="", address="10.1.2.3", count=60, ends_at=NOW)
    assert tasks(three.sec)[:4] == [
        "1 个角色等待授予",
        "服务账号“OA”等待核准",
        "1 个账号已锁定",
        "1 个地址反复登录失败",
    ]
    assert "10.1.2.3 × 60" in home(as_user, three.sec)
    assert tasks(three.sys) == []


def test_the_auditor_sees_the_last_check_and_what_changed(three, as_user):
    three.submit()
    seal_events(later(minutes=10))
    assert tasks(three.aud, later(minutes=10)) == ["审计记录还没有核验过"]
    check = begin_check(three.aud, at=NOW)
    step_check(check, most=50)
    step_check(check, most=50)
    make_service(
        three.sys, username="svc", name="OA", purpose="OA", roles=["coordinator"], place=three.near
    )
    page = home(as_user, three.aud)
    assert "全部一致" in page
    assert "新建服务账号“OA”" in page
    Check.objects.update(wrong=2)
    assert tasks(three.aud) == ["最近一次核验发现 2 处改动"]
    Check.objects.update(wrong=0, at=NOW - timedelta(days=3))
    assert "审计记录两天以上没有核验" in tasks(three.aud)


def test_a_home_costs_the_same_however_much_has_changed(three, as_user):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            home(as_user, three.aud)
        return len(queries)

    for name in ("OA", "门禁"):
        service = {"roles": ["coordinator"], "place": three.near, "purpose": name}
        make_service(three.sys, username=name, name=name, **service)
    asked()
    before = asked()
    for name in ("财务", "餐饮", "访客"):
        service = {"roles": ["coordinator"], "place": three.near, "purpose": name}
        make_service(three.sys, username=name, name=name, **service)
    assert asked() == before
