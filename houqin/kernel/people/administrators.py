"""三员分立: the posts that run the house and therefore have no part in its business."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from houqin.kernel.people.models import Absence, Role, RoleGrant, User

ADMINISTRATORS: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})


def administrators(at: datetime) -> QuerySet[User]:
    """Whoever holds one of the three posts at `at` or is to hold it later, and who stands in for them:
    whoever gets into such an account has the post."""
    held = RoleGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), role__in=ADMINISTRATORS)
    standing_in = Absence.objects.filter(user__in=held.values("user"), ends_at__gt=at)
    return User.objects.filter(
        Q(pk__in=held.values("user")) | Q(pk__in=standing_in.values("substitute"))
    )


def is_administrator(person: User, at: datetime) -> bool:
    return administrators(at).filter(pk=person.pk).exists()
