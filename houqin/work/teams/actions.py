"""Teams and trades, as those who run them write them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.shared.credentials.actions import NewCredential, add_credential, end_credential
from houqin.shared.credentials.models import Credential
from houqin.work.teams.models import Member, Skill, Team

RUNS_TEAMS = {Role.MANAGER, Role.LEAD}
EDITS_SKILLS = {Role.MANAGER}


@transaction.atomic
def save_team(
    actor: User,
    team: Team | None,
    *,
    name: str,
    kind: str,
    place: Place,
    active: bool,
    swaps_need_approval: bool,
) -> Team:
    """Write a team; whoever moves it runs teams at both places. Raises Refused for a name that is taken."""
    if team is not None:
        require(actor, RUNS_TEAMS, team.place)
    require(actor, RUNS_TEAMS, place)
    team = team or Team()
    team.name, team.kind, team.place, team.active = name, kind, place, active
    team.swaps_need_approval = swaps_need_approval
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as error:
        raise Refused(_("已有班组叫“%(name)s”。") % {"name": team.name}) from error
    record(actor, "team.saved", team, at=now(), name=team.name)
    return team


@transaction.atomic
def put_in_team(actor: User, team: Team, *, user: User, skills: Iterable[Skill]) -> Member:
    """Take somebody into the team, or change which trades they master."""
    require(actor, RUNS_TEAMS, team.place)
    member, new = Member.objects.get_or_create(team=team, user=user)
    member.skills.set(skills)
    words = "、".join(str(skill) for skill in member.skills.order_by("pk"))
    record(
        actor, "team.joined" if new else "team.trained", team, at=now(), who=str(user), skills=words
    )
    return member


@transaction.atomic
def take_out_of_team(actor: User, member: Member) -> None:
    """Let somebody leave the team; what they have in hand stays with them until it is given on."""
    require(actor, RUNS_TEAMS, member.team.place)
    record(actor, "team.left", member.team, at=now(), who=str(member.user))
    member.delete()


@transaction.atomic
def file_paper(actor: User, member: Member, paper: NewCredential) -> Credential:
    """Put a paper of somebody in the team on file."""
    require(actor, RUNS_TEAMS, member.team.place)
    return add_credential(actor, member.user, paper, at=now())


@transaction.atomic
def take_off_paper(actor: User, member: Member, credential: Credential) -> None:
    """Take a paper of somebody in the team off the file."""
    require(actor, RUNS_TEAMS, member.team.place)
    end_credential(actor, credential, at=now())
