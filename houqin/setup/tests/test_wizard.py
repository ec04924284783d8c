"""The steps from an empty house to its first request: who opens it, and who does which."""

import re

import pytest
from django.core.management import CommandError, call_command

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.policies import FILED_AFTER
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, RoleGrant, User
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.worktime.models import Schedule
from houqin.setup.first_steps.models import SettledStep
from houqin.setup.organisation.models import Organisation
from houqin.setup.sign_in_links.actions import make_setup_link
from houqin.shared.links.models import Link
from tests.cast import NOW, later

POSTS = ("manager", "system_admin", "security_admin", "auditor")
FOUNDING = {"name": "新单位", "kind": "school", "language": "en"}
FOUNDING |= {
    f"{post}_{part}": f"{post}-{part[0]}" for post in POSTS for part in ("name", "username")
}


@pytest.fixture
def code(db):
    with turned_to(NOW):
        yield make_setup_link(NOW)


def test_an_empty_house_opens_by_its_code_alone(code, client):
    assert client.get("/signin/").url == "/setup/"
    assert client.post("/setup/", FOUNDING).status_code == 422
    for wrong in ("x", "a b", code[:-1], code.lower()):
        assert client.get("/setup/", {"code": wrong}).status_code == 422
    with turned_to(later(days=8)):
        assert client.get("/setup/", {"code": code}).status_code == 422
    assert client.get("/setup/", {"code": code}).url == "/setup/"
    assert "互不兼任" in client.get("/setup/").content.decode()
    assert not User.objects.filter(is_active=True).exists()
    assert code not in str(list(Link.objects.values()))


def test_a_newer_code_ends_the_one_before(code, client):
    newer = make_setup_link(NOW)
    assert client.get("/setup/", {"code": code}).status_code == 422
    assert client.get("/setup/", {"code": newer}).status_code == 302


def test_founding_makes_four_people_of_four_posts_and_what_a_request_needs(code, client):
    client.get("/setup/", {"code": code})
    assert client.post("/setup/", FOUNDING | {"auditor_username": "MANAGER-u"}).status_code == 422
    assert client.post("/setup/", FOUNDING | {"auditor_username": "a b"}).status_code == 422
    assert client.post("/setup/", FOUNDING).url == "/setup/accounts/"
    links = re.findall(
        r'href="http://testserver(/start/[\w-]+/)"', client.get("/setup/accounts/").content.decode()
    )
    assert len(links) == 4
    assert set(RoleGrant.objects.values_list("user__username", "role")) == {
        (f"{post}-u", post) for post in POSTS
    }
    assert not any(user.has_usable_password() for user in User.objects.filter(is_active=True))
    assert Organisation.objects.get().name == "新单位"
    assert FILED_AFTER.at(now()) == 30  # as is usual in a school
    assert Entry.objects.exists()
    assert client.get("/setup/", {"code": code}).url.startswith(
        "/signin/"
    )  # it opens nothing any more
    assert (
        type(client)().get("/setup/accounts/").status_code == 404
    )  # another browser has no business there


def test_the_calendar_counts_in_the_zone_of_the_house(code, client, settings):
    settings.TIME_ZONE = "Asia/Urumqi"
    assert "Asia/Urumqi" in client.get("/setup/", {"code": code}, follow=True).content.decode()
    client.post("/setup/", FOUNDING)
    assert Schedule.objects.get().timezone == "Asia/Urumqi"


def test_every_step_is_done_by_its_post_and_the_home_leads_there(code, client):
    client.get("/setup/", {"code": code})
    client.post("/setup/", FOUNDING)
    of = {post: User.objects.get(username=f"{post}-u") for post in POSTS}
    for post, mine in (
        ("system_admin", "sheet"),
        ("security_admin", "roles"),
        ("manager", "calendar"),
    ):
        client.force_login(of[post])
        assert client.get("/setup/").context["next"].step.code == mine
        if post != "manager":
            assert client.get("/").url == "/setup/"
    assert client.post("/setup/steps/first/", {"skip": "1"}).status_code == 409
    assert (
        client.post("/setup/steps/sheet/", {"skip": "1"}).status_code == 403
    )  # the system administrator's
    assert client.post("/setup/steps/no/", {"skip": "1"}).status_code == 404
    client.post("/setup/steps/calendar/", {"skip": "1"})
    client.post("/setup/steps/standards/", {"confirm": "1"})
    assert dict(SettledStep.objects.values_list("code", "skipped")) == {
        "calendar": True,
        "standards": False,
    }
    assert client.get("/setup/").context["next"].step.code == "first"


def test_a_campus_manager_and_a_coordinator_do_not_set_the_house_up(cast, as_user):
    grant_role(cast.person("campus", "园区主管", cast.hq), Role.MANAGER, place=cast.near)
    assert as_user(cast.campus).post("/setup/steps/standards/", {"confirm": "1"}).status_code == 403
    assert as_user(cast.chen).get("/setup/").status_code == 403


def test_the_command_prints_the_way_in_and_only_where_it_leads_in(db, capsys):
    call_command("setup_link")
    assert "/setup/?code=" in capsys.readouterr().out
    User.objects.create(username="sys", name="系统")
    with pytest.raises(CommandError, match="已经有人"):
        call_command("setup_link")
    with pytest.raises(CommandError, match="nobody"):
        call_command("setup_link", "--user", "nobody")
    call_command("setup_link", "--user", "SYS")
    assert "/start/" in capsys.readouterr().out
