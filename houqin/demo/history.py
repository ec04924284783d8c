"""Ninety days of work, made through the real actions with the clock turned. The same seed and the same last
moment give the same history."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count
from random import Random

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from houqin.demo.arriving import arrive
from houqin.demo.lives import Life, Lives
from houqin.demo.organisation import DemoOrganisation
from houqin.demo.planning import plan_ahead
from houqin.demo.pressing import press
from houqin.demo.scenes import SCENES
from houqin.desk.demands.sweeps import deem_accepted, file_accepted
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.timekeeping import turned_to

PER_WORKING_DAY, PER_REST_DAY = 5, 1
Play = Callable[..., None]


class History:
    """Plays many lives at once, in the order of time."""

    def __init__(
        self, organisation: DemoOrganisation, random: Random, first: datetime, last: datetime
    ) -> None:
        self.organisation, self.random, self.first, self.last = organisation, random, first, last
        self.queue: list[tuple[datetime, int, Life]] = []
        self.order = count()
        self.lives = Lives(organisation, random)
        self.timetable = self.lives.timetable

    def play(self) -> int:
        """Run everything up to the last moment; the number of demands begun."""
        self._sow()
        begun = len(self.queue)
        sweep_at = self.first
        while self.queue and self.queue[0][0] <= self.last:
            at, _nth, life = heapq.heappop(self.queue)
            while sweep_at < at:
                self._sweep(sweep_at)
                sweep_at += timedelta(hours=4)
            with turned_to(at):
                following = next(life, None)
            if following is not None:
                heapq.heappush(self.queue, (max(following, at), next(self.order), life))
        self._sweep(self.last)
        press(self.organisation, self.last)
        arrive(self.organisation, self.last)
        plan_ahead(self.organisation, self.last)
        for play in plays():
            play(self.organisation.people, self.organisation.rooms, self.last, self.random)
        return begun

    def _sweep(self, at: datetime) -> None:
        with turned_to(at):
            ring_alarms(at)
            deem_accepted(at)
            file_accepted(at)

    def _sow(self) -> None:
        """One start per demand, in working hours mostly."""
        for nth in range((self.last - self.first).days + 1):
            day = (self.first + timedelta(days=nth)).astimezone(self.timetable.tz)
            working = self.timetable.is_working_day(day.date())
            wanted = PER_WORKING_DAY if working else PER_REST_DAY
            for _each in range(wanted):
                minutes = self.random.randint(8 * 60, 17 * 60 + 40)
                at = day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
                    minutes=minutes
                )
                if self.first <= at <= self.last:
                    heapq.heappush(self.queue, (at, next(self.order), self.lives.life(at)))

        for scene in SCENES:
            if scene.ago < self.last - self.first:
                at = self.last - scene.ago
                heapq.heappush(self.queue, (at, next(self.order), self.lives.staged(scene, at)))


def plays() -> Iterator[Play]:
    """What the domains play by themselves: `play(people, rooms, last, random)` in the `demo.py` of an app."""
    for config in apps.get_app_configs():
        if config.name.startswith("houqin.") and module_has_submodule(config.module, "demo"):
            yield import_module(f"{config.name}.demo").play
