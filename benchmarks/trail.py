"""How long sealing and checking the trail takes, and how much memory: `benchmarks/trail.py [events]`.

Works on a database of its own in a temporary folder, or on the empty one that DATABASE_URL names.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ |= {"HOUQIN_ENV": "laptop", "DATA_DIR": tempfile.mkdtemp(), "LOG_LEVEL": "WARNING"}

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from houqin.kernel.people.models import the_house  # noqa: E402
from houqin.kernel.timekeeping import now  # noqa: E402
from houqin.kernel.trail.models import Event  # noqa: E402
from houqin.platform.audit_chain.actions import seal_events  # noqa: E402
from houqin.platform.audit_chain.verification import Walk  # noqa: E402


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    house, kind = the_house(), ContentType.objects.get_for_model(Event)
    facts = {
        "number": "XQ-2026-000123",
        "grade": "routine",
        "place": "滨江园区 / 2 号楼 / 502",
        "due": 1,
    }
    more = {
        "at": now(),
        "name": "demand.graded",
        "actor": house,
        "target_type": kind,
        "facts": facts,
    }
    for start in range(0, count, 10_000):
        Event.objects.bulk_create(Event(target_id=start + nth, **more) for nth in range(10_000))
    _say(f"{connection.vendor}, {count} events")
    seconds = time.perf_counter()
    while seal_events(now()):
        pass
    _say(f"sealed  in {time.perf_counter() - seconds:.1f} s")
    seconds, walk = time.perf_counter(), Walk()
    assert list(walk.go()) == []
    _say(f"checked in {time.perf_counter() - seconds:.1f} s")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}, {_memory()} MB at most\n")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
