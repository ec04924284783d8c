"""Links that open one thing once: a first or a forgotten password, and a house that nobody lives in yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.administrators import is_administrator
from houqin.kernel.people.models import OF_PEOPLE, User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.setup.permissions import RUNS_ACCOUNTS
from houqin.shared.links.actions import draw_link, revoke_link
from houqin.shared.links.models import Link, Purpose

GONE = gettext_noop("这个链接已经用过或已过期，请向系统管理员要一个新的。")
PASSWORD_LINK: Final = Purpose("password", lasts=timedelta(days=7))
SETUP_LINK: Final = Purpose("setup", lasts=timedelta(days=7))
MACHINE_ALONE = gettext_noop(
    "%(name)s 是三员之一，链接只在服务器上生成：manage.py setup_link --user %(number)s。"
)


@transaction.atomic
def make_links(actor: User, people: Iterable[User]) -> dict[int, str]:
    """For each of `people` (by primary key) the token of a link by which they choose a password; links that
    they had before open nothing any more. A token is told only here.

    Raises NotAllowed, and Refused for somebody who may not sign in, and for one of the three administrators:
    nobody makes a way into their accounts alone, but on the machine (`manage.py setup_link`).
    """
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    tokens = {}
    for person in people:
        if person.is_service:
            raise Refused(_("%(name)s 是服务账号，只凭令牌进来，不能登录。") % {"name": person})
        if not person.is_active or person.is_system:
            raise Refused(_("%(name)s 的账号已停用，请先恢复。") % {"name": person})
        if not actor.is_system and is_administrator(person, at):
            raise Refused(_(MACHINE_ALONE) % {"name": person, "number": person.username})
        _link, tokens[person.pk] = draw_link(actor, PASSWORD_LINK, person, at=at)
        record(actor, "user.link_made", person, at=at, name=person.name)
    return tokens


@transaction.atomic
def make_setup_link(at: datetime) -> str:
    """The token that opens an empty house; the one before opens nothing any more.

    Raises Refused when there is somebody who can sign in.
    """
    refuse_lived_in()
    return draw_link(the_house(), SETUP_LINK, None, at=at)[1]


@transaction.atomic
def use_link(actor: User, link: Link, *, password: str) -> None:
    """Give `actor`, the person of `link`, this password, which has been checked; sessions of before end.

    Raises Refused when the link has been used meanwhile, or opens nothing to this person any more.
    """
    at = now()
    if not opens(link, at):
        raise Refused(_(GONE))
    take_link(link, at)
    actor.set_password(password)
    actor.save(update_fields=["password"])
    record(actor, "user.password_changed", actor, at=at)


def opens(link: Link, at: datetime) -> bool:
    """Whether the person of `link` may choose a password by it. Once they are one of the three administrators
    only a link that was made on the machine counts, however long they have had another."""
    person = link.target
    if not isinstance(person, User) or not person.is_active or not person.is_person:
        return False
    return link.maker.is_system or not is_administrator(person, at)


def take_link(link: Link, at: datetime) -> None:
    """Use the link up; Refused when somebody else was first."""
    if not revoke_link(link, at):
        raise Refused(_(GONE))


def lived_in() -> bool:
    """Whether anybody can sign in."""
    return User.objects.filter(OF_PEOPLE, is_active=True).exists()


def waits_for_its_first() -> bool:
    """Whether a link was made by which an empty house can be set up."""
    return not lived_in() and Link.objects.of(SETUP_LINK).filter(revoked_at=None).exists()


def refuse_lived_in() -> None:
    if lived_in():
        raise Refused(_("这里已经有人可以登录，请由系统管理员登录后设置。"))
