"""How long a search takes among very many requests, on an empty database of its own.

    DATA_DIR=/tmp/many .venv/bin/python benchmarks/search.py [--requests 100000] [--rounds 20]
    DATABASE_URL=postgres://…/many .venv/bin/python benchmarks/search.py

The requests are written in bulk, as an import does, and indexed by what `manage.py reindex` calls. A second
run finds them there and only searches.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from houqin.desk.catalogue.models import Entry, sync_catalogue  # noqa: E402
from houqin.desk.demands.models import Demand  # noqa: E402
from houqin.kernel.clock.models import Standard  # noqa: E402
from houqin.kernel.clock.seed import seed_standard  # noqa: E402
from houqin.kernel.people.actions import add_department, grant_role  # noqa: E402
from houqin.kernel.people.models import Role, User  # noqa: E402
from houqin.kernel.places.actions import add_place  # noqa: E402
from houqin.kernel.worktime.seed import seed_national  # noqa: E402
from houqin.platform.search.actions import index_all  # noqa: E402

WHAT = [
    "空调",
    "门锁",
    "水龙头",
    "日光灯",
    "打印机",
    "投影仪",
    "地毯",
    "窗帘",
    "电梯",
    "饮水机",
    "插座",
    "玻璃",
]
WHERE = ["会议室", "走廊", "茶水间", "办公区", "卫生间", "设备间", "大厅", "实验室"]
HOW = [
    "不制热",
    "漏水",
    "有异响",
    "打不开",
    "不亮",
    "松动",
    "有异味",
    "跳闸",
    "破损",
    "堵塞",
    "太脏",
    "需要更换",
]
QUESTIONS = [
    "空调",
    "漏",
    "会议室 漏水",
    "2026-50000",
    "XQ-2026-099999",
    "第 777 次",
    "压缩机",
    "孔工 12",
    "zzz",
]
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def furnish(count: int) -> None:
    """A house with 200 people, 400 rooms and `count` requests."""
    seed_national(2026, 2026)
    seed_standard()
    sync_catalogue()
    random, department = Random(1), add_department(None, name="后勤", code="hq")
    campus = add_place(None, kind="campus", name="滨江园区", code="BJ")
    rooms = [add_place(campus, kind="room", name=f"{nth} 室", code=f"R{nth}") for nth in range(400)]
    people = [
        User(username=f"p{nth}", name=f"孔工{nth}", department=department, phone=f"68{nth:04d}")
        for nth in range(200)
    ]
    User.objects.bulk_create(people)
    grant_role(User.objects.get(username="p0"), Role.COORDINATOR)
    people, entries = list(User.objects.all()), list(Entry.objects.all())
    standard = Standard.objects.get()
    for start in range(0, count, 5000):
        rows = [
            made(nth, random, rooms, people, entries, standard)
            for nth in range(start, start + 5000)
        ]
        Demand.objects.bulk_create(rows, batch_size=1000)


def made(nth, random, rooms, people, entries, standard):  # type: ignore[no-untyped-def]
    """One request in words that real ones have."""
    what, where, how = random.choice(WHAT), random.choice(WHERE), random.choice(HOW)
    requester = random.choice(people)
    return Demand(
        number=f"XQ-2026-{nth + 1:06d}",
        entry=random.choice(entries),
        title=f"{where}{what}{how}",
        body=f"{what}第 {nth % 1000} 次{how}，请尽快安排师傅上门，{random.choice(WHERE)}也看一下。",
        place=random.choice(rooms),
        requester=requester,
        department=requester.department,
        claimed="routine",
        grade="routine",
        standard=standard,
        status="closed" if nth % 20 else "submitted",
        submitted_at=START + timedelta(minutes=4 * nth),
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    asked, out = parser.parse_args(), sys.stdout.write
    call_command("migrate", verbosity=0)
    if not Demand.objects.exists():
        furnish(asked.requests)
        started = time.perf_counter()
        counts = dict(index_all())
        out(f"indexed {counts} in {time.perf_counter() - started:.0f} s\n")
    out(f"{connection.vendor}, {Demand.objects.count()} requests\n")
    for who, username in (("coordinator, who sees all", "p0"), ("requester, who sees own", "p1")):
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=username))
        for question in QUESTIONS:
            out(f"{who:26} {question:16} {report(client, question, asked.rounds)}\n")


def report(client: Client, question: str, rounds: int) -> str:
    """Milliseconds as one types: only the hits are answered."""
    spent = []
    with CaptureQueriesContext(connection) as queries:
        ask(client, question)
    asked = len(queries)
    for _round in range(rounds):
        started = time.perf_counter()
        ask(client, question)
        spent.append((time.perf_counter() - started) * 1000)
    tail = sorted(spent)[int(rounds * 0.95) - 1]
    return f"{statistics.median(spent):7.1f} ms  p95 {tail:7.1f} ms  {asked:3} queries"


def ask(client: Client, question: str) -> None:
    answer = client.get("/search/", {"q": question}, headers={"HX-Request": "true"})
    assert answer.status_code == 200


if __name__ == "__main__":
    main()
