"""Who works on a row now. Of any number of workers on any number of machines one gets it, without their
talking to each other: every step is one compare-and-set UPDATE, on SQLite as on PostgreSQL.

A lease ends by itself after LEASE when its worker died. A worker that comes back from the dead holds an old
token and changes nothing. The clocks of the machines must agree to well within LEASE (NTP does).
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound="Leased")
SPARE = 10  # rows to try beyond those wanted, because other workers read the same ones


class LeaseLost(Exception):
    """Another worker has the row."""


class LeasedQuerySet(models.QuerySet[Row]):
    def free(self, at: datetime) -> Self:
        """Those that no living worker holds."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=at))

    def claim(self, at: datetime, *, most: int | None = 1, **changes: Any) -> Self:
        """Take up to `most` of these rows, in their order, that nobody holds, and write `changes` to them.

        What lets a row be claimed (its state, its time) may be taken back by its holder alone.
        """
        rows = self.free(at).values_list("pk", "lease_token")
        changes |= {"lease_token": new_token(), "lease_until": at + self.model.LEASE}
        taken: list[Any] = []
        for pk, seen in list(rows if most is None else rows[: most + SPARE]):
            if len(taken) == most:
                break
            # No other condition: with a join it would be asked of the rows as they were, not as they are.
            if self.model._default_manager.filter(pk=pk, lease_token=seen).update(**changes):
                taken.append(pk)
        return self.model._default_manager.filter(pk__in=taken)  # type: ignore[return-value]


class Leased(models.Model):
    """A row that one worker at a time holds. The token of the last lease stays when it is given back: it
    differs after every claim, and so nobody claims what was free only when they looked."""

    LEASE: ClassVar[timedelta]

    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True

    def held(self) -> models.QuerySet[Self]:
        """This row, as long as the claim with which it was read holds it."""
        rows = type(self)._default_manager.filter(pk=self.pk, lease_token=self.lease_token)
        return rows.exclude(lease_until=None)

    def renew(self, at: datetime, **changes: Any) -> None:
        """Hold on for another LEASE. Raises LeaseLost."""
        self._write(lease_until=at + self.LEASE, **changes)

    def finish(self, **changes: Any) -> None:
        """Write down what came of it and give the row back. Raises LeaseLost."""
        self._write(lease_until=None, **changes)

    def _write(self, **changes: Any) -> None:
        if not self.held().update(**changes):
            raise LeaseLost


def new_token() -> str:
    return secrets.token_hex(16)
