"""One object, its verbs, its pages: declared in a few lines per app.

A `Card` gives a model with a FLOW its page and, for each verb, a page with a form (GET) and the doing of it
(POST). A form may name fields in `prefilled` that the address fills in. The FLOW decides who may speak which
verb when; the card only says how the verb looks. With a `listing` its page follows from the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.files.models import Attachment
from houqin.ui.addresses import safe_next
from houqin.ui.form_pages import answer_form, posted
from houqin.ui.http import PageRequest, lead_on
from houqin.ui.lists import Listing, PageAction, facts_of
from houqin.ui.routes import BUSINESS, REQUESTER, Access, Sample, guarded, page
from houqin.ui.timeline import timeline

Words = str | Promise


@dataclass(frozen=True)
class Verb:
    """How a verb looks and what it calls: `action(actor, obj, **form.cleaned_data)`.

    `key` is the letter that presses it; `blocked(obj)` may return a sentence that says what is missing.
    `aside` verbs are drawn as plain links, away from the main ones.
    """

    label: Words
    action: Callable[..., Any]
    icon: str
    form: type[Form] | None = None
    tone: str = "plain"
    key: str = ""
    done: Words = ""
    hint: Words = ""
    template: str = "ui/verb.html"
    blocked: Callable[[Any], str] = field(default=lambda obj: "")

    def template_for(self, request: PageRequest) -> str:
        """The template of the page, or with `_` before its name that of the dialog."""
        folder, _, file = self.template.rpartition("/")
        return f"{folder}/_{file}" if request.htmx else self.template


@dataclass(frozen=True)
class Begin:
    """How a thing comes to be by a form: `action(actor, **form.cleaned_data)` gives it to those in `to`.

    `offer(user)` fills in what is likely."""

    label: Words
    action: Callable[..., Any]
    form: type[Form]
    to: Set[str] = BUSINESS
    icon: str = "plus"
    done: Words = ""
    offer: Callable[[User], Mapping[str, Any]] = lambda user: {}

    def open_to(self, user: User) -> bool:
        return REQUESTER in self.to or bool(user.role_codes() & self.to)

    def form_of(self, request: PageRequest) -> Form:
        """The form with what was posted, else with what is likely."""
        likely = dict(self.offer(request.user))
        form_class: Any = self.form
        form: Form = form_class(*posted(request), actor=request.user, initial=likely)
        return form


@dataclass(frozen=True)
class Card:
    """The pages of one model. `context(request, obj)` adds what its templates show; `reads` are the relations
    of the object that every page of it needs, read with it.

    With a `listing`, whose route is called `{name}s`, it needs no template: the page shows the facts that its
    columns name, pictures, signatures, the thread, and `banners` of the context (icon, words, tone).
    """

    model: Any
    name: str  # "demand": templates demands/demand.html and demands/_demand.html
    app: str
    verbs: Mapping[str, Verb]
    context: Callable[[PageRequest, Any], dict[str, Any]] = lambda request, obj: {}
    lookup: str = "number"
    listing: Listing | None = None
    begin: Begin | None = None
    reads: Sequence[str] = ()

    def __post_init__(self) -> None:
        CARDS.append(self)

    def urls(
        self, route: str = "", *, sample: Sample, sees: Set[str] = BUSINESS
    ) -> list[URLPattern]:
        """The page and the verbs: `visible_to` and the FLOW decide about each object. `sees` are those to
        whom `visible_to` shows the sample."""
        where, view = f"{route}<str:{self.lookup}>/", require_safe(self.page)
        rule: Any = {"to": BUSINESS, "sees": sees, "sample": sample}
        return [
            *self._begin_urls(route),
            page(where, view, self.name, self.model._meta.verbose_name, **rule),
            self._verb_url(where, rule),
        ]

    def _verb_url(self, where: str, rule: Mapping[str, Any]) -> URLPattern:
        label = format_lazy(_("{thing}：每项操作"), thing=self.model._meta.verbose_name)
        view = require_http_methods(["GET", "HEAD", "POST"])(self.speak)
        guard = Access(label=label, flow=self.model, **rule)
        return path(f"{where}<slug:verb>/", guarded(view, guard), name=f"{self.name}_verb")

    def _begin_urls(self, route: str) -> list[URLPattern]:
        if self.begin is None:
            return []
        ask = require_http_methods(["GET", "HEAD", "POST"])(self.start)
        name = f"new_{self.name}"
        return [page(f"{route}new/", ask, name, self.begin.label, to=self.begin.to)]

    def start(self, request: PageRequest) -> HttpResponse:
        """The form by which a new one begins; saved, its card follows."""
        begin = self.begin
        assert begin is not None
        return answer_form(
            request,
            begin.form_of(request),
            lambda cleaned: begin.action(request.user, **cleaned),
            title=begin.label,
            back=reverse(f"{self.app}:{self.name}s"),
            done=begin.done,
            then=lambda new: str(new.get_absolute_url()),
        )

    def buttons(self, request: PageRequest) -> list[PageAction]:
        """The button that begins a new one, for those who may; the `actions` of the list."""
        if self.begin is None or not self.begin.open_to(request.user):
            return []
        url = reverse(f"{self.app}:new_{self.name}")
        return [PageAction(self.begin.label, url, self.begin.icon, primary=True)]

    def page(self, request: PageRequest, **key: str) -> HttpResponse:
        return self._answer(request, self.seen(request, key))

    def speak(self, request: PageRequest, verb: str, **key: str) -> HttpResponse:
        obj, actor = self.seen(request, key), self.actor(request)
        if verb not in self.verbs:
            raise Http404
        obj.FLOW.check(verb, actor, obj)
        declared = self.verbs[verb]
        form = self._form(request, declared, obj)
        if request.method != "POST" or not form.is_valid():
            return self._ask(request, verb, obj, form)
        declared.action(actor, obj, **form.cleaned_data)
        if declared.done:
            messages.success(request, str(declared.done))
        return self._done(request, obj)

    def seen(self, request: PageRequest, key: dict[str, str]) -> Any:
        """The object, if this user may know of it; else 404."""
        rows = self.model.objects.visible_to(request.user)
        return get_object_or_404(rows.select_related(*self.reads) if self.reads else rows, **key)

    def actor(self, request: PageRequest) -> User:
        """Who acts: whoever is signed in, where no link says otherwise."""
        return request.user

    def open_verbs(self, request: PageRequest, obj: Any) -> list[dict[str, Any]]:
        """What the action bar draws: the verbs this person may speak now, in the order of the card."""
        allowed = self.verbs_open_to(self.actor(request), obj)
        return [self._button(verb, self.verbs[verb], obj) for verb in allowed]

    def verbs_open_to(self, actor: User, obj: Any) -> list[str]:
        """The verbs that `actor` may speak now, in the order of the card."""
        allowed = set(obj.FLOW.open_to(actor, obj))
        return [verb for verb in self.verbs if verb in allowed]

    def _button(self, verb: str, declared: Verb, obj: Any) -> dict[str, Any]:
        return {
            "verb": verb,
            "label": declared.label,
            "icon": declared.icon,
            "tone": declared.tone,
            "key": declared.key,
            "url": self.verb_url(verb, obj),
            "blocked": declared.blocked(obj),
            "direct": declared.form is None,
        }

    def verb_url(self, verb: str, obj: Any) -> str:
        return reverse(f"{self.app}:{self.name}_verb", args=[getattr(obj, self.lookup), verb])

    def _form(self, request: PageRequest, declared: Verb, obj: Any) -> Form:
        if declared.form is None:
            return Form(*posted(request))
        form_class: Any = declared.form
        names = getattr(form_class, "prefilled", ())
        known = {name: request.GET[name] for name in names if name in request.GET}
        form: Form = form_class(
            *posted(request), actor=self.actor(request), target=obj, initial=known
        )
        return form

    def _ask(self, request: PageRequest, verb: str, obj: Any, form: Form) -> HttpResponse:
        declared = self.verbs[verb]
        context = {
            "verb": self._button(verb, declared, obj),
            "how": declared,
            "form": form,
            self.name: obj,
            "card": obj,
        }
        context |= self.context(request, obj) | {"next": request.GET.get("next", "")}
        template = declared.template_for(request)
        return render(request, template, context, status=422 if form.is_bound else 200)

    def _done(self, request: PageRequest, obj: Any) -> HttpResponse:
        return lead_on(request, safe_next(request, obj.get_absolute_url()))

    def _answer(self, request: PageRequest, obj: Any) -> HttpResponse:
        context = {self.name: obj, "verbs": self.open_verbs(request, obj)}
        context |= self._derived(obj) | self.context(request, obj)
        response = render(request, self._template(request), context)
        response["Vary"] = "HX-Request"
        return response

    def _template(self, request: PageRequest) -> str:
        folder, file = ("ui", "card") if self.listing else (self.app, self.name)
        return f"{folder}/_{file}.html" if request.htmx else f"{folder}/{file}.html"

    def _derived(self, obj: Any) -> dict[str, Any]:
        """What `ui/card.html` shows: all of it follows from the columns, the files and the events."""
        if self.listing is None:
            return {}
        at = now()
        return {
            "card": obj,
            "now": at,
            "list_title": self.listing.title,
            "list_url": reverse(f"{self.app}:{self.name}s"),
            "facts": facts_of(self.listing, obj, at),
            "entries": timeline(obj, inner=False),
            **pictures_of(obj),
        }


def pictures_of(obj: Any) -> dict[str, Any]:
    """The photos of `obj`, and the signatures among its pictures apart."""
    pictures, signed = list(Attachment.objects.of(obj).photos()), Attachment.Tag.SIGNATURE
    return {
        "photos": [_shot(picture) for picture in pictures if picture.tag != signed],
        "signatures": [picture for picture in pictures if picture.tag == signed],
    }


def _shot(picture: Attachment) -> dict[str, Any]:
    return {"url": picture.get_absolute_url(), "thumb_url": picture.thumb_url, "alt": picture.name}


CARDS: list[Card] = []
