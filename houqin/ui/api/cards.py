"""The verbs of a card as actions of the API: one address for all of them, drawn from the card itself."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen
from houqin.platform.tokens.idempotency import carry_out
from houqin.ui.api.fields import form_schema
from houqin.ui.api.instance import answers, may
from houqin.ui.api.parsing import read_body
from houqin.ui.cards import Card, Verb
from houqin.ui.routes import BUSINESS, Sample

# By the address of their actions, for the document.
CARDS: dict[str, Card] = {}


class Action(Schema):
    """What an action asks for, of this thing and of this caller."""

    verb: str
    label: str
    hint: str
    blocked: str = Field(
        description="What is missing before it can be done; empty when nothing is."
    )
    fields: dict[str, Any] = Field(
        description="JSON Schema of the body, with the choices of this moment."
    )


class Done(Schema):
    """How the thing stands after the action."""

    number: str
    status: str
    status_words: str
    message: str = Field(description="What the page would say; may be empty.")
    url: str
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


@dataclass(frozen=True)
class CardActions:
    """`/{plural}/{number}/actions/{verb}` for `card`: GET tells what the verb asks for, POST speaks it."""

    card: Card
    plural: str
    sample: Sample
    sees: Set[str] = BUSINESS
    area: str = ""  # of the scopes, where it is not `plural`

    def scope(self, what: str) -> str:
        """The scope to read or to write."""
        return f"{self.area or self.plural}:{what}"

    def add_to(self, router: Router) -> None:
        """Let `router` answer at the address of the actions."""
        where = f"/{self.plural}/{{number}}/actions/{{verb}}"
        CARDS[where] = self.card
        name = f"{self.card.name}_action"
        router.get(
            where,
            url_name=name,
            operation_id=f"{name}_form",
            summary="What an action asks for",
            **answers(200, Action, 404, 409, 412),
            **self._rule("read"),
        )(self.ask())
        router.post(
            where,
            url_name=name,
            operation_id=name,
            summary="Do it",
            **answers(200, Done, 400, 404, 409, 412, 413, 415, 422),
            **self._rule("write"),
        )(self.speak())

    def _rule(self, what: str) -> dict[str, Any]:
        """Who may call an action to read what it asks for or to `write`, and where the document has it."""
        sees, flow = self.sees, self.card.model
        rule = may(self.scope(what), sees=sees, sample=self.sample, flow=flow)
        return {"tags": [self.plural]} | rule

    def ask(self) -> Callable[..., Any]:
        def ask(request: ApiRequest, number: str, verb: str) -> dict[str, Any]:
            obj, action = self._find(request, number, verb)
            form = _empty(request, action, obj)
            return _asked(verb, action, obj, form)

        return ask

    def speak(self) -> Callable[..., Any]:
        def speak(request: ApiRequest, number: str, verb: str) -> Any:
            obj, action = self._find(request, number, verb)
            answers = read_body(request).fill(_empty(request, action, obj))
            return carry_out(
                request, 200, lambda: self._do(request, obj, action, answers), done_to=obj
            )

        return speak

    def _do(
        self, request: ApiRequest, obj: Any, action: Verb, answers: dict[str, Any]
    ) -> dict[str, Any]:
        action.action(request.user, obj, **answers)
        return self.stands(request, obj, message=str(action.done))

    def stands(self, request: ApiRequest, obj: Any, *, message: str = "") -> dict[str, Any]:
        """How `obj` stands now, as Done."""
        obj.refresh_from_db()
        return {
            "number": obj.number,
            "status": obj.status,
            "status_words": str(obj.get_status_display()),
            "message": message,
            "actions": self.open_to(request, obj),
            "url": reverse(f"api:{self.card.name}", args=[obj.number]),
        }

    def open_to(self, request: ApiRequest, obj: Any) -> list[str]:
        """The verbs that the caller may speak now, in the order of the card."""
        return self.card.verbs_open_to(request.user, obj)

    def _find(self, request: ApiRequest, number: str, verb: str) -> tuple[Any, Verb]:
        """The thing and the action. Raises what keeps this caller from it."""
        obj = get_object_or_404(self.card.model.objects.visible_to(request.user), number=number)
        if verb not in self.card.verbs:
            raise Http404
        refuse_unseen(request, obj)
        obj.FLOW.check(verb, request.user, obj)
        return obj, self.card.verbs[verb]


def _asked(verb: str, action: Verb, obj: Any, form: Form) -> dict[str, Any]:
    """What the action asks for, as Action."""
    return {
        "verb": verb,
        "label": str(action.label),
        "hint": str(action.hint),
        "blocked": action.blocked(obj),
        "fields": form_schema(form.fields, files=True),
    }


def _empty(request: ApiRequest, verb: Verb, obj: Any) -> Form:
    return verb.form(actor=request.user, target=obj) if verb.form else Form()  # type: ignore[call-arg]
