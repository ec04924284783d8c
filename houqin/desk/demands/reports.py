"""What pages and forms of the desk read beyond a single row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from houqin.desk.catalogue.lines import LINES
from houqin.desk.catalogue.models import Category, Entry
from houqin.desk.demands.models import RUNS_DEMANDS, Demand
from houqin.desk.demands.policies import COMPARED_WITHIN
from houqin.kernel.clock.models import Kind, PromisedTime, Standard
from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.orders.actions import skill_of
from houqin.work.orders.matching import Proposal, propose

READS_INNER = RUNS_DEMANDS | {"executor"}


def reads_inner(roles: Set[str]) -> bool:
    """Whether somebody with these roles at a demand may read and write inner notes."""
    return bool(READS_INNER & roles)


def may_be_told(person: User) -> bool:
    """Whether `person` may be copied in or mentioned: an active colleague. The three administrators take no
    part in the business."""
    return person.is_active and person.is_person and not person.role_codes() & ADMINISTRATORS


def promises_in_words(at: datetime) -> dict[str, str]:
    """For each grade, what the standard in force at `at` promises: 24 小时内响应，48 小时内办结."""
    promised: dict[str, dict[str, PromisedTime]] = defaultdict(dict)
    for promise in PromisedTime.objects.filter(standard=Standard.in_force(at)):
        promised[promise.grade][promise.kind] = promise
    return {
        grade: _("%(response)s内响应，%(handling)s内办结")
        % {"response": kinds[Kind.RESPONSE], "handling": kinds[Kind.HANDLING]}
        for grade, kinds in promised.items()
        if {Kind.RESPONSE, Kind.HANDLING} <= kinds.keys()
    }


def proposals_for(
    demand: Demand, at: datetime, *, others: bool = False, limit: int = 8
) -> list[Proposal]:
    """Who should do it, best first, as the line of the demand sees it; `others` as in `propose`."""
    skill = skill_of(demand.entry.skill_code)
    proposals = propose(demand.place, skill, at, kin=demand.kin(), others=others, limit=limit)
    line = demand.entry.line
    return line.candidates(demand, proposals) if line else proposals


def under_way_at(place: Place) -> list[tuple[str, int]]:
    """What is being done at `place` itself, as anybody may know it: how many of which service, the most
    first."""
    at_place = Demand.objects.open().filter(place=place)
    services = Counter(str(demand.entry) for demand in at_place.select_related("entry")[:50])
    return services.most_common(3)


BUILDING = 2  # how deep in the tree of places a building is
LIKELY, SURE = (
    50,
    60,
)  # points: worth a look for a reviewer; worth stopping somebody who is about to send
MOST_COMPARED = 200
COMPARED = ("place__path", "entry", "title")


@dataclass(frozen=True)
class Alike:
    """An open demand that may be the same thing: how likely (0 to 115), and why."""

    demand: Demand
    points: int
    why: list[str]


def alike_demands(
    entry: Entry | None,
    place: Place,
    title: str,
    *,
    at: datetime,
    least: int = LIKELY,
    but: int = 0,
) -> list[Alike]:
    """The open demands of late (COMPARED_WITHIN) in the same building that are likely the same thing, the
    likeliest first, at most three. `but` is the key of the one that is compared. Whoever shows them narrows
    them to what the reader may see (`told_to`)."""
    near = Demand.objects.open().filter(
        place__path__startswith=place.path[: BUILDING * Place.steplen],
        submitted_at__gte=at - COMPARED_WITHIN.span(at),
    )
    rows = near.exclude(pk=but).order_by("-submitted_at").values_list("pk", *COMPARED)
    asked = (place.path, entry.pk if entry else None, title)
    weighed = {pk: _likeness(facts, asked) for pk, *facts in rows[:MOST_COMPARED]}
    likely = [pk for pk, (points, _why) in weighed.items() if points >= least]
    best = sorted(likely, key=lambda pk: -weighed[pk][0])[:3]
    demands = Demand.objects.select_related("place", "entry", "requester").in_bulk(best)
    return [Alike(demands[pk], *weighed[pk]) for pk in best if pk in demands]


def _likeness(facts: Sequence[Any], other: Sequence[Any]) -> tuple[int, list[str]]:
    """How likely two demands are the same, each by what is COMPARED, and why."""
    (path, entry, title), (other_path, other_entry, other_title) = facts, other
    points, where = _nearness(path, other_path)
    why = [where]
    if other_entry and entry == other_entry:
        points, why = points + 35, [*why, _("同一服务项")]
    same = similarity(title, other_title)
    if same >= 0.3:
        why.append(_("说法相近 %(percent)s%%") % {"percent": round(same * 100)})
    return points + round(same * 40), why


def _nearness(here: str, other: str) -> tuple[int, str]:
    """How near two places are, by their paths."""
    if here == other:
        return 40, _("同一地点")
    parents = here[: -Place.steplen], other[: -Place.steplen]
    if len(here) > BUILDING * Place.steplen and (
        parents[0] == parents[1] or here in parents or other in parents
    ):
        return 25, _("紧挨着")
    return 15, _("同一楼栋")


def similarity(text: str, other: str) -> float:
    """How much two titles share, 0 to 1: twice the pairs of neighbouring characters that both have, by all
    pairs (the coefficient of Dice, 1945). Needs no list of words, so it serves Chinese as it does English."""
    first, second = _pairs(text), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


def told_to(user: User, matches: Sequence[Alike]) -> tuple[list[Alike], int]:
    """Those of `found` that `user` may see, and how many there are besides, of which nothing else is told."""
    keys = [match.demand.pk for match in matches]
    seen = set(Demand.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    named = [match for match in matches if match.demand.pk in seen]
    return named, len(matches) - len(named)


@dataclass(frozen=True)
class Shelf:
    """A category of the catalogue with its entries, under the line that answers for it."""

    line: str
    icon: str
    category: Category
    entries: list[Entry]


def shelves(words: str) -> list[Shelf]:
    """What can be asked for, in the order of the catalogue; with `words`, what is named or described so."""
    entries = (
        Entry.objects.filter(active=True)
        .select_related("category")
        .order_by("category__position", "category", "position", "pk")
    )
    for word in words.split()[:6]:
        entries = entries.filter(
            Q(name__icontains=word) | Q(hint__icontains=word) | Q(category__name__icontains=word)
        )
    return [
        _shelf(list(group))
        for _category, group in groupby(entries, key=lambda entry: entry.category_id)
    ]


def _shelf(entries: list[Entry]) -> Shelf:
    category = entries[0].category
    line = LINES.get(category.line_code)
    name, icon = (str(line.name), line.icon) if line else (str(category), "dots")
    return Shelf(name, icon, category, entries)
