"""What a person settles about their own account: language, look, phone, password, and who stands in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import NotAllowed
from houqin.kernel.people import actions as people
from houqin.kernel.people.administrators import ADMINISTRATORS, is_administrator
from houqin.kernel.people.models import OF_PEOPLE, Absence, RoleGrant, User
from houqin.kernel.timekeeping import now as current_time
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.messages import say

say("user.away", _("外出，由 %(substitute)s 代理"), icon="user-minus")
say("user.back", _("回到岗位"), icon="user-check")
say("user.password_changed", _("修改密码"), icon="key")


def choose_language(actor: User, *, language: str) -> None:
    actor.language = language
    actor.save(update_fields=["language"])


def choose_theme(actor: User, *, theme: str) -> None:
    actor.theme = theme
    actor.save(update_fields=["theme"])


def change_phone(actor: User, *, phone: str) -> None:
    actor.phone = phone
    actor.save(update_fields=["phone"])


@transaction.atomic
def change_password(actor: User, *, password: str, now: datetime) -> None:
    """Set a password that has been checked already; every other session of the account ends."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    record(actor, "user.password_changed", actor, at=now)


@transaction.atomic
def go_away(
    actor: User, *, substitute: User, starts_at: datetime, ends_at: datetime, now: datetime
) -> Absence:
    """As people.actions.go_away, on the record: the substitute holds one's roles for a while."""
    absence = people.go_away(actor, substitute=substitute, starts_at=starts_at, ends_at=ends_at)
    until = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    record(actor, "user.away", actor, at=now, substitute=substitute.name, **until)
    return absence


@transaction.atomic
def come_back(actor: User, *, now: datetime) -> None:
    """End one's absences, on the record."""
    people.come_back(actor, now=now)
    record(actor, "user.back", actor, at=now)


def substitutes_for(actor: User) -> QuerySet[User]:
    """Who may stand in for `actor`: somebody of the same department or with one of the same roles.

    The three administrators are kept apart (三员分立): one of them is stood in for by a holder of the same
    role only, and nobody else names one of them.
    """
    own = set(RoleGrant.objects.filter(user=actor).values_list("role", flat=True))
    others = User.objects.filter(OF_PEOPLE, is_active=True).exclude(pk=actor.pk)
    if own & ADMINISTRATORS:
        fitting = others.filter(role_grants__role__in=own & ADMINISTRATORS)
    else:
        administrators = RoleGrant.objects.filter(role__in=ADMINISTRATORS).values("user_id")
        fitting = others.filter(_near(actor, own)).exclude(pk__in=administrators)
    return fitting.distinct().order_by("name", "pk")


def _near(actor: User, roles: set[str]) -> Q:
    """Who has one of `roles`, or is of the department of `actor`."""
    same_role = Q(role_grants__role__in=roles)
    return same_role | Q(department=actor.department) if actor.department_id else same_role


@transaction.atomic
def change_own_email(actor: User, *, email: str) -> None:
    """Change the own address. Raises NotAllowed as `require_own_email` does."""
    at = current_time()
    require_own_email(actor)
    actor.email = email
    actor.save(update_fields=["email"])
    record(actor, "user.changed", actor, at=at, name=actor.name, changed=["email"])


def require_own_email(actor: User) -> None:
    """Raise NotAllowed unless `actor` is one of the three administrators: the addresses of all others are
    kept by the system administrator."""
    if not is_administrator(actor, current_time()):
        raise NotAllowed(_now("您的邮箱由系统管理员登记。"))
