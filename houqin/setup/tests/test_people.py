"""Accounts, the links by which passwords are chosen, and roles: who keeps which, and what each refuses."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, RoleGrant, User
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.setup.directory.models import RoleWish
from houqin.shared.links.models import Link
from tests.cast import NOW, later

pytestmark = pytest.mark.engine
GOOD = {"new": "a long and quiet Monday", "again": "a long and quiet Monday"}


@pytest.fixture
def three(cast):
    """The three administrators as sys, sec and aud of the cast."""
    for username, role in (
        ("sys", Role.SYSTEM_ADMIN),
        ("sec", Role.SECURITY_ADMIN),
        ("aud", Role.AUDITOR),
    ):
        grant_role(cast.person(username, username, cast.hq), role)
    return cast


def of(person, page="", **more):
    return reverse(f"setup:{page or 'person'}", args=[person.pk])


def link_of(client, person):
    page = client.post(of(person, "new_link")).content.decode()
    return re.search(r"http://testserver(/start/[\w-]+/)", page)[1]


def test_an_account_is_added_changed_and_told_apart_by_its_number(three, as_user):
    client = as_user(three.sys)
    fields = {
        "name": "张三",
        "username": "1024",
        "department": three.lab.pk,
        "phone": "6001",
        "email": "",
    }
    client.post("/people/new/", fields)
    zhang = User.objects.get(username="1024")
    assert (zhang.name, zhang.department, zhang.has_usable_password()) == ("张三", three.lab, False)
    answer = client.post("/people/new/", fields | {"username": "WU"})
    assert answer.status_code == 422
    assert "“WU”已经有了" in answer.content.decode()
    assert client.post(of(zhang, "edit_person"), fields | {"phone": "6002"}).status_code == 302
    event = Event.objects.get(name="user.changed")
    assert event.facts == {
        "name": "张三",
        "changed": ["phone"],
    }  # what stood in it is nobody's business


def test_the_list_costs_the_same_for_any_number_of_people(
    three, as_user, django_assert_max_num_queries
):
    client = as_user(three.sec)
    client.get("/people/")
    with django_assert_max_num_queries(25) as counted:
        client.get("/people/?q=师傅")
    for nth in range(20):
        grant_role(
            three.person(f"p{nth}", f"新师傅{nth}", three.lab), Role.TECHNICIAN, place=three.near
        )
    with django_assert_max_num_queries(len(counted.captured_queries)):
        client.get("/people/?q=师傅")


def test_a_link_opens_one_password_once(three, as_user, client):
    link = link_of(as_user(three.sys), three.meng)
    client.logout()
    assert "孟工" in client.get(link).content.decode()
    answer = client.post(link, {"new": "12345678", "again": "12345678"})
    assert answer.status_code == 422
    assert client.post(link, GOOD | {"again": "other"}).status_code == 422
    assert client.post(link, GOOD).url == "/signin/"
    three.meng.refresh_from_db()
    assert three.meng.check_password(GOOD["new"])
    assert client.get(link).status_code == 404
    assert client.post(link, GOOD).status_code == 404
    assert GOOD["new"] not in str(list(Link.objects.values()))
    assert link.split("/")[2] not in str(list(Link.objects.values()))


def test_a_newer_link_a_week_or_a_closed_account_ends_a_link(three, as_user, client):
    first = link_of(as_user(three.sys), three.meng)
    second = link_of(as_user(three.sys), three.meng)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    with turned_to(NOW + timedelta(days=7, minutes=1)):
        assert client.get(second).status_code == 404
    as_user(three.sys).post(of(three.meng, "deactivate"))
    assert client.get(second).status_code == 404


def test_everybody_without_a_password_gets_a_link_in_one_workbook(three, as_user):
    answer = as_user(three.sys).post("/people/links/")
    assert answer["Content-Type"].endswith("sheet")
    assert answer["Cache-Control"] == "no-store"
    business = User.objects.filter(is_active=True).exclude(username__in=("sys", "sec", "aud"))
    assert Link.objects.count() == business.count()


def test_a_closed_account_is_out_at_once_and_can_come_back(three, as_user, client):
    as_user(three.sys).post(of(three.meng, "deactivate"))
    client.force_login(three.meng)
    assert client.get("/").status_code == 302  # the session of before opens nothing
    as_user(three.sys).post(of(three.meng, "restore"))
    assert User.objects.get(pk=three.meng.pk).is_active
    names = list(Event.objects.about(three.meng).values_list("name", flat=True))
    assert names[-2:] == ["user.deactivated", "user.restored"]


def test_who_has_open_work_oneself_and_the_last_administrator_stay(three, as_user):
    three.order()
    client = as_user(three.sys)
    for person, words in (
        (three.wang, "1 件没办完"),
        (three.wu, "1 件没办完"),
        (three.sys, "自己的账号"),
        (three.aud, "最后一位审计管理员"),
    ):
        answer = client.post(of(person, "deactivate"))
        assert answer.status_code == 409
        assert words in answer.content.decode()
    assert "交接以后才能停用" in client.get(of(three.wang)).content.decode()


def grant(client, person, role, **more):
    fields = {"role": role, "place": "", "department": "", "starts_at": "", "ends_at": ""}
    return client.post(of(person, "grant"), fields | more)


def test_a_role_is_granted_at_a_place_for_a_while_and_ends_by_itself(three, as_user):
    until = {"starts_at": "2026-11-24T08:00", "ends_at": "2026-11-30T18:00"}
    assert (
        grant(
            as_user(three.sec), three.meng, "coordinator", place=three.near.pk, **until
        ).status_code
        == 302
    )
    for at, held in ((NOW, set()), (later(days=2), {"coordinator"}), (later(days=9), set())):
        with turned_to(at):
            assert User.objects.get(pk=three.meng.pk).roles_at(three.room) == held
    event = Event.objects.get(name="role.granted", target_id=three.meng.pk)
    assert (event.actor, event.facts["where"]) == (three.sec, "滨江园区")


def test_nobody_grants_to_themselves_or_mixes_the_three_posts(three, as_user):
    refused = [
        ("sec", "auditor", "不能给自己授权"), ("sys", "auditor", "三员互相分立"),
        ("aud", "technician", "也不办业务"), ("wang", "security_admin", "已是维修技师"),
    ]  # fmt: skip
    client = as_user(three.sec)
    for whom, role, words in refused:
        answer = grant(client, getattr(three, whom), role)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not RoleGrant.objects.filter(user=getattr(three, whom), role=role).exists()


def test_what_is_wrong_with_a_grant_is_said_in_the_form(three, as_user):
    lab, near, client = three.lab.pk, three.near.pk, as_user(three.sec)
    wrong = [
        ("head", {}, "请选一个"), ("head", {"department": lab, "place": near}, "只能按一个管"),
        ("duty", {"department": lab}, "只能按一个管"), ("king", {}, "field__error"),
        ("duty", {"starts_at": "2026-12-02T08:00", "ends_at": "2026-12-01T08:00"}, "晚于开始"),
    ]  # fmt: skip
    for role, more, words in wrong:
        answer = grant(client, three.meng, role, **more)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_role_is_revoked_but_not_the_last_administrators_and_not_ones_own(three, as_user):
    client = as_user(three.sec)
    held = RoleGrant.objects.get(user=three.wang)
    assert client.post(reverse("setup:revoke", args=[held.pk])).status_code == 302
    assert not RoleGrant.objects.filter(user=three.wang).exists()
    for person, status in ((three.sys, 409), (three.sec, 403)):
        held = RoleGrant.objects.get(user=person)
        assert client.post(reverse("setup:revoke", args=[held.pk])).status_code == status


def test_wishes_of_a_sheet_hold_when_they_are_granted_all_or_none(three, as_user):
    wishes = [
        RoleWish.objects.create(
            user=person, role=role, place=three.near, asked_by=three.sys, asked_at=NOW
        )
        for person, role in (
            (three.meng, Role.DUTY),
            (three.wu, Role.TECHNICIAN),
            (three.aud, Role.DUTY),
        )
    ]
    client = as_user(three.sec)
    assert "待授予" in client.get("/people/").content.decode()
    answer = client.post("/grants/", {"wishes": [wish.pk for wish in wishes]})
    assert answer.status_code == 409
    assert RoleWish.objects.count() == 3
    assert client.post(reverse("setup:drop_wish", args=[wishes[2].pk])).status_code == 302
    assert client.post("/grants/", {"wishes": []}).status_code == 422
    assert client.post("/grants/", {"wishes": [wish.pk for wish in wishes[:2]]}).status_code == 302
    assert User.objects.get(pk=three.meng.pk).roles_at(three.room) == {"duty"}
    assert not RoleWish.objects.exists()
