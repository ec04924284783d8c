"""Every address answers every role as the tables in `houqin/setup/role_matrix/access` declare."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse

from houqin.cockpit.actions import make_wall_link
from houqin.desk.callbacks.actions import draw_call_back
from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import bring_paper, report_as_guest
from houqin.desk.channels.drafts import keep_favourite
from houqin.desk.demands.models import Demand
from houqin.desk.intake.actions import upload_import
from houqin.desk.rules.models import DispatchRule
from houqin.kernel.clock.models import Standard
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, RoleGrant
from houqin.kernel.worktime.models import Schedule
from houqin.platform.files.actions import attach, receive
from houqin.platform.files.models import Attachment
from houqin.platform.identity.models import Failure
from houqin.platform.notices.models import Delivery, Hook, Notice
from houqin.platform.sheets.actions import export_rows
from houqin.platform.sheets.models import Export
from houqin.platform.tokens.actions import make_service, make_token
from houqin.platform.tokens.models import Token
from houqin.platform.tokens.scopes import SCOPES
from houqin.setup.directory.models import RoleWish
from houqin.setup.role_matrix.access import ADDRESSES, ANONYMOUS, AUDIENCE
from houqin.setup.workbook.actions import bring_book
from houqin.setup.workbook.template import template
from houqin.ui.saved_views.actions import save_view
from houqin.work.feeds.ical import make_link
from houqin.work.orders.models import FaultCode
from houqin.work.roster.models import Shift, ShiftPattern
from houqin.work.roster.swapping import ask_swap
from tests.cast import CAST, NOW, as_user, cast, later, picture
from tests.stages import Stage

__all__ = ["as_user", "cast"]

PLAYED_BY = {
    "requester": "wu", "technician": "wang", "lead": "li", "duty": "ma", "coordinator": "chen",
    "manager": "lin", "finance": "xu", "head": "luo", "system_admin": "sys", "security_admin": "sec",
    "auditor": "aud",
}  # fmt: skip


def furnish(cast):
    """The cast, the head of the requester's department, the three administrators and the samples."""
    grant_role(cast.person("luo", "罗经理", cast.lab), Role.HEAD, department=cast.lab)
    for username, role in [("sys", "system_admin"), ("sec", "security_admin"), ("aud", "auditor")]:
        grant_role(cast.person(username, username, cast.hq), role)
    cast.service = make_service(
        cast.sys, username="svc-oa", name="OA", purpose="OA", roles=["coordinator"], place=cast.near
    )
    cast.api_token, _secret = make_token(
        cast.wang, cast.wang, name="t", scopes=["orders:read"], days=30
    )
    cast.hook = Hook.objects.create(
        name="群", kind="wecom", url="http://127.0.0.1:9/", events=["demand.*"]
    )
    cast.waiting = cast.submit()
    cast.given_order = cast.order(photos=True)
    cast.given = cast.given_order.subject
    draw_call_back(cast.given, "sample", at=NOW)
    cast.call = cast.given.call_back
    cast.photo = attach(cast.wu, cast.given, picture(), tag=Attachment.Tag.SCENE, at=NOW)
    cast.taken = Export(listing="", name="表.xlsx", content=b"PK", status="done")
    export_rows(cast.lin, cast.taken, at=NOW)
    cast.wall = make_wall_link(cast.lin, name="东墙", place=None)
    said = {"caller": "沈工", "phone": "13800135127", "title": "灯不亮", "photos": [picture()]}
    demand, cast.token = report_as_guest(cast.room, Entry.objects.get(code="electrical"), **said)
    cast.guest_photo = Attachment.objects.of(demand).get()
    return cast


house = Stage(furnish, on=CAST).fixture("house")


def arguments(house):
    """For each route with arguments, those of the sample that it is tried with."""
    day = {"schedule": Schedule.objects.get().pk, "year": 2026, "month": 11, "day": 23}
    schedule = {"schedule": day["schedule"]}
    file = upload_import(
        house.lin, upload=SimpleUploadedFile("a.csv", "内容,地点\n漏水,502\n".encode())
    )
    return {
        "export": {"pk": house.taken.pk},
        "drop_view": {"pk": save_view(house.lin, "x", name="x", query="q=x").pk},
        **(at_the_ways_in(house) | of_machines(house) | walls(house.wall)),
        "channels:new_demand_for": {"entry": "hvac"},
        "callbacks:callback": {"number": house.call.number},
        "callbacks:callback_verb": {"number": house.call.number},
        "handover:handover_of": {"username": "wang"},
        "handover:handover_back": {"username": "wang", "pk": 1},
        "demands:demand": {"number": house.given.number},
        "demands:explain_clock": {"number": house.given.number, "kind": "handling"},
        "demands:demand_verb": {"number": house.waiting.number},
        **of_the_orders(house),
        "paper": {"key": "demand", "of": house.given.number},
        **roster_samples(house),
        "attachment": {"pk": house.photo.pk},
        "attachment-thumb": {"pk": house.photo.pk},
        "notice-open": {"pk": Notice.objects.filter(user=house.wang)[0].pk},
        "setup:year": {"schedule": day["schedule"], "year": 2026},
        "setup:day": day,
        "setup:clear_day": day,
        "setup:notice": schedule,
        "setup:publish": schedule,
        **of_the_door(house),
        "setup:hook": {"pk": house.hook.pk},
        "setup:test_hook": {"pk": house.hook.pk},
        "setup:send_again": {"pk": Delivery.objects.filter(hook=house.hook)[0].pk},
        **{route: {"pk": file.pk} for route in IMPORTS},
        **administered(house),
    }


def of_the_orders(house):
    order = {"number": house.given_order.number}
    code = FaultCode.objects.create(kind="cause", code="x", name="x")
    return {"orders:order": order, "orders:order_verb": order, "orders:fault_code": {"pk": code.pk}}


def of_machines(house):
    service, waiting = {"pk": house.service.pk}, {"number": house.waiting.number}
    given, order = {"number": house.given.number}, {"number": house.given_order.number}
    return {
        "api:file": {"pk": house.photo.pk},
        "api:catalogue_entry": {"code": "hvac"},
        "api:demand": given,
        "api:demand_clocks": given,
        "api:demand_action": waiting,
        "api:order": order,
        "api:order_action": order,
        "api:replay": {"pk": Delivery.objects.filter(hook=house.hook)[0].pk},
        "revoke_token": {"pk": house.api_token.pk},
        **dict.fromkeys(
            ["service_account", "approve_service_account", "close_service_account"], service
        ),
    }


def at_the_ways_in(house):
    (sheet,) = bring_paper(house.chen, scans=[receive(picture())])
    paper = {"pk": sheet.pk}
    guest, photo = {"token": house.token}, {"pk": house.guest_photo.pk}
    return {
        "channels:alike": {"entry": "hvac"},
        "channels:save_draft": {"entry": "hvac"},
        "channels:drop_draft": {"entry": "hvac"},
        "channels:favourite": {"number": house.given.number},
        "channels:drop_favourite": {"pk": keep_favourite(house.wu, house.given, name="x").pk},
        **{f"channels:paper_{page}": paper for page in ("form", "scan", "discard")},
        "channels:follow_demand": {"number": house.given.number},
        "channels:at_place": {"label": house.room.label},
        "channels:guest_link": {"number": Demand.objects.get(channel="scan").number},
        "channels:guest_demand": guest,
        "channels:guest_demand_verb": guest,
        "channels:guest_photo": guest | photo,
        "channels:guest_thumb": guest | photo,
    }


def administered(house):
    """The samples of the administration: a finished house, and a workbook that the system administrator
    has brought to change it."""
    book = bring_book(house.sys, upload=SimpleUploadedFile("a.xlsx", template(filled=True)))
    wish = RoleWish.objects.create(
        user=house.meng, role=Role.DUTY, asked_by=house.sys, asked_at=NOW
    )
    whom, where = {"pk": house.zhao.pk}, {"pk": house.room.pk}
    schedule = {"schedule": Schedule.objects.get().pk}
    return {
        **{
            f"setup:{route}": {"pk": Standard.objects.get().pk}
            for route in ("standard", "withdraw_standard")
        },
        "setup:settle": {"code": "standards"},
        "setup:policy": {"key": "demands.filed_after"},
        "setup:first_password": {"token": "long-gone"},
        **{f"setup:{route}": {"pk": book.pk} for route in ("book", "marked_book", "take_book")},
        **{f"setup:{route}": whom for route in PERSON},
        **{
            f"setup:{route}": where
            for route in ("place", "edit_place", "close_place", "remove_place")
        },
        **{f"setup:{route}": {"pk": house.lab.pk} for route in DEPARTMENT},
        "setup:drop_wish": {"pk": wish.pk},
        "setup:revoke": {"pk": RoleGrant.objects.get(user=house.zhao).pk},
        "setup:service": {"code": "hvac"},
        **dict.fromkeys(("setup:schedule", "setup:give_schedule"), schedule),
        "setup:take_schedule": schedule | {"place": house.near.pk},
    }


PERSON = ("person", "edit_person", "deactivate", "restore", "new_link", "grant")
DEPARTMENT = ("department", "edit_department", "remove_department")


def of_the_door(house):
    failure = Failure.objects.create(username="wu", ends_at=NOW)
    return {"unlock": {"pk": failure.pk}, "help_person": {"pk": house.wu.pk}}


def walls(made):
    link, token = made
    return {"wall_by_link": {"token": token}, "revoke_wall": {"pk": link.pk}}


def roster_samples(house):
    """wang's calendar, and a swap that he asked of zhao."""
    start = NOW + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=8)}
    shift = Shift.objects.create(user=house.wang, place=house.near, **times)
    swap = {"number": ask_swap(house.wang, shift, colleague=house.zhao).number}
    team = {"team": house.team.pk}
    member = {"pk": house.team.pk, "member": house.team.crew.get(user=house.wang).pk}
    rule = DispatchRule.objects.create(name="规则", gives="best", active=False)
    return {
        **{f"rules:{route}": {"pk": rule.pk} for route in ("rule", "switch")},
        **{f"teams:{route}": {"pk": house.team.pk} for route in ("team", "join")},
        **{f"teams:{route}": member for route in ("member", "leave", "papers")},
        "roster:sheet": team, "roster:take_in": team, "roster:swap": swap, "roster:swap_verb": swap,
        "roster:pattern": {"pk": ShiftPattern.objects.all()[0].pk},
        "feeds:feed": {"token": make_link(house.wang)},
    }  # fmt: skip


IMPORTS = [f"intake:import_{page}" for page in ("file", "map", "preview", "start", "errors")]


def bearer(house, who):
    """The header with a token of `who` that has every scope."""
    if who == ANONYMOUS:
        return {}
    secret, user = Token.draw(), getattr(house, PLAYED_BY[who])
    Token.objects.create(
        user=user, name=who, digest=Token.digest_of(secret), scopes=SCOPES.codes, made_by=user, made_at=NOW,
        expires_at=later(days=1),
    )  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}


def address_of(address, given):
    keys = dict(given.get(address.route, {}))
    if address.sample:
        keys["verb"] = address.sample
    return reverse(address.route, kwargs=keys)


@pytest.mark.parametrize("who", AUDIENCE)
def test_every_address_answers_this_role_as_declared(who, house, client):
    given = arguments(house)
    wrong = []
    for address in ADDRESSES:
        with transaction.atomic():  # what one address does is undone before the next is tried
            client.logout()
            if who != ANONYMOUS:
                client.force_login(getattr(house, PLAYED_BY[who]))
            ask = client.post if address.method == "POST" else client.get
            with_token = bearer(house, who) if address.by_token else {}
            status = ask(address_of(address, given), headers=with_token).status_code
            transaction.set_rollback(True)
        if status != address.answer(who):
            wrong.append(
                f"{address.route} {address.sample}: {status}, declared {address.answer(who)}"
            )
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_address_is_undeclared_and_none_is_declared_that_is_not_there():
    assert {address.route for address in ADDRESSES} == set(routes())


def routes(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


def test_the_three_administrators_see_no_page_of_the_business(house, client):
    for username in ("sys", "sec", "aud"):
        client.force_login(getattr(house, username))
        for route in ("demands:demands", "channels:new_demand", "orders:orders", "figures"):
            answer = client.get(reverse(route))
            assert answer.status_code == 403
            assert "三员" in answer.content.decode()


def test_an_address_that_does_not_exist_is_404_for_everybody(house, client):
    for username in ("wu", "sys"):
        client.force_login(getattr(house, username))
        assert client.get("/no/such/page/").status_code == 404
