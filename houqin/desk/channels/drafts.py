"""What somebody keeps for the next time: drafts of what was begun, favourites of what is asked for often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.models import Draft, Favourite
from houqin.desk.demands.models import STAFF, Demand
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now

NOT_KEPT = {"csrfmiddlewaretoken", "anyway", "photos"}
MOST_FIELDS, LONGEST = 40, 4000


@transaction.atomic
def save_draft(actor: User, entry: Entry, *, fields: Mapping[str, str]) -> Draft:
    """Keep what `actor` has typed for `entry` so far, in place of what was kept before; photos are not."""
    typed = {
        name: text.replace("\x00", "") for name, text in fields.items() if name not in NOT_KEPT
    }
    kept = {name[:60]: text[:LONGEST] for name, text in list(typed.items())[:MOST_FIELDS] if text}
    draft, _new = Draft.objects.update_or_create(
        user=actor, entry=entry, defaults={"fields": kept, "saved_at": now()}
    )
    return draft


@transaction.atomic
def drop_draft(actor: User, entry: Entry) -> None:
    """Forget what was begun: it was sent, or is not wanted any more."""
    Draft.objects.filter(user=actor, entry=entry).delete()


@transaction.atomic
def keep_favourite(actor: User, demand: Demand, *, name: str, shared: bool = False) -> Favourite:
    """Keep `demand` as something to ask for again; `shared` offers it to everybody and is for those who run
    the desk. Raises NotAllowed else, and Refused when `actor` has one of that name."""
    if shared and not actor.role_codes() & STAFF:
        raise NotAllowed(_("只有后勤专员和主管能设为所有人可用。"))
    favourite, new = Favourite.objects.get_or_create(
        owner=actor,
        name=name,
        defaults={
            "shared": shared,
            "entry": demand.entry,
            "place": demand.place,
            "title": demand.title,
            "body": demand.body,
            "answers": demand.answers,
            "claimed": demand.claimed,
            "at": now(),
        },
    )
    if not new:
        raise Refused(_("您已有叫“%(name)s”的常用需求，请换个名称。") % {"name": name})
    return favourite


@transaction.atomic
def drop_favourite(actor: User, favourite: Favourite) -> None:
    """Take one's own away; those who run the desk may take away any that is offered to everybody."""
    if favourite.owner_id != actor.pk and not actor.role_codes() & STAFF:
        raise NotAllowed(_("只能删除自己的常用需求。"))
    favourite.delete()


def filled_in(favourite: Favourite) -> dict[str, Any]:
    """What the form of its entry begins with."""
    answers = {f"ask_{code}": _said(answer) for code, answer in favourite.answers.items()}
    place = {"place": favourite.place_id} if favourite.place_id else {}
    filled = {"title": favourite.title, "body": favourite.body, "claimed": favourite.claimed}
    return filled | place | answers


def _said(answer: Any) -> Any:
    return ("yes" if answer else "no") if isinstance(answer, bool) else answer


def kept_by(user: User) -> dict[str, Any]:
    """The drafts of `user`, the newest first, and the favourites that they may use."""
    drafts = Draft.objects.visible_to(user).filter(entry__active=True).select_related("entry")
    favourites = Favourite.objects.visible_to(user).filter(entry__active=True)
    ordered = favourites.select_related("entry", "place").order_by("shared", "name", "pk")
    return {"drafts": drafts.order_by("-saved_at")[:20], "favourites": ordered[:30]}
