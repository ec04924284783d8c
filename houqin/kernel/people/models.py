from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from houqin.kernel.people.roles import Role as Role
from houqin.kernel.people.roles import role_choices
from houqin.kernel.places.models import Place
from houqin.kernel.prepared import PreparedQuery
from houqin.kernel.timekeeping import now

# Those accounts behind which is a person: neither the house, nor its guests, nor another system.
OF_PEOPLE: Final = Q(is_system=False, is_guest=False, is_service=False)


class Department(MP_Node):  # type: ignore[misc]
    """A node of the organisation chart."""

    name = models.CharField(_("名称"), max_length=60)
    code = models.CharField(_("编码"), max_length=30, unique=True)
    node_order_by: list[str] = []

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Grant:
    """One role in force now; a path of None means everywhere."""

    role: str
    place_path: str | None = None
    department_path: str | None = None

    @property
    def everywhere(self) -> bool:
        return self.place_path is None and self.department_path is None


class User(AbstractUser):
    """A person; or the house itself when `is_system`: timers and imports act under that name; or, when
    `is_guest`, whoever has no account; or, when `is_service`, another system, which comes in by tokens alone.
    None of the three can sign in."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("跟随系统")
        LIGHT = "light", _("浅色")
        DARK = "dark", _("深色")

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("部门"),
        related_name="members",
    )
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    theme = models.CharField(_("外观"), max_length=5, choices=Theme, default=Theme.AUTO)
    menu = models.JSONField(default=dict, editable=False)  # pins, order and folds, by the shell
    is_system = models.BooleanField(default=False, editable=False)
    is_guest = models.BooleanField(default=False, editable=False)
    is_service = models.BooleanField(default=False, editable=False)

    REQUIRED_FIELDS = ["name"]
    # What a list shows of somebody.
    DRAWN = frozenset({"username", "name", "phone", "is_system", "is_guest"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_system"], condition=Q(is_system=True), name="one_house"
            ),
            models.UniqueConstraint(
                fields=["is_guest"], condition=Q(is_guest=True), name="one_guest"
            ),
        ]

    def __str__(self) -> str:
        if self.is_guest:
            return _now("访客")
        return _now("后勤管家") if self.is_system else self.name or self.username

    @property
    def is_person(self) -> bool:
        """Whether somebody of flesh and blood is behind it, who can sign in."""
        return not (self.is_system or self.is_guest or self.is_service)

    @cached_property
    def faces(self) -> list[int]:
        """The keys of everybody this user acts for now: oneself, and those one stands in for. What is
        theirs to sign or to do is one's own meanwhile; the trail names who did it."""
        return [self.pk, *(away for (away,) in STOOD_IN_FOR.rows(self.pk, now()))]

    @cached_property
    def grants(self) -> list[Grant]:
        """The roles in force for this user now, own ones and those of whom they stand in for."""
        at = now()
        return [Grant(*row) for face in self.faces for row in ROLES_HELD.rows(face, at)]

    def role_codes(self) -> set[str]:
        """Every role held anywhere; what the navigation asks."""
        return {grant.role for grant in self.grants}

    def roles_at(self, place: Place | None) -> set[str]:
        """Roles that reach `place`: granted everywhere, at the place or above it."""
        path = place.path if place else ""
        return {
            grant.role
            for grant in self.grants
            if grant.department_path is None
            and (grant.place_path is None or path.startswith(grant.place_path))
        }

    @property
    def heads(self) -> bool:
        """Whether a role is held over any department."""
        return any(grant.department_path is not None for grant in self.grants)

    def roles_over(self, department: Department | None) -> set[str]:
        """Roles held over `department` or a department above it."""
        path = department.path if department else ""
        return {
            grant.role
            for grant in self.grants
            if grant.department_path is not None and path.startswith(grant.department_path)
        }

    def holds_everywhere(self, roles: Set[str]) -> bool:
        """Whether one of `roles` is held over the whole organisation."""
        return any(grant.role in roles and grant.everywhere for grant in self.grants)

    def reach(self, roles: Set[str], *, place: str, department: str | None = None) -> Q:
        """The rows whose `place` (a lookup path to a Place) lies where one of `roles` is held.

        With `department`, rows of a department that such a role is held over count too.
        """
        if self.holds_everywhere(roles):
            return ~Q(pk__in=[])
        reached = Q(pk__in=[])
        for grant in self.grants:
            if grant.role not in roles:
                continue
            if grant.place_path is not None:
                reached |= Q(**{f"{place}__path__startswith": grant.place_path})
            elif department:
                reached |= Q(**{f"{department}__path__startswith": grant.department_path})
        return reached


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, at: datetime) -> RoleGrantQuerySet:
        """Those that have begun by `at` and not ended."""
        begun, lasting = (
            Q(starts_at=None) | Q(starts_at__lte=at),
            Q(ends_at=None) | Q(ends_at__gt=at),
        )
        return self.filter(begun, lasting)


class RoleGrant(models.Model):
    """A role held at a place subtree, over a department subtree, or (neither) everywhere; from and until
    when, if it does not hold for good."""

    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("角色"), max_length=20, choices=role_choices)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField(_("从"), null=True, blank=True)
    ends_at = models.DateTimeField(_("到"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            # Three instead of one with nulls not distinct, which SQLite does not know.
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(place=None, department=None),
                name="role_once_everywhere",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "place"],
                condition=Q(place__isnull=False),
                name="role_once_at_place",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "department"],
                condition=Q(department__isnull=False),
                name="role_once_over_department",
            ),
            models.CheckConstraint(
                condition=Q(place=None) | Q(department=None), name="role_at_place_or_department"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="role_ends_after_start"
            ),
        ]


class Absence(models.Model):
    """Someone is away; until then the substitute holds their roles and gets their notices."""

    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    substitute = models.ForeignKey(User, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("substitute")), name="absence_needs_another"
            ),
        ]
        indexes = [models.Index(fields=["substitute", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.user} → {self.substitute}"


def _stood_in_for(user: int, at: datetime) -> models.QuerySet[Absence, Any]:
    away = Absence.objects.filter(substitute=user, starts_at__lte=at, ends_at__gt=at)
    return away.values_list("user_id")


def _roles_held(user: int, at: datetime) -> models.QuerySet[RoleGrant, Any]:
    held = RoleGrant.objects.in_force(at).filter(user=user)
    return held.values_list("role", "place__path", "department__path")


STOOD_IN_FOR: Final = PreparedQuery(_stood_in_for, int, datetime)
ROLES_HELD: Final = PreparedQuery(_roles_held, int, datetime)


def holders(roles: Set[str], place: Place | None, **narrowed: Any) -> models.QuerySet[User]:
    """The active people who hold one of `roles` at `place` (or above it, or everywhere)."""
    paths = place.ancestor_paths() if place else []
    here = Q(place__path__in=paths) | Q(place=None, department=None)
    held = RoleGrant.objects.in_force(now()).filter(here, role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True, **narrowed).order_by(
        "pk"
    )


def with_substitutes(people: list[User], at: datetime) -> list[User]:
    """`people`, each one who is away at `at` replaced by the substitute, nobody twice."""
    away = Absence.objects.filter(user__in=people, starts_at__lte=at, ends_at__gt=at)
    stand_in = {
        absence.user_id: absence.substitute for absence in away.select_related("substitute")
    }
    return list(
        {
            person.pk: person for person in (stand_in.get(member.pk, member) for member in people)
        }.values()
    )


def the_house() -> User:
    """The system user, under whose name timers and imports act; created on first use."""
    house, _created = User.objects.get_or_create(
        is_system=True, defaults={"username": "house", "name": "后勤管家", "is_active": False}
    )
    return house


def the_guest() -> User:
    """The user in whose name people without an account ask for something; created on first use. It holds no
    role, hears no notices and cannot sign in: what a guest may see, a private link opens."""
    guest, _created = User.objects.get_or_create(
        is_guest=True, defaults={"username": "guest", "name": "访客", "is_active": False}
    )
    return guest
