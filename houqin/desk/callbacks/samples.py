"""One call-back in each state, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.desk.callbacks.actions import draw_call_back
from houqin.desk.callbacks.models import CallBack
from houqin.desk.demands import samples
from houqin.kernel.timekeeping import now


def waiting(cast: Any) -> CallBack:
    demand = samples.given(cast)
    draw_call_back(demand, CallBack.Why.SAMPLE, at=now())
    return CallBack.objects.get(demand=demand)
