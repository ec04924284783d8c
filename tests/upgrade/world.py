"""The world that is kept: some days of the demonstration, and on its last morning one of everything else.

All of it comes to be by the actions, the sweeps and the pages of the product; the same seed gives the same
history. Secrets (tokens, links, codes) are drawn anew each time.
"""

from datetime import timedelta

import pyotp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from houqin.cockpit import samples as cockpit
from houqin.desk.callbacks.actions import draw_call_back, reach_call_back
from houqin.desk.callbacks.models import CallBack
from houqin.desk.catalogue.models import Entry
from houqin.desk.channels import samples as channels
from houqin.desk.channels.drafts import save_draft
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.desk.intake import samples as intake
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place
from houqin.kernel.policies.actions import change_policy
from houqin.kernel.policies.registry import POLICIES
from houqin.kernel.sweeps.worker import Worker
from houqin.kernel.timekeeping import now, turned_to
from houqin.lines.rooms import samples as rooms
from houqin.lines.rooms.actions import (
    Agenda,
    book_meeting,
    cancel_meeting,
    check_in,
    save_closure,
)
from houqin.platform.identity import oidc, second_step
from houqin.platform.notices.actions import choose
from houqin.platform.sheets.actions import bring_import, map_import, start_import
from houqin.platform.sheets.registry import IMPORTS
from houqin.platform.tokens.actions import make_token, scopes_open_to
from houqin.setup.api_access import samples as api_access
from houqin.setup.grants import samples as grants
from houqin.setup.integrations import samples as integrations
from houqin.setup.workbook import samples as workbook
from houqin.shared.approvals import samples as approvals
from houqin.shared.approvals.actions import approve_approval, reject_approval
from houqin.shared.approvals.models import Approval
from houqin.shared.credentials.actions import NewCredential, add_credential
from houqin.ui import samples as ui
from houqin.ui.account.preferences import change_password
from houqin.ui.saved_views.actions import choose_columns
from houqin.work.feeds import samples as feeds
from houqin.work.orders import actions as work
from houqin.work.roster import samples as roster
from houqin.work.teams.credentials import ELECTRICIAN
from houqin.work.teams.models import Skill, Team
from tests.api.conftest import Caller, asks
from tests.cast import NOW, Cast, picture

DAYS = 4
PASSWORD = "kept-for-the-next-release"
NAMES = {
    "chen": "chen", "lin": "lin", "li": "libanzhang", "xu": "xu", "wang": "wang", "zhao": "zhao",
    "wu": "wugong", "meng": "meng", "sys": "sysadmin", "sec": "secadmin", "aud": "auditor",
}  # fmt: skip
SAMPLES = (
    approvals.chain, rooms.meeting, rooms.door, cockpit.wall_link, channels.favourite,
    channels.of_a_guest, intake.uploaded, feeds.link, roster.sheet, ui.export, ui.saved_view,
    grants.wish, integrations.delivery, workbook.book, api_access.token, api_access.service,
)  # fmt: skip


class Household(Cast):
    """The people and places of the demonstration by the names that the samples ask for."""

    def __init__(self):
        for name, username in NAMES.items():
            setattr(self, name, User.objects.get(username=username))
        self.near = Place.objects.get(code="BJ")
        self.building = Place.objects.get(code="BJ-2")
        self.room = Place.objects.get(code="BJ-2-5-02")
        self.lab = Department.objects.get(code="rd1")
        self.hvac = Skill.objects.get(code="hvac")
        self.team = Team.objects.get(name="滨江工程班")
        self.picture = picture


def make() -> dict[str, str]:
    """Fill the migrated, empty database and the storage, and seal the trail; at the end some of it is not
    sealed yet, as in a house that runs. What opens its doors: chen's password, a recovery code of the second
    step of secadmin, wugong's token."""
    call_command("load_demo", days=DAYS, at=NOW.isoformat())
    with transaction.atomic(), turned_to(NOW):
        house = Household()
        for part in (*SAMPLES, *PARTS):
            part(house)
    for minutes in (0, 20):
        with turned_to(NOW + timedelta(minutes=minutes)):
            Worker().run(once=True)
    with turned_to(NOW + timedelta(minutes=25)):
        token = a_program(house)
    return {"password": PASSWORD, "recovery_code": house.recovery_code, "token": token}


def demands_given_up(house):
    """In the states in which a demand ends without work."""
    desk.withdraw_demand(house.wu, house.submit(), reason="已经好了")
    desk.cancel_demand(house.chen, house.graded(), reason="重复")
    order = house.order(executor=house.wang)
    work.cancel_order(house.chen, order, reason="改由外单位处理")


def approvals_decided(house):
    """Granted and not; the demonstration has one that waits."""
    for decide in (approve_approval, reject_approval):
        demand = house.graded(entry="desk", title="新工位 2 个")
        decide(house.lin, Approval.objects.get(subject_id=demand.pk), comment="按编制")


def meetings_of_the_morning(house):
    """One that has begun and one that was called off."""
    for end in (check_in, cancel_meeting):
        where = rooms.room(house, f"洽谈室 {end.__name__}")
        stretch = {"starts_at": rooms.at(10), "ends_at": rooms.at(11.5)}
        with turned_to(rooms.at(9.9)):
            meeting = book_meeting(house.wu, where, Agenda("洽谈"), **stretch)
            end(house.wu, meeting)


def orders_that_stand_still(house):
    """On hold, and waiting for another to be done."""
    order = house.order(executor=house.wang, entry="plumbing", title="502 水管渗水")
    work.accept_order(house.wang, order)
    work.start_order(house.wang, order)
    later = {"executor": house.zhao, "after": order, "title": "补墙面"}
    desk.dispatch_demand(house.chen, Demand.objects.get(pk=order.subject_id), **later)
    work.hold_order(house.wang, order, reason="parts", note="等软管")


def finished(house, **more):
    """A demand of which the work is done."""
    order = house.order(executor=house.wang, entry="network", title="面板没有信号", **more)
    for verb in (work.accept_order, work.start_order):
        verb(house.wang, order)
    work.finish_order(house.wang, order, result="重做水晶头")
    return Demand.objects.get(pk=order.subject_id)


def demands_judged(house):
    """Refused, and accepted; the requesters of two are called."""
    desk.refuse_demand(house.wu, finished(house), reason="还是不通")
    desk.sign_demand(house.wu, finished(house), name="吴工")
    stars = {"speed": 2, "attitude": 5, "solution": 4}
    rated = finished(house)
    desk.sign_demand(house.wu, rated, name="吴工", **stars)
    draw_call_back(rated, CallBack.Why.RATED_LOW, at=now())
    reach_call_back(house.chen, CallBack.objects.get(demand=rated), solved=True, score=4)
    draw_call_back(finished(house), CallBack.Why.SAMPLE, at=now())


def overdue(house):
    """An urgent demand that nobody has looked at, whose alarms have rung."""
    house.submit(at=now() - timedelta(hours=5), grade="urgent", title="水漏进配电间")
    ring_alarms(now())


def rules_of_the_house(house):
    policy = POLICIES["demands.filed_after"]
    change_policy(house.lin, policy, value=policy.default + 5, reason="节假日多")
    paper = NewCredential(ELECTRICIAN, "T-1", valid_until=NOW.date(), photos=[picture()])
    add_credential(house.li, house.wang, paper, at=now())


def a_room_closed(house):
    stretch = {"starts_at": rooms.at(9, days=40), "ends_at": rooms.at(12, days=40)}
    save_closure(house.lin, None, changes={"room": rooms.room(house), "reason": "维修", **stretch})


def sign_ins(house):
    """By password, and one that failed; from outside; the second step and who has to use it."""
    for password in (f"before-{PASSWORD}", PASSWORD):
        change_password(house.chen, password=password, now=now())
    for word in ("wrong", PASSWORD):
        Client().post(reverse("signin"), {"username": "chen", "password": word, "stay": "on"})
    Client().post(reverse("signin"), {"username": "meng", "password": "wrong"})
    claims = {"iss": "https://id.example.org", "sub": "7312", "email_verified": True}
    oidc.person_of(claims | {"email": house.meng.email}, now=now())
    code = pyotp.TOTP(second_step.begin(house.sec)).at(now())
    house.recovery_code, *_others = second_step.confirm(house.sec, code=code, now=now())
    second_step.demand_of(house.sec, ["security_admin"], now=now())


def wishes(house):
    """What people keep and how they want to hear of things."""
    save_draft(house.wu, Entry.objects.get(code="hvac"), fields={"title": "没写完"})
    choose_columns(house.lin, "demands:demands", names=["number", "title"])
    choose(house.wu, mail={"demand": "daily"})


def a_program(house):
    """A demand that another system raises, with a key for its answer; the secret of its token."""
    scopes = scopes_open_to(house.wu)
    _token, secret = make_token(house.wu, house.wu, name="OA", scopes=scopes, days=30)
    Caller(secret).post("/demands", asks(house), key="kept")
    return secret


def imports(house):
    """A list of demands from elsewhere, which the worker takes in."""
    rows = f"标题,提交时间,编号,地点,服务项\n灯坏了,2026-03-02 10:00,R-1,{house.room.code},电\n"
    upload = SimpleUploadedFile("旧台账.csv", rows.encode())
    file = bring_import(house.lin, IMPORTS["intake:demands"], upload=upload)
    map_import(house.lin, file, mapping=file.mapping, settings={})
    file.refresh_from_db()
    start_import(house.lin, file)


def fault_codes(house):
    client = Client()
    client.force_login(house.lin)
    rows = "代码,名称,类别,工种\nk-1,进水,现象,\n".encode()
    page = "/orders/codes/import/"
    answer = client.post(page, {"upload": SimpleUploadedFile("码.csv", rows)})
    client.post(page + answer.url.removeprefix(page).split("/")[0] + "/start/")


PARTS = (
    demands_given_up, orders_that_stand_still, demands_judged, overdue, approvals_decided,
    meetings_of_the_morning, a_room_closed, rules_of_the_house, sign_ins, wishes, imports, fault_codes,
)  # fmt: skip
