"""How work orders are found by whoever searches."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.platform.search.registry import Indexed, Shown, Text, register
from houqin.work.orders.models import WorkOrder, subject_models


def _rows() -> Any:
    subjects = [model._default_manager.all() for model in subject_models()]
    rows = WorkOrder.objects.select_related("place", "executor", "team")
    return rows.prefetch_related(GenericPrefetch("subject", subjects))


def _text(order: WorkOrder, thread: Sequence[str], inner: Sequence[str]) -> Text:
    about = (order.place.full_name, order.executor, order.team, order.met_name)
    return Text(
        number=order.number,
        title=order.title,
        body="\n".join(str(part) for part in about if part),
        thread=thread,
        inner=inner,
        open=order.status in WorkOrder.OPEN,
        at=order.offered_at,
    )


def _shown(order: WorkOrder, user: User) -> Shown:
    return Shown(
        url=order.get_absolute_url(),
        number=order.number,
        title=order.title,
        facts=[order.place.short_name, str(order.executor or order.team)],
        thing=order,
    )


register(
    Indexed(
        kind="order",
        label=_("工单"),
        icon="tool",
        order=20,
        model=WorkOrder,
        rows=_rows,
        text=_text,
        shown=_shown,
        inner_to=lambda user: WorkOrder.objects.inner_to(user),
        also=lambda order: [order.subject] if order.subject else [],
    )
)
