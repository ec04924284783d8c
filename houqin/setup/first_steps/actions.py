"""Setting up a house: who it belongs to, its first four people, and saying that a step is settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import sync_catalogue
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import grant_role, require_everywhere
from houqin.kernel.people.models import Role, User, the_house
from houqin.kernel.policies.actions import apply_presets
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.worktime.seed import seed_national
from houqin.setup.first_steps.models import SettledStep
from houqin.setup.first_steps.steps import BY_CODE
from houqin.setup.first_steps.trades import seed_trades
from houqin.setup.organisation.models import Organisation
from houqin.setup.sign_in_links.actions import make_links, refuse_lived_in, take_link
from houqin.shared.links.models import Link
from houqin.work.orders.actions import seed_fault_codes
from houqin.work.roster.seed import seed_patterns

# What every house begins with.
SEEDS: Final[tuple[Callable[[], object], ...]] = (
    seed_national,
    seed_standard,
    sync_catalogue,
    seed_patterns,
    seed_trades,
    seed_fault_codes,
)
FIRST_POSTS: Final = (Role.MANAGER, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)


@transaction.atomic
def found_house(
    link: Link,
    *,
    name: str,
    kind: str,
    language: str,
    people: Mapping[str, tuple[str, str]],
) -> dict[str, str]:
    """Make an empty house one that four people can sign in to: its name, calendar, standard, catalogue,
    trades and what is usual for its kind, and for each of FIRST_POSTS a person (username, name). The
    token of each one's link, by role.

    Raises Refused when somebody lives there already, or the link has been used.
    """
    at, house = now(), the_house()
    refuse_lived_in()
    take_link(link, at)
    organisation = Organisation.objects.create(pk=1, name=name, kind=kind, language=language)
    for seed in SEEDS:
        seed()
    record(house, "house.founded", organisation, at=at, name=name)
    apply_presets(house, kind, at=at)
    founders = {
        role: _first_person(house, role, *people[role], language=language, at=at)
        for role in FIRST_POSTS
    }
    tokens = make_links(house, founders.values())
    return {role: tokens[person.pk] for role, person in founders.items()}


@transaction.atomic
def settle_step(actor: User, code: str, *, skipped: bool) -> None:
    """Say that a step is done or left out. Raises NotAllowed, and Refused for one that shows by itself."""
    at, step = now(), BY_CODE[code]
    require_everywhere(actor, {str(role) for role in step.by})
    if not (step.otherwise if skipped else step.confirmed):
        raise Refused(_("“%(step)s”不能跳过。") % {"step": step.title})
    values = {"skipped": skipped, "by": actor, "at": at}
    settled, _created = SettledStep.objects.update_or_create(code=code, defaults=values)
    record(
        actor, "house.step_skipped" if skipped else "house.step_settled", settled, at=at, step=code
    )


def _first_person(
    house: User, role: str, username: str, name: str, *, language: str, at: datetime
) -> User:
    person = User(username=username, name=name, language=language)
    person.set_unusable_password()
    person.save()
    record(house, "user.added", person, at=at, name=name, username=username)
    grant_role(person, role)
    record(house, "role.granted", person, at=at, name=name, role=role, where="")
    return person
