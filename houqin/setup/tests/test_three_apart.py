"""三员分立 at the door: nobody alone gets into the account of one of the three administrators."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from houqin.kernel.people.actions import go_away, grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.trail.models import Event
from houqin.platform.identity.models import OutsideAccount
from houqin.platform.notices.models import Notice
from houqin.platform.notices.sweeps import send_mail
from houqin.platform.sheets.models import ImportFile
from houqin.setup.sign_in_links.actions import PASSWORD_LINK
from houqin.setup.tests.test_import_house import book
from houqin.shared.links.models import Link
from tests.cast import NOW
from tests.provider import CLIENT, SECRET, Provider, through_the_provider

GOOD = {"new": "a long and quiet Monday", "again": "a long and quiet Monday"}


@pytest.fixture
def three(cast):
    """The three administrators as sys, sec and aud of the cast, each with a password."""
    for username, role in (
        ("sys", Role.SYSTEM_ADMIN),
        ("sec", Role.SECURITY_ADMIN),
        ("aud", Role.AUDITOR),
    ):
        person = cast.person(username, username, cast.hq)
        person.set_password("a-long-enough-secret")
        person.save()
        grant_role(person, role)
    return cast


def link_of(client, person):
    page = client.post(f"/people/{person.pk}/link/").content.decode()
    match = re.search(r"http://testserver(/start/[\w-]+/)", page)
    return match and match[1]


def changed(person, **changes):
    fields = {"name": person.name, "username": person.username, "department": person.department_id}
    return fields | {"phone": person.phone, "email": person.email} | changes


def printed(capsys, *words):
    call_command("setup_link", *words)
    return re.search(r"(/start/[\w-]+/)", capsys.readouterr().out)[1]


@pytest.mark.parametrize("whose", ["sys", "sec", "aud"])
def test_a_system_administrator_makes_no_link_for_an_administrator(three, as_user, whose):
    client, person = as_user(three.sys), getattr(three, whose)
    answer = client.post(f"/people/{person.pk}/link/")
    assert answer.status_code == 409
    assert f"setup_link --user {whose}" in answer.content.decode()
    assert not Link.objects.good(NOW).exists()
    page = client.get(f"/people/{person.pk}/").content.decode()
    assert f"setup_link --user {whose}" in page
    assert f"/people/{person.pk}/link/" not in page


def test_whoever_stands_in_for_one_gets_none_either(three, as_user):
    second = three.person("sec2", "第二位", three.hq)
    go_away(three.sec, substitute=second, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    assert link_of(as_user(three.sys), second) is None


def test_an_administrator_who_forgot_the_password_comes_back_by_the_machine(three, client, capsys):
    link = printed(capsys, "--user", "sec")
    assert client.post(link, GOOD).url == "/signin/"
    client.post("/signin/", {"username": "sec", "password": GOOD["new"]})
    assert get_user(client) == three.sec
    assert Notice.objects.get(user=three.sec).event.name == "user.link_made"
    with pytest.raises(CommandError):
        call_command("setup_link", "--user", "house")


def test_a_link_that_was_made_before_somebody_became_an_administrator_opens_nothing(three, as_user):
    link = link_of(as_user(three.sys), three.meng)
    fields = {"role": "auditor", "place": "", "department": "", "starts_at": "", "ends_at": ""}
    assert as_user(three.sec).post(f"/people/{three.meng.pk}/grant/", fields).status_code == 302
    assert not Link.objects.good(NOW).exists()
    assert as_user(three.sys).get(link).status_code == 404


def test_nor_does_one_of_somebody_who_came_to_the_post_in_another_way(three, as_user):
    client = as_user(three.sys)
    link = link_of(client, three.meng)
    grant_role(three.meng, Role.SECURITY_ADMIN)
    assert client.get(link).status_code == 404
    assert client.post(link, GOOD).status_code == 404
    assert not User.objects.get(pk=three.meng.pk).has_usable_password()


def test_the_workbook_of_links_leaves_the_three_out(three, as_user):
    User.objects.filter(pk=three.aud.pk).update(password="!")
    assert as_user(three.sys).post("/people/links/").status_code == 200
    assert Link.objects.of(PASSWORD_LINK, three.meng).exists()
    assert not Link.objects.of(PASSWORD_LINK, three.aud).exists()


@pytest.mark.parametrize("change", [{"email": "sys@example.org"}, {"username": "aud-was"}])
def test_nobody_else_changes_what_an_administrator_signs_in_by(three, as_user, change):
    client = as_user(three.sys)
    answer = client.post(f"/people/{three.aud.pk}/edit/", changed(three.aud, **change))
    assert answer.status_code == 409
    assert "三员之一" in answer.content.decode()
    assert (
        client.post(f"/people/{three.aud.pk}/edit/", changed(three.aud, phone="6001")).status_code
        == 302
    )
    three.aud.refresh_from_db()
    assert (three.aud.username, three.aud.email, three.aud.phone) == ("aud", "", "6001")


def test_nor_does_a_workbook(three, as_user):
    client = as_user(three.sys)
    upload = book(people=[["aud", "aud", None, "6001", "sys@example.org"]])
    page = client.post("/setup/import/", {"upload": upload}, follow=True)
    assert [problem.column for problem in page.context["preview"].problems] == ["邮箱"]
    client.post(f"/setup/import/{ImportFile.objects.get().pk}/start/", {"leave_out": "on"})
    three.aud.refresh_from_db()
    assert three.aud.email == ""


def test_administrators_change_their_own_address_by_their_password(three, as_user):
    client, where = as_user(three.aud), reverse("set_email")
    assert 'action="/me/security/email/"' in client.get("/me/security/").content.decode()
    asked = {"email": "aud@example.org", "password": "wrong"}
    assert client.post(where, asked).status_code == 422
    assert (
        client.post(where, asked | {"email": "x", "password": "a-long-enough-secret"}).status_code
        == 422
    )
    assert client.post(where, asked | {"password": "a-long-enough-secret"}).status_code == 302
    three.aud.refresh_from_db()
    assert three.aud.email == "aud@example.org"
    assert Event.objects.get(name="user.changed").facts["changed"] == ["email"]
    assert as_user(three.wu).post(where, {"email": "lin@example.org"}).status_code == 403
    assert "/me/security/email/" not in as_user(three.wu).get("/me/security/").content.decode()


@pytest.fixture
def provider(settings):
    server = Provider()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = (
        server.issuer,
        CLIENT,
        SECRET,
    )
    yield server
    server.close()


def test_the_identity_provider_finds_no_administrator_by_an_address(three, provider, client):
    User.objects.filter(pk=three.aud.pk).update(email="wu@example.org")
    through_the_provider(client)
    assert get_user(client).is_anonymous
    assert "三员的账号不凭邮箱关联" in client.get("/signin/").content.decode()
    OutsideAccount.objects.create(user=three.aud, issuer=provider.issuer, subject="u-1")
    through_the_provider(client)
    assert get_user(client) == three.aud


def test_whoever_gets_a_link_is_told_so_and_nobody_in_their_stead(three, as_user):
    User.objects.filter(pk=three.meng.pk).update(email="meng@example.org")
    go_away(three.meng, substitute=three.wu, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    assert link_of(as_user(three.sys), three.meng)
    notice = Notice.objects.get()
    assert (notice.user, notice.event.actor, notice.urgent) == (three.meng, three.sys, True)
    send_mail(NOW)
    assert [letter.to for letter in mail.outbox] == [["meng@example.org"]]
    assert "一次性链接" in mail.outbox[0].body
    assert "/start/" not in mail.outbox[0].body
