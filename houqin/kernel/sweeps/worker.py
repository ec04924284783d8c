"""The loop that runs sweeps. Any number of these may run, anywhere."""

from __future__ import annotations

import logging
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connections

from houqin.kernel.leases import LeaseLost
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS
from houqin.kernel.sweeps.runs import claim, enroll, fail, finish
from houqin.kernel.timekeeping import now

logger = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(seconds=5)
SHORTEST_SLEEP = timedelta(milliseconds=200)
NAP = timedelta(milliseconds=500)  # how long a stop may go unseen while the worker sleeps
# After this many full batches the others get their turn.
MOST_BATCHES = 50


class Worker:
    """`clock` tells the time; tests bring their own."""

    def __init__(self, clock: Callable[[], datetime] = now) -> None:
        self.clock = clock
        # A plain flag: an Event has a lock, and a signal that comes while it is held would wait for itself.
        self._stopping = False
        self._enrolled = False

    def stop(self, *_: int | FrameType | None) -> None:
        """End after the batch that runs now. Fits as a signal handler."""
        self._stopping = True

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT stop this worker as long as the block runs."""
        before = {
            number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def run(self, *, once: bool = False) -> None:
        """Run due sweeps until stopped; with `once`, until nothing is due."""
        logger.info("The worker has started.")
        while not self._stopping:
            _drop_stale_connections()
            try:
                ran = self._run_due()
                wait = self._until_next()
            except DatabaseFailure as error:
                if once:
                    raise
                logger.error("The worker cannot reach the database: %s", type(error).__name__)
                ran, wait = 0, LONGEST_SLEEP
            if not ran:
                if once:
                    return
                self._sleep(wait)

    def _run_due(self) -> int:
        """Run each due sweep that this worker gets hold of; how many those were."""
        if not self._enrolled:
            enroll(self.clock())
            self._enrolled = True
        names = (
            SweepRun.objects.due(self.clock())
            .filter(name__in=SWEEPS)
            .values_list("name", flat=True)
        )
        ran = 0
        for name in list(names):
            if self._stopping:
                break
            run = claim(SWEEPS[name], self.clock())
            if run is not None:
                self._run(run)
                ran += 1
        return ran

    def _run(self, run: SweepRun) -> None:
        try:
            self._try(run)
        except LeaseLost:
            logger.warning("The sweep %s ran longer than its lease.", run.name)

    def _try(self, run: SweepRun) -> None:
        try:
            count, more = self._batches(run)
        except LeaseLost:
            raise
        except Exception as error:  # one broken sweep must not stop the others
            _drop_stale_connections()
            told = where(error)
            logger.error("The sweep %s failed: %s", run.name, told)
            fail(run, self.clock(), error=told)
        else:
            finish(run, self.clock(), count=count, more=more)

    def _batches(self, run: SweepRun) -> tuple[int, bool]:
        """Rows handled, and whether there is more to do now. Stops between batches when told to."""
        sweep, count = SWEEPS[run.name], 0
        for _batch in range(MOST_BATCHES):
            done = sweep.run(self.clock())
            count += done
            if done < sweep.batch:
                return count, False
            if self._stopping:
                break
            run.renew(self.clock())
        return count, True

    def _sleep(self, wait: timedelta) -> None:
        end = time.monotonic() + wait.total_seconds()
        while not self._stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, NAP.total_seconds()))

    def _until_next(self) -> timedelta:
        """How long to sleep: to the next due run, but never so long that a stop or a new row goes unseen."""
        known = SweepRun.objects.filter(name__in=SWEEPS, lease_until=None)
        next_at = known.order_by("next_at").values_list("next_at", flat=True).first()
        wait = next_at - self.clock() if next_at else LONGEST_SLEEP
        return max(SHORTEST_SLEEP, min(wait, LONGEST_SLEEP))


def _drop_stale_connections() -> None:
    """As a web request does at its end. Only a test opens a transaction around the worker; that one stays."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def where(error: Exception) -> str:
    """What went wrong and in which line of ours, without the message: it may quote somebody's data."""
    house = Path(settings.BASE_DIR)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [
        frame for frame in frames if Path(frame.filename).is_relative_to(house / "houqin")
    ] or frames
    last = ours[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} in {last.name}"
