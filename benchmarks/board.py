"""What the board costs over very many requests: queries and time for each part of it.

    DATA_DIR=/tmp/scratch .venv/bin/python benchmarks/board.py [--requests 100000]
    DATABASE_URL=postgres://… .venv/bin/python benchmarks/board.py

Runs on an empty database, which it migrates and fills with two years of requests, made in bulk; what is there
already it takes as it is. SLOWEST=1 prints the four slowest queries.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from houqin.cockpit.models import OutdatedDemand  # noqa: E402
from houqin.cockpit.moments import write_all_outdated  # noqa: E402
from houqin.cockpit.pages import board_of  # noqa: E402
from houqin.desk.catalogue.models import Entry, sync_catalogue  # noqa: E402
from houqin.desk.demands.models import Demand, Rating  # noqa: E402
from houqin.kernel.clock.models import Clock, Standard  # noqa: E402
from houqin.kernel.clock.seed import seed_standard  # noqa: E402
from houqin.kernel.people.actions import grant_role  # noqa: E402
from houqin.kernel.people.models import User  # noqa: E402
from houqin.kernel.places.actions import add_place  # noqa: E402
from houqin.kernel.places.models import Place  # noqa: E402
from houqin.kernel.timekeeping import now  # noqa: E402
from houqin.kernel.worktime.models import Schedule  # noqa: E402
from houqin.kernel.worktime.seed import seed_national  # noqa: E402
from houqin.work.orders.models import WorkOrder  # noqa: E402
from houqin.work.teams.models import Team  # noqa: E402

OPEN_SHARE, LATE_SHARE, BATCH = 0.01, 0.08, 2000


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    if not Demand.objects.exists():
        fill(asked.requests)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    user = User.objects.get(username="lin")
    out = sys.stdout.write
    out(f"{connection.vendor}, {Demand.objects.count()} requests, {Clock.objects.count()} clocks\n")
    for query in ("", "period=year&by=team", "period=month&by=place", "period=week&team=1"):
        wall, own, asked_for = measured(user, query, asked.rounds)
        named = query or "period=weeks&by=line"
        out(f"board, {named:24} {wall:7.0f} ms, {own:7.0f} ms of CPU here  {asked_for:3} queries\n")


def measured(user: User, query: str, rounds: int) -> tuple[float, float, int]:
    """Medians by the clock on the wall and of this process (SQLite works in it), and the queries."""
    wall, own = [], []
    for _round in range(rounds):
        started, cpu = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as seen:
            board_of(user, QueryDict(query), now())
        wall.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - cpu) * 1000)
    if os.environ.get("SLOWEST"):
        for one in sorted(seen, key=lambda one: -float(one["time"]))[:4]:
            sys.stdout.write(f"    {one['time']} s {one['sql'][:1500]}\n")
    return statistics.median(wall), statistics.median(own), len(seen)


def fill(many: int) -> None:
    """A house with three campuses and six teams, and its requests."""
    seed_national()
    seed_standard()
    sync_catalogue()
    campuses = [add_place(None, kind="campus", name=f"Campus {n}", code=f"C{n}") for n in range(3)]
    rooms = [add_place(campuses[n % 3], kind="room", name=f"{n}", code=f"R{n}") for n in range(60)]
    people = User.objects.bulk_create(User(username=f"u{n}", name=f"U{n}") for n in range(200))
    manager = User.objects.create(username="lin", name="Lin")
    grant_role(manager, "manager")
    teams = [Team.objects.create(name=f"Team {n}", place=campuses[n % 3]) for n in range(6)]
    random, at, made = Random(20261123), now(), 0
    while made < many:
        size = min(BATCH, many - made)
        write(Batch(random, at, rooms, people, teams), made, size)
        made += size


class Batch:
    def __init__(
        self, random: Random, at: object, rooms: list[Place], people: list[User], teams: list[Team]
    ):
        self.random, self.at, self.rooms, self.people, self.teams = random, at, rooms, people, teams
        self.entries = list(Entry.objects.all())
        self.standard, self.schedule = Standard.objects.get(), Schedule.objects.get()
        self.kind = ContentType.objects.get_for_model(Demand)

    def demand(self, nth: int) -> Demand:
        random = self.random
        submitted = self.at - timedelta(minutes=random.randint(1, 730 * 24 * 60))  # type: ignore[operator]
        still = random.random() < OPEN_SHARE
        done = None if still else submitted + timedelta(minutes=random.randint(60, 9000))
        grade = random.choice(["urgent", "important", "routine", "routine"])
        return Demand(
            number=f"B-{nth}",
            entry=random.choice(self.entries),
            title=f"Request {nth}",
            grade=grade,
            place=random.choice(self.rooms),
            requester=random.choice(self.people),
            claimed=grade,
            standard=self.standard,
            submitted_at=submitted,
            done_at=done,
            graded_at=submitted,
            status="working" if still else "closed",
            round=2 if random.random() < 0.04 else 1,
            reassigned=int(random.random() < 0.05),
            rated=not still and random.random() < 0.5,
            next_due_at=submitted + timedelta(days=5) if still else None,
        )

    def clocks(self, demand: Demand) -> list[Clock]:
        made = []
        for kind, hours in (("review", 3), ("response", 6), ("handling", 40)):
            over = demand.done_at is not None or kind != "handling"
            stopped = demand.submitted_at + timedelta(hours=self.random.random() * hours)
            late = self.random.random() < LATE_SHARE
            made.append(
                Clock(
                    target_type=self.kind,
                    target_id=demand.pk,
                    kind=kind,
                    grade=demand.grade,
                    amount=1,
                    standard=self.standard,
                    schedule=self.schedule,
                    unit="hours",
                    started_at=demand.submitted_at,
                    due_at=stopped,
                    stopped_at=stopped if over else None,
                    result=("breached" if late else "met") if over else "running",
                )
            )
        return made


def write(batch: Batch, made: int, size: int) -> None:
    demands = Demand.objects.bulk_create([batch.demand(made + nth) for nth in range(size)])
    Clock.objects.bulk_create(
        [clock for one in demands for clock in batch.clocks(one)], batch_size=BATCH
    )
    WorkOrder.objects.bulk_create(
        WorkOrder(
            number=f"G-{one.pk}",
            subject_type=batch.kind,
            subject_id=one.pk,
            title=one.title,
            place=one.place,
            team=batch.random.choice(batch.teams),
            offered_at=one.submitted_at,
            status="done" if one.done_at else "working",
        )
        for one in demands
    )
    stars = lambda: batch.random.choice([3, 4, 5, 5])  # noqa: E731
    Rating.objects.bulk_create(
        Rating(demand=one, speed=stars(), attitude=stars(), solution=stars(), at=one.done_at)
        for one in demands
        if one.rated and one.done_at
    )
    OutdatedDemand.objects.bulk_create(OutdatedDemand(demand=one) for one in demands)
    write_all_outdated()


if __name__ == "__main__":
    main()
