"""A flow is the law of one aggregate: which verb leads where, and which roles may speak it."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.models import User

SYSTEM = "system"


@dataclass(frozen=True)
class Step:
    """`sources` → `target`, spoken by one of the roles `by`. A target of None leaves the state as it is.

    `when` narrows it by what the object itself carries (a review that is still pending); it must not ask
    the database.
    """

    sources: Set[str]
    target: str | None
    by: Set[str]
    when: Callable[[Any], bool] = lambda obj: True

    def fits(self, obj: Any) -> bool:
        return obj.status in self.sources and self.when(obj)


class Flow(dict[str, Step]):
    def open_to(self, actor: User, obj: Any) -> list[str]:
        """The verbs `actor` may speak now, in the order drawn; templates draw one button for each."""
        roles = roles_of(actor, obj)
        return [verb for verb, step in self.items() if step.fits(obj) and step.by & roles]

    def check(self, verb: str, actor: User, obj: Any) -> None:
        """Raise NotAllowed when the role is missing, Refused when the state forbids the verb."""
        step = self[verb]
        if not step.by & roles_of(actor, obj):
            raise NotAllowed(_("您没有此操作的权限。"))
        if not step.fits(obj):
            raise Refused(
                _("%(thing)s 目前是“%(state)s”，不能执行此操作。")
                % {"thing": obj, "state": obj.get_status_display()}
            )

    def take(self, verb: str, actor: User, obj: Any, **changes: Any) -> None:
        """Move `obj` one step, writing `changes` with it, in one compare-and-set UPDATE.

        Raises what `check` raises, and Refused when another writer was first: of any number of actors who
        race, one wins.
        """
        self.check(verb, actor, obj)
        seen = obj.status
        changes |= {"version": obj.version + 1, "status": self[verb].target or seen}
        unmoved = type(obj).objects.filter(pk=obj.pk, version=obj.version, status=seen)
        if not unmoved.update(**changes):
            raise Refused(_("%(thing)s 刚被他人更新，请刷新后再试。") % {"thing": obj})
        for name, value in changes.items():
            setattr(obj, name, value)


def roles_of(actor: User, obj: Any) -> set[str]:
    """Everything `actor` is to `obj`; the house itself is `system` to all."""
    return {SYSTEM} if actor.is_system else set(obj.roles_of(actor))


class Flowing(models.Model):
    """What a model with a FLOW brings: `version` counts the steps taken and is compared at each."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
