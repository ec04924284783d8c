"""A small house: two campuses, the people of one demand, and the ways to bring it into each state."""

from datetime import datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from houqin.desk.catalogue.models import Entry, sync_catalogue
from houqin.desk.demands import actions
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.people.actions import add_department, grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.actions import add_place
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.seed import seed_national
from houqin.work.orders import actions as work
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift
from houqin.work.teams.models import Member, Skill, Team
from tests.stages import Stage

MONDAY = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))
CAST = [
    ("wu", "吴工", None), ("chen", "陈专员", Role.COORDINATOR), ("lin", "林主管", Role.MANAGER),
    ("li", "李班长", Role.LEAD), ("zhao", "赵值班", Role.DUTY), ("qian", "钱会计", Role.FINANCE),
    ("wang", "王师傅", None), ("far", "外人", None), ("west", "城西专员", Role.COORDINATOR),
    ("he", "贺工", None),
]  # fmt: skip


@pytest.fixture
def clock():
    """Monday morning; `clock.move_to` turns it on."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(furnished, settings, tmp_path, clock, client):
    settings.MEDIA_ROOT = tmp_path
    furnished.client = client
    return furnished


def photo(name="现场.jpg", colour="teal"):
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class Desk:
    """The people and places, demands in each state, and the desk as a browser sees it."""

    wu: User
    chen: User
    lin: User
    li: User
    zhao: User
    qian: User
    wang: User
    far: User
    west: User
    he: User

    def __init__(self):
        self.client: Any = None
        with time_machine.travel(MONDAY, tick=False):
            self._build()

    def _build(self):
        seed_national(2026, 2027)
        seed_standard()
        sync_catalogue()
        self._build_places()
        self._build_people()

    def _build_places(self):
        self.campus = add_place(None, kind="campus", name="滨江园区", code="BJ")
        building = add_place(self.campus, kind="building", name="2 号楼", code="BJ-2")
        self.room = add_place(building, kind="room", name="502 会议室", code="BJ-2-502")
        self.other_campus = add_place(None, kind="campus", name="城西院区", code="CX")

    def _build_people(self):
        department = add_department(None, name="研发一部", code="rd1")
        for username, name, role in CAST:
            person = User.objects.create_user(
                username, name=name, phone="5127", department=department
            )
            if role:
                grant_role(
                    person, role, place=self.other_campus if username == "west" else self.campus
                )
            setattr(self, username, person)
        self.luo = User.objects.create_user("luo", name="罗经理", department=department)
        grant_role(self.luo, Role.HEAD, department=department)
        skill = Skill.objects.create(code="hvac", name="暖通")
        self.team = Team.objects.create(name="滨江工程班", place=self.campus)
        self.member = Member.objects.create(team=self.team, user=self.wang)
        self.member.skills.add(skill)
        hours = {"starts_at": MONDAY - timedelta(hours=1), "ends_at": MONDAY + timedelta(hours=9)}
        Shift.objects.create(user=self.wang, place=self.campus, **hours)

    def submitted(self, **asked):
        values: dict[str, Any] = {
            "place": self.room,
            "title": "空调不制热",
            "claimed": "routine",
        } | asked
        return actions.submit_demand(values.pop("by", self.wu), self.entry("hvac"), **values)

    def entry(self, code):
        return Entry.objects.select_related("category").get(code=code)

    def brought_to(self, status, **asked):
        """A demand in that state, by the actions that lead there."""
        demand = self.submitted(**asked)
        for step in WAYS[status]:
            step(self, demand)
            demand.refresh_from_db()
        if status == "merged":  # by the review desk's merging
            other = self.submitted()
            Demand.objects.filter(pk=demand.pk).update(status=status, merged_into=other)
            demand.refresh_from_db()
        if (
            status == "rework"
        ):  # a moment inside the action that refuses; nobody meets it, all must bear it
            Demand.objects.filter(pk=demand.pk).update(status=status)
            demand.refresh_from_db()
        return demand

    def order(self, demand):
        return WorkOrder.objects.of(demand).last()

    def get(self, user, name, *args, **query):
        self.client.force_login(user)
        return self.client.get(
            reverse(name if ":" in name else f"demands:{name}", args=args), query
        )

    def speak(self, user, demand, verb, **data):
        """POST the verb's form; the demand is read again afterwards."""
        self.client.force_login(user)
        address = reverse("demands:demand_verb", args=[demand.number, verb])
        answer = self.client.post(address, data)
        demand.refresh_from_db()
        return answer

    def upload(self, name, content):
        return SimpleUploadedFile(name, content)

    def told(self, demand):
        """The names of the events of a demand, oldest first."""
        return [event.name for event in Event.objects.about(demand)]


furnished = Stage(Desk).fixture("furnished")


def _work(verb, **options):
    def do(desk, demand):
        getattr(work, f"{verb}_order")(desk.wang, desk.order(demand), **options)

    return do


def _finish(desk, demand):
    pictures = {"before": [photo("前.jpg", "red")], "after": [photo("后.jpg", "green")]}
    work.finish_order(desk.wang, desk.order(demand), result="换了电动二通阀", **pictures)


def _say(verb, who, **options):
    def do(desk, demand):
        getattr(actions, f"{verb}_demand")(getattr(desk, who), demand, **options)

    return do


def _dispatch(desk, demand):
    actions.dispatch_demand(desk.chen, demand, executor=desk.wang)


def _ask_approval(desk, demand):
    demand.entry.needs_approval = True
    actions.grade_demand(desk.chen, demand, grade="important")


GRADE = _say("grade", "chen", grade="routine")
STARS = {"speed": 5, "attitude": 5, "solution": 4}
WAYS = {
    "submitted": [],
    "merged": [],
    "pending": [_ask_approval],
    "returned": [_say("send_back", "chen", reason="哪一间？")],
    "rejected": [_say("reject", "chen", reason="不归后勤")],
    "cancelled": [GRADE, _say("cancel", "chen", reason="重复")],
    "graded": [GRADE],
    "dispatched": [GRADE, _dispatch],
    "responded": [GRADE, _dispatch, _work("accept")],
    "working": [GRADE, _dispatch, _work("accept"), _work("start")],
    "on_hold": [GRADE, _dispatch, _work("accept"), _work("start"), _work("hold", reason="parts")],
    "done": [GRADE, _dispatch, _work("accept"), _work("start"), _finish],
}
WAYS["rework"] = [*WAYS["done"], _say("refuse", "wu", reason="还在滴水")]
WAYS["accepted"] = [*WAYS["done"], _say("sign", "wu", name="吴工")]
WAYS["closed"] = [*WAYS["accepted"], _say("rate", "wu", **STARS)]


@pytest.fixture
def seeds():
    """What tests outside this file build with."""
    return SimpleNamespace(photo=photo, stars=STARS)
