"""A flow is the law of one aggregate: which verb leads where, who may speak it, who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.models import User
from houqin.kernel.related import forget_related
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.models import Event

SYSTEM = "system"
NOBODY: Set[str] = frozenset()


@dataclass(frozen=True)
class Audience:
    """Some people of a thing: `people(thing, event)`; `urgent(thing)` says whether they hear at once."""

    people: Callable[[Any, Event], Iterable[User]]
    urgent: Callable[[Any], bool] = lambda thing: False


@dataclass(frozen=True)
class Start:
    """How a thing comes to be: its first state and its first event, told to the audiences `tell`.

    Who may do that is the rule of the action, as nobody is anything yet to what is not there.
    """

    target: str
    event: str
    tell: Set[str] = NOBODY


@dataclass(frozen=True)
class Step:
    """`sources` → `target`, spoken by one of the roles `by`. A target of None leaves the state as it is.

    It leaves `<kind>.<event>` in the trail, told to the audiences `tell`; without `event` what it brings
    about leaves one. `when` narrows it by what the object itself carries (a review that is still pending);
    it must not ask the database. One that does not `move` writes nothing of the object, so that two who
    comment at once are not in each other's way.
    """

    sources: Set[str]
    target: str | None
    by: Set[str]
    event: str = ""
    tell: Set[str] = NOBODY
    when: Callable[[Any], bool] = lambda obj: True
    moves: bool = True

    def fits(self, obj: Any) -> bool:
        return obj.status in self.sources and self.when(obj)


class Flow(dict[str, Step]):
    """The steps of one model by their verbs. `kind` begins the names of its events, which are about `about`.

    `tells` says whom to tell of events that no step leaves by itself.
    """

    def __init__(
        self,
        steps: Mapping[str, Step],
        *,
        kind: str,
        starts: Mapping[str, Start] | None = None,
        tells: Mapping[str, Set[str]] | None = None,
        audiences: Mapping[str, Audience] | None = None,
        about: Callable[[Any], models.Model] = lambda obj: obj,
    ) -> None:
        super().__init__(steps)
        self.kind, self.about = kind, about
        self.starts: Mapping[str, Start] = starts or {}
        self.audiences: Mapping[str, Audience] = audiences or {}
        taken: tuple[Step | Start, ...] = (*steps.values(), *self.starts.values())
        told = {step.event: step.tell for step in taken}
        self.tells = {
            f"{kind}.{event}": names for event, names in {**told, **(tells or {})}.items()
        }

    def open_to(self, actor: User, obj: Any) -> list[str]:
        """The verbs `actor` may speak now, in the order drawn; templates draw one button for each."""
        roles = roles_of(actor, obj)
        return [verb for verb, step in self.items() if step.fits(obj) and step.by & roles]

    def check(self, verb: str, actor: User, obj: Any) -> None:
        """Raise NotAllowed when the role is missing, Refused when the state forbids the verb.

        The answer about the role goes on with `obj`, for this verb of this actor at this version alone, until
        the step is taken: card, action and `take` ask the database once.
        """
        asked = (verb, actor.pk, obj.version)
        if obj.checked != asked and not self[verb].by & roles_of(actor, obj):
            raise NotAllowed(_("您没有此操作的权限。"))
        if not self[verb].fits(obj):
            raise Refused(
                _("%(thing)s 目前是“%(state)s”，不能执行此操作。")
                % {"thing": obj, "state": obj.get_status_display()}
            )
        obj.checked = asked

    def take(
        self,
        verb: str,
        actor: User,
        obj: Any,
        *,
        at: datetime | None = None,
        facts: Mapping[str, Any] | None = None,
        event: str = "",
        named: User | None = None,
        **changes: Any,
    ) -> None:
        """Check, move `obj` one step with `changes` in one compare-and-set UPDATE, record the event, tell.

        `event` is another name than that of the step, where it depends; `named` is who did it by the trail,
        where another action has allowed it and the house takes the step. Raises what `check` raises, and
        Refused when another writer was first: of any number of actors who race, one wins.
        """
        step = self[verb]
        self.check(verb, actor, obj)
        obj.checked = None
        if step.moves:
            _move(obj, step.target or obj.status, changes)
        self._record(event or step.event, named or actor, obj, at, facts)

    def begin(
        self,
        verb: str,
        actor: User,
        obj: Any,
        *,
        at: datetime | None = None,
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        """Write `obj` for the first time, in the state of the start `verb`, record the event, tell."""
        obj.status = self.starts[verb].target
        obj.save(force_insert=True)
        self._record(self.starts[verb].event, actor, obj, at, facts)

    def told(self, name: str) -> list[Audience]:
        """Whom the steps name that leave the event `name`."""
        return [self.audiences[audience] for audience in sorted(self.tells.get(name, NOBODY))]

    def _record(
        self,
        event: str,
        actor: User,
        obj: Any,
        at: datetime | None,
        facts: Mapping[str, Any] | None,
    ) -> None:
        if event:
            name = f"{self.kind}.{event}"
            record(actor, name, self.about(obj), at=at or now(), **(facts or {}))


def _move(obj: Any, target: str, changes: dict[str, Any]) -> None:
    unmoved = type(obj).objects.filter(pk=obj.pk, version=obj.version, status=obj.status)
    changes |= {"version": obj.version + 1, "status": target}
    if not unmoved.update(**changes):
        raise Refused(_("%(thing)s 刚被他人更新，请刷新后再试。") % {"thing": obj})
    for name, value in changes.items():
        setattr(obj, name, value)


def roles_of(actor: User, obj: Any) -> set[str]:
    """Everything `actor` is to `obj`; the house itself is `system` to all."""
    return {SYSTEM} if actor.is_system else set(obj.roles_of(actor))


class Flowing(models.Model):
    """What a model with a FLOW brings: `version` counts the steps taken and is compared at each.

    `RELATIONS` gives a word to what somebody is to one object, beside the roles that are granted.
    """

    RELATIONS: ClassVar[Mapping[str, str | Promise]] = {}

    version = models.PositiveIntegerField(default=0, editable=False)

    checked: tuple[str, int, int] | None = None  # what `check` has answered, until it is taken

    class Meta:
        abstract = True

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """As Django's; what was read beside it is read anew too."""
        super().refresh_from_db(using, fields, from_queryset)
        if fields is None:
            forget_related(self)
