"""The people whom the tests across apps are played by, one campus with a building and another far away.

Everything is made by the actions that a real house uses; the time is Monday, 23 November 2026, 10:24.
"""

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from houqin.desk.catalogue.models import Entry, sync_catalogue
from houqin.desk.demands.actions import dispatch_demand, grade_demand, submit_demand
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.people.actions import add_department, grant_role
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.actions import add_place
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.worktime.seed import seed_national
from houqin.work.roster.seed import seed_patterns
from houqin.work.teams.models import Member, Skill, Team
from tests.stages import Stage

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))
POSTS = {
    "chen": ("陈专员", Role.COORDINATOR, None),
    "lin": ("林主管", Role.MANAGER, None),
    "li": ("李班长", Role.LEAD, "near"),
    "qin": ("秦班长", Role.LEAD, "far"),
    "ma": ("马队长", Role.DUTY, "near"),
    "xu": ("许会计", Role.FINANCE, None),
    "wang": ("王师傅", Role.TECHNICIAN, "near"),
    "zhao": ("赵师傅", Role.TECHNICIAN, "near"),
}


class Cast:
    """People, places and teams by short names, and the few moves that most stories begin with."""

    chen: User
    lin: User
    li: User
    qin: User
    ma: User
    xu: User
    wang: User
    zhao: User
    wu: User
    meng: User

    def __init__(self):
        seed_national(2026, 2026)
        seed_standard()
        sync_catalogue()
        seed_patterns()
        self.hq = add_department(None, name="后勤服务中心", code="hq")
        self.lab = add_department(None, name="研发一部", code="rd1")
        self.near = add_place(None, kind="campus", name="滨江园区", code="BJ")
        self.far = add_place(None, kind="campus", name="城西院区", code="CX")
        self.building = add_place(self.near, kind="building", name="2 号楼", code="BJ-2")
        self.room = add_place(self.building, kind="room", name="502", code="BJ-2-502")
        self.far_room = add_place(self.far, kind="room", name="215", code="CX-215")
        for username, (name, role, site) in POSTS.items():
            user = self.person(username, name, self.hq)
            grant_role(user, role, place=getattr(self, site) if site else None)
        self.person("wu", "吴工", self.lab)
        self.person("meng", "孟工", self.lab)
        self.hvac = Skill.objects.create(code="hvac", name="暖通")
        self.plumbing = Skill.objects.create(code="plumbing", name="水暖")
        self.team = self.crew(
            "滨江工程班", self.building, wang=[self.hvac], zhao=[self.hvac, self.plumbing]
        )

    def person(self, username, name, department):
        user = User(
            username=username,
            name=name,
            department=department,
            phone=f"68{User.objects.count():02d}",
        )
        user.set_unusable_password()
        user.save()
        setattr(self, username, user)
        return user

    def crew(self, name, place, **skilled):
        team = Team.objects.create(name=name, place=place)
        for username, skills in skilled.items():
            member = Member.objects.create(team=team, user=getattr(self, username))
            member.skills.set(skills)
        return team

    def submit(
        self,
        actor=None,
        *,
        at=NOW,
        title="502 会议室空调不制热",
        place=None,
        grade="routine",
        **more,
    ):
        entry = Entry.objects.get(code=more.pop("entry", "hvac"))
        with turned_to(at):
            return submit_demand(
                actor or self.wu,
                entry,
                place=place or self.room,
                title=title,
                claimed=grade,
                **more,
            )

    def graded(self, *, at=NOW, **more):
        demand = self.submit(at=at, **more)
        with turned_to(at):
            grade_demand(self.chen, demand, grade=demand.grade)
        return demand

    def order(self, *, at=NOW, executor=None, team=None, photos=False, **more):
        """A graded demand and the work order it led to, offered to wang unless somebody is named."""
        demand = self.graded(at=at, **more)
        Entry.objects.filter(pk=demand.entry_id).update(photos_needed=photos)
        demand.entry.refresh_from_db()
        taker = (
            {"executor": executor, "team": team} if executor or team else {"executor": self.wang}
        )
        with turned_to(at):
            return dispatch_demand(self.chen, demand, **taker)


# The house at NOW; what a test does happens then, unless it turns the clock on.
CAST = Stage(Cast, during=lambda: turned_to(NOW))
cast = CAST.fixture("cast")


@pytest.fixture
def as_user(client):
    """`as_user(person)` is the browser of that person."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def picture(name="photo.jpg", colour="teal"):
    """A small photo as a phone would send it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def later(**amount):
    """A moment after NOW."""
    return NOW + timedelta(**amount)
