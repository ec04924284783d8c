"""Accounts of people: adding, changing, deactivating."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.administrators import ADMINISTRATORS, is_administrator
from houqin.kernel.people.models import Department, User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.setup.directory.reports import holders_besides, open_work
from houqin.setup.organisation.models import Organisation
from houqin.setup.permissions import RUNS_ACCOUNTS
from houqin.setup.sign_in_links.actions import PASSWORD_LINK
from houqin.shared.links.actions import revoke_links

# What signing in goes by: of one of the three administrators nobody else changes it.
SIGNS_IN_BY: Final = frozenset({"username", "email"})
OWN_ALONE = gettext_noop(
    "%(name)s 是三员之一：邮箱只由本人在“登录与安全”里改；要改工号，请安全管理员先撤销其角色，改好再授予。"
)


@transaction.atomic
def save_person(
    actor: User,
    person: User | None,
    *,
    username: str,
    name: str,
    department: Department | None,
    phone: str = "",
    email: str = "",
) -> User:
    """Add somebody, who cannot sign in before they have chosen a password by a link; or change `person`.
    Raises NotAllowed, and Refused for a service account and where the number or address of one of the three
    administrators would change. The trail names which fields were changed, not what stood in them.
    """
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    _refuse_service(person)
    values: dict[str, Any] = {"username": username, "name": name, "phone": phone, "email": email}
    values["department"] = department
    if person is None:
        return _add_person(actor, values, at)
    changed = [field for field, value in values.items() if getattr(person, field) != value]
    if SIGNS_IN_BY & set(changed) and not actor.is_system and is_administrator(person, at):
        raise Refused(_(OWN_ALONE) % {"name": person})
    if changed:
        for field in changed:
            setattr(person, field, values[field])
        person.save(update_fields=changed)
        record(actor, "user.changed", person, at=at, name=name, changed=changed)
    return person


@transaction.atomic
def deactivate_person(actor: User, person: User) -> None:
    """Close an account: no sign-in, no notices, no proposals; what they did stays.

    Raises NotAllowed, and Refused for oneself, for whoever has open work, for the last administrator of a
    kind, and for a service account.
    """
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    _refuse_service(person)
    if person.pk == actor.pk:
        raise Refused(_("不能停用自己的账号，请另一位系统管理员办理。"))
    if work := open_work(person):
        raise Refused(
            _("%(name)s 手上还有 %(count)d 件没办完，请先交接。")
            % {"name": person, "count": len(work)}
        )
    held = person.role_codes()
    for role in (role for role in ADMINISTRATORS if role in held):
        if not holders_besides(role, person):
            raise Refused(
                _("%(name)s 是最后一位%(role)s，请先授权给别人。")
                % {"name": person, "role": role.label}
            )
    person.is_active = False
    person.save(update_fields=["is_active"])
    revoke_links(PASSWORD_LINK, person, at)
    record(actor, "user.deactivated", person, at=at, name=person.name)


@transaction.atomic
def restore_person(actor: User, person: User) -> None:
    """Open a closed account again; roles and password are as they were. Raises NotAllowed, and Refused
    for a service account, which is closed for good."""
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    _refuse_service(person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(actor, "user.restored", person, at=at, name=person.name)


def _add_person(actor: User, values: dict[str, Any], at: datetime) -> User:
    person = User(**values, language=_language())
    person.set_unusable_password()
    person.save()
    record(actor, "user.added", person, at=at, name=person.name, username=person.username)
    return person


def _refuse_service(person: User | None) -> None:
    if person and person.is_service:
        raise Refused(
            _("%(name)s 是服务账号，请在“服务账号”里办理；停用了就不再恢复。") % {"name": person}
        )


def _language() -> str:
    organisation = Organisation.objects.first()
    return organisation.language if organisation else "zh-hans"
