"""Keeping the moments: a demand to which something happens is noted in the same transaction, and its moments
are written again before anybody counts, or by a sweep."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from houqin.cockpit.models import Moment, OutdatedDemand
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.kernel.errors import Refused
from houqin.kernel.trail.models import Event
from houqin.work.orders.models import WorkOrder

BATCH = 500
PATIENCE = 40  # batches
FINISHED = (Demand.Status.DONE, Demand.Status.ACCEPTED, Demand.Status.CLOSED)
GONE = (WorkOrder.Status.HANDED_BACK, WorkOrder.Status.CANCELLED)
VERDICTS = (Clock.Result.MET, Clock.Result.BREACHED)
COLUMNS = [
    field.attname for field in Moment._meta.fields if not field.primary_key
]  # demand_id first


def note_event(event: Event) -> None:
    """The reaction to every event of a demand and of the orders about one."""
    target = event.target
    if isinstance(target, Demand):
        OutdatedDemand.objects.create(demand=target)
    elif isinstance(target, WorkOrder) and target.subject_type_id == _demands().pk:
        OutdatedDemand.objects.create(demand_id=target.subject_id)


def note_import(event: Event) -> None:
    """A file has come in, without an event for each of its rows."""
    rows = Demand.objects.filter(imported_as__file=event.target_id).values_list("pk", flat=True)
    notes = (OutdatedDemand(demand_id=demand) for demand in rows)
    OutdatedDemand.objects.bulk_create(notes, batch_size=BATCH)


def bring_up_to_date() -> None:
    """Write again the moments of every demand that is outdated, for somebody who waits for it.

    Raises Refused when that would take long: after an upgrade, or when a very long file has come in. What was
    done until then stays done.
    """
    for _batch in range(PATIENCE):
        if write_outdated() < BATCH:
            return
    raise Refused(_("看板的数据还在整理，过几分钟再打开。"))


def write_all_outdated() -> None:
    """The same, however long it takes."""
    while write_outdated() == BATCH:
        pass


def write_outdated() -> int:
    """Do so for the first BATCH notes; how many there were."""
    if not OutdatedDemand.objects.exists():  # without a lock
        return 0
    with transaction.atomic():
        _wait_for_others()
        notes = OutdatedDemand.objects.order_by("pk")[:BATCH]
        outdated = dict(notes.values_list("pk", "demand"))
        write(set(outdated.values()))
        OutdatedDemand.objects.filter(pk__in=outdated).delete()
    return len(outdated)


def _wait_for_others() -> None:
    """One writes at a time: two with the same demand would each miss what the other has not committed. What
    is locked is the row that names the notes, which nothing else locks."""
    notes = ContentType.objects.get_for_model(OutdatedDemand)
    list(ContentType.objects.select_for_update().filter(pk=notes.pk))


def write(demands: Collection[int]) -> None:
    """Write the moments of the demands with these keys."""
    Moment.objects.filter(demand__in=demands).delete()
    Moment.objects.bulk_create(moments_of(demands), batch_size=BATCH)


def differing(demands: Collection[int]) -> set[int]:
    """Those of the demands whose moments are not as they would be written now."""
    kept = Counter(Moment.objects.filter(demand__in=demands).values_list(*COLUMNS))
    fresh = Counter(
        tuple(getattr(moment, name) for name in COLUMNS) for moment in moments_of(demands)
    )
    return {row[0] for row in (kept - fresh) + (fresh - kept)}


def rewrite_differing() -> Iterator[int]:
    """Go through all demands, batch by batch, and note those whose moments differ; yields their keys."""
    write_all_outdated()
    last = 0
    while batch := list(
        Demand.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        wrong = sorted(differing(batch))
        OutdatedDemand.objects.bulk_create(OutdatedDemand(demand_id=pk) for pk in wrong)
        yield from wrong
        last = batch[-1]
    write_all_outdated()


def moments_of(demands: Collection[int]) -> Iterator[Moment]:
    """What happened to them; nothing to those that were merged, which count where they went. Four queries."""
    orders, clocks = _orders(demands), _clocks(demands)
    rows = Demand.objects.filter(pk__in=demands).exclude(status=Demand.Status.MERGED)
    for demand in rows.select_related("rating"):
        beside = _beside(demand, orders[demand.pk])
        for kind, at, more in _happened(demand, orders[demand.pk], clocks[demand.pk]):
            yield Moment(demand=demand, kind=kind, at=at, **beside, **more)


def _beside(demand: Demand, orders: list[WorkOrder]) -> dict[str, Any]:
    """What every moment of it has beside."""
    last = next((order for order in reversed(orders) if order.status not in GONE), None)
    return {
        "entry_id": demand.entry_id,
        "place_id": demand.place_id,
        "team_id": (last and last.team_id) or demand.former_team_id,
        "executor_id": last and last.executor_id,
        "imported": demand.channel == Demand.Channel.IMPORT,
        "status": demand.status,
        "round": demand.round,
    }


def _happened(
    demand: Demand, orders: list[WorkOrder], clocks: Iterable[Clock]
) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """The kind and the time of each of its moments, and what that one alone has beside."""
    back = any(order.status == WorkOrder.Status.HANDED_BACK for order in orders)
    course = {
        "reassignments": demand.reassigned,
        "urges": demand.urges,
        "was_supervised": demand.supervised,
        "was_handed_back": back,
    }
    yield Moment.Kind.SUBMITTED, demand.submitted_at, course
    if demand.done_at and demand.status in FINISHED:
        yield Moment.Kind.FINISHED, demand.done_at, {"length": demand.done_at - demand.submitted_at}
    if rating := getattr(demand, "rating", None):
        stars = {
            f"{name}_stars": getattr(rating, name) for name in ("speed", "attitude", "solution")
        }
        yield Moment.Kind.RATED, rating.at, stars
    yield from _judged(clocks)


def _judged(clocks: Iterable[Clock]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """The same of clocks, the first to end first."""
    ended: dict[str, datetime | None] = {}
    ended_late: dict[str, datetime | None] = {}
    for clock in clocks:
        kind, at, late = clock.kind, clock.stopped_at, clock.result == Clock.Result.BREACHED
        before = {"previous_at": ended.get(kind), "previous_late_at": ended_late.get(kind)}
        yield kind, at, {"late": late, "length": at and at - clock.started_at} | before
        ended[kind] = at
        if late:
            ended_late[kind] = at


def _orders(demands: Collection[int]) -> dict[int, list[WorkOrder]]:
    """The orders about each, in the order in which they were given."""
    given: dict[int, list[WorkOrder]] = defaultdict(list)
    orders = WorkOrder.objects.filter(subject_type=_demands(), subject_id__in=demands)
    for order in orders.order_by("pk").only("subject_id", "status", "team", "executor"):
        given[order.subject_id].append(order)
    return given


def _clocks(demands: Collection[int]) -> dict[int, list[Clock]]:
    """The clocks of each that were judged."""
    judged: dict[int, list[Clock]] = defaultdict(list)
    clocks = Clock.objects.filter(target_type=_demands(), target_id__in=demands)
    ended = clocks.filter(kind__in=Moment.JUDGED, result__in=VERDICTS)
    for clock in ended.order_by("stopped_at", "pk"):
        judged[clock.target_id].append(clock)
    return judged


def _demands() -> ContentType:
    return ContentType.objects.get_for_model(Demand)
