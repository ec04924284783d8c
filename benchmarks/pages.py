"""How long the main pages take, in the process (no network), and how many queries and calls of Python
functions each needs; the calls are the same on a quick machine and on a slow or busy one.

    DATA_DIR=… .venv/bin/python benchmarks/pages.py [--rounds 20]

Runs on whatever organisation `DATA_DIR` or `DATABASE_URL` holds; the demonstration's people must be there.
"""

import argparse
import cProfile
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from houqin.desk.demands.models import Demand  # noqa: E402
from houqin.kernel.people.models import User  # noqa: E402
from houqin.work.orders.models import WorkOrder  # noqa: E402


def pages() -> list[tuple[str, str, str]]:
    """Who opens what."""
    demand = Demand.objects.filter(status="closed").order_by("-pk").first()
    order = WorkOrder.objects.open().filter(executor__username="wang").first()
    assert demand is not None
    assert order is not None
    return [
        ("chen", "workbench, coordinator", "/"),
        ("wugong", "workbench, requester", "/"),
        ("chen", "queue", "/demands/"),
        ("chen", "queue, archive searched", "/demands/?view=archived&q=空调"),
        ("chen", "review desk", "/review/"),
        ("chen", "request", demand.get_absolute_url()),
        ("wugong", "new request", "/demands/new/hvac/"),
        ("wang", "my orders", "/orders/mine/"),
        ("wang", "order", order.get_absolute_url()),
        ("lin", "calendar", "/calendar/"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    out = sys.stdout.write
    out(
        f"{connection.vendor}, {Demand.objects.count()} requests, {WorkOrder.objects.count()} orders\n"
    )
    for username, name, path in pages():
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=username))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path, follow=True)
        asked = len(queries)  # the next request empties the log
        calls = called(client, path)
        assert response.status_code == 200, (path, response.status_code)
        spent = [timed(client, path) for _round in range(rounds)]
        tail = sorted(spent)[int(len(spent) * 0.95) - 1]
        size = len(response.content) / 1000
        middle = statistics.median(spent)
        spent_words = f"{middle:7.1f} ms  p95 {tail:7.1f} ms"
        out(f"{name:28} {spent_words}  {asked:3} queries  {calls:7} calls  {size:6.1f} kB\n")


def called(client: Client, path: str) -> int:
    """How many functions are called for one request, C functions among them."""
    profile = cProfile.Profile()
    profile.runcall(client.get, path, follow=True)
    return sum(entry.callcount for entry in profile.getstats())


def timed(client: Client, path: str) -> float:
    started = time.perf_counter()
    client.get(path, follow=True)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
