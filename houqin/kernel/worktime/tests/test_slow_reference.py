"""The engine agrees with a slow second engine on a thousand random promises; on ten thousand with effort."""

import random
from datetime import date, time

import pytest

from houqin.kernel.worktime.national import national_days
from houqin.kernel.worktime.promise import Span, Unit, due, moment, used
from houqin.kernel.worktime.running import PERIODS
from houqin.kernel.worktime.tests.facts import AROUND_THE_CLOCK, OFFICE, SHANGHAI
from houqin.kernel.worktime.tests.slow_reference import DAY_MINUTES, SlowReference, random_pauses
from houqin.kernel.worktime.timetable import DayRule, Pattern, Timetable
from tests.effort import times

FIRST, DAYS = date(2019, 12, 1), 1200
NATIONAL = national_days(2019, 2023)
MORNING, NIGHT = ((time(9), time(11, 30)),), ((time(0), time(6)), (time(22), time(0)))
SHORT_DAYS = {**NATIONAL, date(2021, 2, 10): DayRule(True, "除夕前", MORNING)}
WEEKS: dict[str, tuple[dict[int, Pattern], dict[date, DayRule]]] = {
    "office": (dict.fromkeys(range(5), OFFICE), NATIONAL),
    "three a day and Saturday": (
        {
            **{day: (*OFFICE, (time(18), time(20, 15))) for day in range(1, 5)},
            0: ((time(7, 1), time(7, 59)),),
            5: MORNING,
        },
        SHORT_DAYS,
    ),
    "nights": (dict.fromkeys(range(6), NIGHT), NATIONAL),
    "around the clock, weekends": ({5: AROUND_THE_CLOCK, 6: AROUND_THE_CLOCK}, SHORT_DAYS),
}
BOTH = {
    name: (Timetable(SHANGHAI, week, rules), SlowReference(week, rules, FIRST, DAYS))
    for name, (week, rules) in WEEKS.items()
}
CASES = times(300, most=2500)  # for each of the four


def random_start(rng: random.Random) -> int:
    """A minute of the first two years, half of them within three days of a holiday or a make-up day."""
    day = rng.randrange(3, 760)
    if rng.random() < 0.5:
        special = [(date - FIRST).days for date in NATIONAL if 3 < (date - FIRST).days < 760]
        day = rng.choice(special) + rng.randint(-3, 3)
    return day * DAY_MINUTES + rng.choice(
        [rng.randrange(DAY_MINUTES), 8 * 60 + 30, 12 * 60, 17 * 60 + 30]
    )


@pytest.mark.parametrize("name", BOTH)
def test_due_used_and_moment_agree_with_the_slow_reference(name):
    table, slow = BOTH[name]
    rng = random.Random(name)
    for _case in range(CASES):
        unit, start = rng.choice([unit for unit in Unit if unit not in PERIODS]), random_start(rng)
        amount = rng.choice(
            [1, 2, 3, 4, 5, 8, 24, 48] if unit is not Unit.WORKING_DAYS else [1, 2, 3, 5, 10]
        )
        pauses = random_pauses(rng, start)
        spans = [Span(slow.instant(a), slow.instant(b)) for a, b in pauses]
        promise = table, unit, amount, slow.instant(start), spans
        expected = slow.due(unit, amount, start, pauses)
        assert due(*promise) == slow.instant(expected), promise[1:]
        assert moment(*promise, 1) == slow.instant(expected), promise[1:]

        whole = slow.ran(unit, start, pauses, expected)
        at = rng.randint(start, 2 * expected - start)
        share = slow.ran(unit, start, pauses, at) / whole
        assert used(*promise, slow.instant(at)) == pytest.approx(share, abs=1e-12), promise[1:]
        if whole % 2 == 0:
            half = slow.reach(unit, start, pauses, whole // 2)
            assert moment(*promise, 0.5) == slow.instant(half), promise[1:]


def test_the_slow_reference_is_the_definition_minute_by_minute():
    rng = random.Random("minutes")
    slow = BOTH["office"][1]
    for _case in range(40):
        unit, start = rng.choice(["hours", "working_hours"]), random_start(rng)
        pauses = random_pauses(rng, start)
        amount = rng.choice([1, 2, 8])
        assert slow.due(unit, amount, start, pauses) == slow.walked(unit, amount, start, pauses)
