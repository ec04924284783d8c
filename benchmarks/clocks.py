"""How fast due times are worked out.

.venv/bin/python benchmarks/clocks.py
"""

import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parent.parent))

import django
from django.conf import settings

settings.configure(USE_I18N=False)
django.setup()

from houqin.kernel.worktime.national import national_days  # noqa: E402
from houqin.kernel.worktime.promise import Span, Unit, due, explain, moment, used  # noqa: E402
from houqin.kernel.worktime.timetable import Timetable  # noqa: E402

ZONE = ZoneInfo("Asia/Shanghai")
DAY = ((hour(8, 30), hour(12)), (hour(13, 30), hour(17, 30)))
START = datetime(2026, 1, 5, 9, 12, tzinfo=ZONE)


def main() -> None:
    timetable = Timetable(
        tz=ZONE,
        week=dict.fromkeys(range(5), DAY),
        days=national_days(2024, 2026),
        published_through=2026,
    )
    pauses = [Span(START + timedelta(days=1), START + timedelta(days=2))]
    at = START + timedelta(days=3)
    for unit, amount in ((Unit.HOURS, 48), (Unit.WORKING_HOURS, 24), (Unit.WORKING_DAYS, 5)):
        ends = due(timetable, unit, amount, START, pauses)
        report(
            f"due, {amount} {unit}", lambda u=unit, a=amount: due(timetable, u, a, START, pauses)
        )
        report(
            f"used, {amount} {unit}",
            lambda u=unit, a=amount: used(timetable, u, a, START, pauses, at),
        )
        report(
            f"moment, {amount} {unit}",
            lambda u=unit, a=amount: moment(timetable, u, a, START, pauses, 0.8),
        )
        report(
            f"explain, {amount} {unit}",
            lambda u=unit, a=amount, e=ends: explain(timetable, u, a, START, pauses, e),
        )
    report("is_working_day", lambda: timetable.is_working_day(date(2026, 2, 14)))


def report(name: str, call: Callable[[], object]) -> None:
    call()
    rounds, started = 0, time.perf_counter()
    while time.perf_counter() - started < 0.5:
        call()
        rounds += 1
    micro = (time.perf_counter() - started) / rounds * 1e6
    sys.stdout.write(f"{name:28} {micro:9.1f} µs\n")


if __name__ == "__main__":
    main()
