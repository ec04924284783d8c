"""What time does to requests: silence becomes acceptance, accepted ones are filed, files are imported."""

from datetime import datetime, timedelta

from houqin.kernel.clock.models import Clock, Kind
from houqin.kernel.errors import Refused
from houqin.kernel.sweeps.registry import sweep
from houqin.servicedesk.actions import archive_request, deem_request
from houqin.servicedesk.importing.sweeps import import_files
from houqin.servicedesk.models import Acceptance, Request

__all__ = ["deem_accepted", "file_accepted", "import_files"]  # importing one registers it

BATCH = 200
FILED_AFTER = timedelta(days=15)  # a rating is still welcome afterwards


@sweep(every=timedelta(seconds=60))
def deem_accepted(now: datetime) -> int:
    """Requests whose acceptance promise is over, stamped with the moment it ended."""
    over = Clock.objects.filter(kind=Kind.ACCEPTANCE, result=Clock.Result.RUNNING, due_at__lt=now)
    requests = Request.objects.filter(pk__in=list(over.values_list("target_id", flat=True)[:BATCH]))
    return sum(_settled(deem_request, request) for request in requests.filter(status=Request.Status.DONE))


@sweep(every=timedelta(minutes=30))
def file_accepted(now: datetime) -> int:
    """Requests that were accepted a while ago and that nobody has rated."""
    old = Acceptance.objects.filter(at__lt=now - FILED_AFTER, request__status=Request.Status.ACCEPTED)
    requests = Request.objects.filter(pk__in=list(old.values_list("request_id", flat=True)[:BATCH]))
    return sum(_settled(archive_request, request, at=now) for request in requests)


def _settled(action: object, request: Request, **how: object) -> int:
    """Do it; whoever was faster has done it already, and that is as good."""
    try:
        action(request, **how)  # type: ignore[operator]
    except Refused:
        return 0
    return 1
