"""The demonstration organisation: 滨江科创集团, three sites, some 120 people in all roles.

Everything here is invented. It is made through the same actions that a real organisation uses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from houqin.demo.craft import teach_the_craft
from houqin.desk.catalogue.models import sync_catalogue
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.people.actions import add_department, grant_role
from houqin.kernel.people.models import Department, Role, User
from houqin.kernel.places.actions import add_place
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.models import PlaceSchedule, Schedule, schedule_at
from houqin.kernel.worktime.seed import seed_national
from houqin.setup.first_steps.models import SettledStep
from houqin.setup.organisation.models import Organisation as House
from houqin.work.roster.models import Shift, ShiftPattern
from houqin.work.roster.seed import seed_patterns
from houqin.work.teams.models import Member, Skill, Team

SITES = {
    "BJ": (
        "滨江园区",
        (("1 号楼", 4), ("2 号楼", 6), ("3 号楼", 7), ("食堂", 2)),
        ("北门", "南广场"),
    ),
    "CX": ("城西院区", (("实验楼", 5), ("综合楼", 4)), ("停车场",)),
    "LG": ("临港基地", (("厂房一", 2), ("厂房二", 2), ("办公楼", 3)), ("装卸区", "绿化带")),
}
ROOMS = ("会议室", "办公区", "茶水间", "卫生间", "走廊", "设备间")
DEPARTMENTS = {
    "rd1": "研发一部", "rd2": "研发二部", "qa": "质量部", "mkt": "市场部", "fin": "财务部",
    "hr": "人力资源部", "adm": "行政部", "buy": "采购部", "mfg": "生产部", "hq": "后勤服务中心",
}  # fmt: skip
SKILLS = {
    "plumbing": "水暖", "electrical": "电工", "hvac": "暖通", "lift": "电梯", "carpentry": "木工",
    "weak_current": "弱电", "cleaning": "保洁", "greening": "绿化", "security": "安保", "fire": "消防",
}  # fmt: skip
TEAMS = (
    ("滨江工程班", "BJ", "internal", (
        ("wang", "王师傅", ("hvac", "plumbing")), ("zhao", "赵师傅", ("plumbing", "electrical")),
        ("li", "李师傅", ("electrical", "fire")), ("sun", "孙师傅", ("carpentry", "weak_current")),
        ("ding", "丁师傅", ("plumbing", "carpentry")))),
    ("城西工程班", "CX", "internal", (
        ("qian", "钱师傅", ("hvac", "electrical")), ("zhou", "周师傅", ("plumbing", "weak_current")),
        ("xie", "谢师傅", ("carpentry", "fire")))),
    ("临港工程班", "LG", "internal", (
        ("wu2", "武师傅", ("electrical", "hvac")), ("deng", "邓师傅", ("plumbing", "carpentry")),
        ("cao", "曹师傅", ("fire", "weak_current")))),
    ("保洁绿化班", "BJ", "internal", (
        ("liu", "刘姐", ("cleaning",)), ("tang", "唐姐", ("cleaning", "greening")),
        ("fan", "范姐", ("cleaning",)))),
    ("安保班", "BJ", "internal", (("ma", "马队长", ("security", "fire")), ("gao", "高师傅", ("security",)))),
    ("华清暖通（外包）", "CX", "contractor", (("hua", "华工", ("hvac",)), ("qing", "秦工", ("hvac",)))),
    ("迅达维保（外包）", "BJ", "contractor", (("xun", "荀工", ("lift",)),)),
)  # fmt: skip
NAMED = (
    # username, name, department, extension, what they may do, where
    ("wugong", "吴工", "rd1", "5127", (), ""),
    ("chen", "陈专员", "hq", "6801", (Role.COORDINATOR,), ""),
    ("lin", "林主管", "hq", "6800", (Role.MANAGER,), ""),
    ("libanzhang", "李班长", "hq", "6810", (Role.LEAD,), "BJ"),
    ("luo", "罗经理", "rd1", "5100", (Role.HEAD,), ""),
    ("xu", "许会计", "fin", "5300", (Role.FINANCE,), ""),
    ("meng", "孟工", "qa", "7312", (), ""),
    ("shen", "沈工", "rd2", "5221", (), ""),
    ("zheng", "小郑", "adm", "5002", (), ""),
    ("he", "何老师", "hr", "5400", (), ""),
    ("zhoucx", "周专员", "hq", "7801", (Role.COORDINATOR,), "CX"),
    ("sysadmin", "系统管理员", "adm", "", (Role.SYSTEM_ADMIN,), ""),
    ("secadmin", "安全管理员", "adm", "", (Role.SECURITY_ADMIN,), ""),
    ("auditor", "审计管理员", "adm", "", (Role.AUDITOR,), ""),
)
ACCOUNTS = (
    ("wugong", "需求人"), ("chen", "后勤专员"), ("wang", "维修技师"), ("lin", "后勤主管"), ("zhao", "值班"),
    ("libanzhang", "班组长"), ("luo", "部门负责人"), ("xu", "财务"), ("zheng", "前台"),
    ("sysadmin", "系统管理员"), ("secadmin", "安全管理员"), ("auditor", "审计管理员"),
)  # fmt: skip
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
)
GIVEN = (
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "强",
    "磊",
    "洋",
    "艳",
    "勇",
    "军",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "兰",
    "霞",
    "平",
    "刚",
)
STAFF_TOTAL = 120


@dataclass
class DemoOrganisation:
    """What the history is played with."""

    people: dict[str, User] = field(default_factory=dict)
    requesters: list[User] = field(default_factory=list)
    rooms: dict[str, list[Place]] = field(default_factory=dict)
    sites: dict[str, Place] = field(default_factory=dict)
    officers: dict[str, list[User]] = field(default_factory=dict)


def build_organisation(random: Random, first: datetime, last: datetime) -> DemoOrganisation:
    """Make places, departments, people, teams and the duty roster from `first` to `last`."""
    seed_national()
    seed_standard()
    sync_catalogue()
    seed_patterns()
    organisation = DemoOrganisation()
    departments = _departments()
    _places(organisation)
    _named_people(organisation, departments)
    _teams(organisation, departments)
    _others(organisation, departments, random)
    _roster(organisation, first, last)
    _night_schedule(organisation)
    _settled(organisation, first)
    return organisation


def _departments() -> dict[str, Department]:
    top = add_department(None, name="滨江科创集团", code="group")
    return {code: add_department(top, name=name, code=code) for code, name in DEPARTMENTS.items()}


def _places(organisation: DemoOrganisation) -> None:
    for code, (name, buildings, outdoors) in SITES.items():
        site = organisation.sites[code] = add_place(None, kind="campus", name=name, code=code)
        organisation.rooms[code] = []
        for nth, (building_name, floors) in enumerate(buildings, 1):
            building = add_place(site, kind="building", name=building_name, code=f"{code}-{nth}")
            for level in range(1, floors + 1):
                floor = add_place(
                    building, kind="floor", name=f"{level} 层", code=f"{code}-{nth}-{level}"
                )
                organisation.rooms[code] += _rooms(floor, level)
        for nth, outdoor in enumerate(outdoors, 1):
            organisation.rooms[code].append(
                add_place(site, kind="outdoor", name=outdoor, code=f"{code}-W{nth}")
            )


def _rooms(floor: Place, level: int) -> list[Place]:
    numbered = [
        f"{level}{nth:02d} {name}" if name in ROOMS[:2] else name
        for nth, name in enumerate(ROOMS, 1)
    ]
    return [
        add_place(floor, kind="room", name=name, code=f"{floor.code}-{nth:02d}")
        for nth, name in enumerate(numbered, 1)
    ]


def _person(username: str, name: str, department: Department, phone: str = "") -> User:
    user = User(username=username, name=name, department=department, phone=phone)
    user.set_unusable_password()
    user.email = f"{username}@example.org"
    user.save()
    return user


def _named_people(organisation: DemoOrganisation, departments: dict[str, Department]) -> None:
    for username, name, department, phone, roles, site in NAMED:
        user = organisation.people[username] = _person(
            username, name, departments[department], phone
        )
        for role in roles:
            over = departments[department] if role == Role.HEAD else None
            grant_role(user, role, place=organisation.sites.get(site), department=over)
        if not roles:
            organisation.requesters.append(user)


def _teams(organisation: DemoOrganisation, departments: dict[str, Department]) -> None:
    skills = {code: Skill.objects.create(code=code, name=name) for code, name in SKILLS.items()}
    teach_the_craft()
    extension = 6820
    for team_name, site, kind, crew in TEAMS:
        team = Team.objects.create(name=team_name, kind=kind, place=organisation.sites[site])
        for username, name, masters in crew:
            extension += 1
            user = organisation.people[username] = _person(
                username, name, departments["hq"], str(extension)
            )
            grant_role(user, Role.TECHNICIAN, place=organisation.sites[site])
            member = Member.objects.create(team=team, user=user)
            member.skills.set([skills[code] for code in masters])
            if kind == "internal" and "工程" in team_name:
                organisation.officers.setdefault(site, []).append(user)


def _others(
    organisation: DemoOrganisation, departments: dict[str, Department], random: Random
) -> None:
    choices = [code for code in DEPARTMENTS if code != "hq"]
    for nth in range(STAFF_TOTAL - len(organisation.people)):
        name = (
            random.choice(SURNAMES)
            + random.choice(GIVEN)
            + random.choice(("", random.choice(GIVEN)))
        )
        user = _person(
            f"HQ{nth + 1:04d}", name, departments[choices[nth % len(choices)]], str(5500 + nth)
        )
        organisation.requesters.append(user)
    for code in choices:
        head = next(
            user for user in organisation.requesters if user.department == departments[code]
        )
        grant_role(head, Role.HEAD, department=departments[code])


def _roster(organisation: DemoOrganisation, first: datetime, last: datetime) -> None:
    """Day shifts on working days up to four weeks from now, early and late ones in turn where a team has
    four, somebody at the weekend, and around the clock one officer on call at each site."""
    timetable = schedule_at(organisation.sites["BJ"]).timetable()
    crews = [
        list(team.crew.select_related("user", "team__place"))
        for team in Team.objects.order_by("pk")
    ]
    patterns = {pattern.letter: pattern for pattern in ShiftPattern.objects.all()}
    start = first.astimezone(timetable.tz).replace(hour=8, minute=0, second=0, microsecond=0)
    shifts = []
    for site, officers in organisation.officers.items():
        for officer in officers:
            grant_role(officer, Role.DUTY, place=organisation.sites[site])
    for nth in range((last - first).days + 15):
        morning = start + timedelta(days=nth)
        for site, officers in organisation.officers.items():
            officer = officers[(nth + 1) % len(officers)]
            shifts.append(_shift(officer, organisation.sites[site], patterns["值"], morning))
        works = timetable.is_working_day(morning.date())
        for crew in crews:
            for place, member in enumerate(crew if works else crew[nth % len(crew) :][:1]):
                turn = "早晚" if len(crew) >= 4 and place < 2 else "白白"
                letter = turn[(place + morning.isocalendar().week) % 2]
                shifts.append(_shift(member.user, member.team.place, patterns[letter], morning))
    Shift.objects.bulk_create(shifts)


def _settled(organisation: DemoOrganisation, first: datetime) -> None:
    """The house has been set up before its history begins."""
    House.objects.create(pk=1, name="滨江科创集团后勤服务中心")
    for code in ("calendar", "standards"):
        SettledStep.objects.create(code=code, by=organisation.people["lin"], at=first)


def _shift(user: User, place: Place, pattern: ShiftPattern, day: datetime) -> Shift:
    start, end = pattern.on(day.date())
    return Shift(
        user=user,
        place=place,
        pattern=pattern,
        starts_at=start,
        ends_at=end,
        on_call=pattern.on_call,
    )


def _night_schedule(organisation: DemoOrganisation) -> None:
    """The plant at 临港 works other hours than the offices."""
    national = Schedule.objects.order_by("pk").first()
    plant, _created = Schedule.objects.get_or_create(
        name="临港基地作息",
        defaults={
            "base": national,
            "week": {str(day): [["08:00", "11:30"], ["12:30", "17:00"]] for day in range(5)},
        },
    )
    PlaceSchedule.objects.get_or_create(
        place=organisation.sites["LG"], defaults={"schedule": plant}
    )
