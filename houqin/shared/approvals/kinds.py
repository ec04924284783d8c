"""What can be approved, each kind registered by the app whose things they are, in its `approvals.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.registry import Registered, Registry, Text

ROLE, SUPERIOR, PERSON = "role", "superior", "person"
WHO: Final[Mapping[str, Text]] = {
    SUPERIOR: _("申请人的部门负责人"),
    PERSON: _("指定的人"),
    ROLE: _("岗位"),
}


@dataclass(frozen=True)
class StepRule:
    """Who is asked at one step, whether `everyone` of them has to agree, from which amount on, and whether
    each has to sign."""

    who: str
    role: str = ""
    person: int = 0
    everyone: bool = False
    from_fen: int = 0
    signs: bool = False

    def stored(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class ApprovalKind(Registered):
    """What is approved of a thing. `facts(subject)` are shown and hashed: values that no language changes,
    by the keys of `labels`; `words` say some of them in the language of who looks. `owner` is whose matter it
    is; `usual` is asked where no chain fits."""

    model: type[models.Model]
    labels: Mapping[str, Text]
    facts: Callable[[Any], dict[str, str]]
    owner: Callable[[Any], User]
    title: Callable[[Any], str]
    place: Callable[[Any], Place | None] = lambda subject: None
    amount: Callable[[Any], int | None] = lambda subject: None
    category: Callable[[Any], str] = lambda subject: ""
    categories: Callable[[], list[tuple[str, Text]]] = list
    usual: tuple[StepRule, ...] = ()
    words: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


KINDS: Registry[ApprovalKind] = Registry("kinds of approvals")


@dataclass(frozen=True)
class Matter:
    """What a chain is chosen by, and who must not be asked: nobody approves their own."""

    kind: str
    owner: User
    place: Place | None = None
    amount_fen: int | None = None
    category: str = ""
    own: frozenset[int] = frozenset()


def matter_of(kind: ApprovalKind, subject: models.Model, requester: User) -> Matter:
    owner = kind.owner(subject)
    return Matter(
        kind.code,
        owner,
        kind.place(subject),
        kind.amount(subject),
        kind.category(subject),
        frozenset({owner.pk, requester.pk}),
    )
