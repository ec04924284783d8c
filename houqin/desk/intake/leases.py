"""Who takes a file in now. A worker that was killed loses the file when its lease ends; one that comes back
from the dead finds the lease gone and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from houqin.desk.intake.models import ImportFile, ImportFileQuerySet
from houqin.kernel.timekeeping import now

LEASE = timedelta(minutes=5)


class LeaseLost(Exception):
    """Another worker has the file."""


@dataclass
class Hold:
    """A file and the lease on it; `until` is its token, because every renewal writes another one."""

    pk: int
    until: datetime

    def row(self) -> ImportFileQuerySet:
        """The file, as long as this lease holds it."""
        return ImportFile.objects.filter(pk=self.pk, lease_until=self.until)

    def renew(self, **progress: object) -> None:
        """Hold on for another LEASE and show how far it is. Raises LeaseLost."""
        until = max(now() + LEASE, self.until + timedelta(microseconds=1))
        if not self.row().update(lease_until=until, **progress):
            raise LeaseLost
        self.until = until

    def end(self, status: str, **outcome: object) -> None:
        """Write down how it went and give the file back. Raises LeaseLost."""
        if not self.row().update(lease_until=None, status=status, **outcome):
            raise LeaseLost


def claim(at: datetime) -> Hold | None:
    """Take the file that has waited longest and that nobody holds; of any number of workers one gets it.

    One that was being written when its worker was killed starts over: nothing of it has been written.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    waiting = ImportFile.objects.filter(free, status__in=ImportFile.UNDER_WAY).order_by("at", "pk")
    for pk, seen in list(waiting.values_list("pk", "lease_until")[:10]):
        unheld = ImportFile.objects.filter(pk=pk, lease_until=seen, status__in=ImportFile.UNDER_WAY)
        if unheld.update(lease_until=at + LEASE, status=ImportFile.Status.CHECKING, handled=0):
            return Hold(pk, at + LEASE)
    return None
