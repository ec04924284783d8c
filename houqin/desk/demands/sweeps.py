"""What time does to demands: silence becomes acceptance, accepted ones are filed."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.actions import archive_demand, chase_answer, deem_demand
from houqin.desk.demands.models import Acceptance, Demand, Supervision
from houqin.desk.demands.policies import FILED_AFTER, URGED_AT_MOST_EVERY
from houqin.kernel.clock.models import Clock, Kind
from houqin.kernel.errors import Refused
from houqin.kernel.policies.registry import counts
from houqin.kernel.sweeps.registry import sweep

BATCH = 200


@sweep(every=timedelta(seconds=60), title=_("逾期视同验收"))
def deem_accepted(now: datetime) -> int:
    """Demands whose acceptance promise is over, stamped with the moment it ended."""
    running = Clock.objects.filter(
        kind=Kind.ACCEPTANCE, result=Clock.Result.RUNNING, due_at__lt=now
    )
    over = running.filter(target_type=ContentType.objects.get_for_model(Demand)).order_by("due_at")
    demands = Demand.objects.filter(pk__in=list(over.values_list("target_id", flat=True)[:BATCH]))
    return _settle(demands.filter(status=Demand.Status.DONE), deem_demand)


@sweep(every=timedelta(minutes=30), title=_("归档已验收的需求"))
def file_accepted(now: datetime) -> int:
    """Demands that were accepted a while ago and that nobody has rated."""
    old = _accepted_before(now - FILED_AFTER.span(now))
    demands = Demand.objects.filter(pk__in=list(old.values_list("demand_id", flat=True)[:BATCH]))
    return _settle(demands, partial(archive_demand, at=now))


@counts(FILED_AFTER, _("随即归档的需求"))
def filed_at_once(days: int, at: datetime) -> int:
    return _accepted_before(at - FILED_AFTER.length(days)).values("demand").distinct().count()


def _accepted_before(moment: datetime) -> QuerySet[Acceptance]:
    """The acceptances up to `moment` of demands that are neither rated nor filed; a rating is still welcome
    afterwards."""
    return Acceptance.objects.filter(at__lt=moment, demand__status=Demand.Status.ACCEPTED)


@counts(URGED_AT_MOST_EVERY, _("暂时不能再催的在办需求"))
def not_to_be_urged(hours: int, at: datetime) -> int:
    return Demand.objects.open().filter(urged_at__gt=at - URGED_AT_MOST_EVERY.length(hours)).count()


@sweep(every=timedelta(minutes=5), title=_("督办逾期提醒"))
def chase_answers(now: datetime) -> int:
    """Supervisions whose answer is late and of which nobody has been told yet."""
    late = Supervision.objects.overdue(now).filter(chased_at=None).select_related("demand")
    return _settle(late.order_by("due_at")[:BATCH], chase_answer)


def _settle(things: Iterable[Any], action: Callable[[Any], None]) -> int:
    """Do it to each. Whoever was faster has done it already, and that is as good; one that fails does not
    hold up the others, but fails the run when they are done."""
    done, failure = 0, None
    for thing in things:
        try:
            action(thing)
            done += 1
        except Refused:
            continue
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure
    return done
