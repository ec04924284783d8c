"""Who is on the line: people and former callers by a few letters or digits, and what they are waiting for."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _

from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import OF_PEOPLE, User

FEWEST, MOST = 2, 8


def people_like(words: str) -> list[dict[str, Any]]:
    """Whom a caller may be, by name, account or phone, the best first; then callers without an account. Each
    as the form's list offers it: value, label, note, and in `fill` what else is known for the form."""
    typed = words.strip()[:40]
    if len(typed) < FEWEST:
        return []
    accounts = [_offered(person) for person in _people(typed)]
    return [*accounts, *_former_callers(typed)][:MOST]


def _people(typed: str) -> list[User]:
    known = Q(name__icontains=typed) | Q(username__icontains=typed) | Q(phone__icontains=typed)
    begins = (
        Q(name__istartswith=typed) | Q(username__istartswith=typed) | Q(phone__startswith=typed)
    )
    last = (
        Demand.objects.filter(requester=OuterRef("pk"))
        .order_by("-submitted_at")
        .values("place_id")[:1]
    )
    people = User.objects.filter(OF_PEOPLE, known, is_active=True).select_related("department")
    ranked = people.annotate(
        last_place=Subquery(last), rank=Case(When(begins, then=Value(0)), default=Value(1))
    )
    return list(ranked.order_by("rank", "name", "pk")[:MOST])


def _offered(person: Any) -> dict[str, Any]:
    note = " · ".join(filter(None, [str(person.department or ""), person.phone, person.username]))
    fill = {"phone": person.phone, "place": str(person.last_place or "")}
    return {"value": str(person.pk), "label": person.name, "note": note, "fill": fill}


def _former_callers(typed: str) -> list[dict[str, Any]]:
    """Guests who have been taken down before, each with the last place."""
    asked = Demand.objects.filter(requester__is_guest=True).filter(
        Q(caller__icontains=typed) | Q(phone__icontains=typed)
    )
    last: dict[tuple[str, str], int] = {}
    for caller, phone, place in asked.order_by("-pk").values_list("caller", "phone", "place_id")[
        :50
    ]:
        last.setdefault((caller, phone), place)
    return [
        {
            "value": "",
            "label": caller,
            "note": _("无账号 · %(phone)s") % {"phone": phone},
            "fill": {"phone": phone, "place": str(place)},
        }
        for (caller, phone), place in last.items()
    ]


def waiting_for(user: User, person: User | None, phone: str) -> list[Demand]:
    """Latest demands of `person`, or of the guest with that phone, that `user` may see, open ones first."""
    seen = Demand.objects.visible_to(user).with_all()
    if person:
        mine = seen.filter(requester=person)
    elif len(phone.strip()) >= FEWEST:
        mine = seen.filter(requester__is_guest=True, phone=phone.strip())
    else:
        return []
    latest = list(mine.order_by("-submitted_at")[:12])
    return sorted(latest, key=lambda demand: demand.status not in Demand.OPEN)[:6]
