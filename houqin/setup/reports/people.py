"""What there is to know of people before they are changed."""

from __future__ import annotations

from itertools import chain
from typing import Any

from houqin.dispatch.models import WorkOrder
from houqin.kernel.people.models import RoleGrant, User
from houqin.servicedesk.models import Request


def open_work(person: User) -> list[Any]:
    """What nobody would finish without `person`: orders that they execute, requests that they would sign."""
    orders = WorkOrder.objects.open().filter(executor=person)
    requests = Request.objects.open().filter(requester=person)
    return list(chain(orders, requests))


def holders_besides(role: str, person: User) -> bool:
    """Whether somebody else who can sign in holds `role` everywhere."""
    others = RoleGrant.objects.filter(role=role, place=None, department=None, user__is_active=True)
    return others.exclude(user=person).exists()
