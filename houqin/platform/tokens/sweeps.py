from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import BATCH, sweep
from houqin.platform.tokens.idempotency import KEPT
from houqin.platform.tokens.models import KeptAnswer


@sweep(every=timedelta(minutes=10), title=_("清理接口的重复请求记录"))
def forget_answers(now: datetime) -> int:
    """Idempotency keys are kept for a day."""
    old = (
        KeptAnswer.objects.filter(at__lte=now - KEPT)
        .order_by("at")
        .values_list("pk", flat=True)[:BATCH]
    )
    return KeptAnswer.objects.filter(pk__in=list(old)).delete()[0]
