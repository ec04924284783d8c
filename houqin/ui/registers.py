"""Master data: rooms, codes, patterns, rules …; one declaration gives list, new, edit, switch and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.actions import require, require_everywhere
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.messages import say
from houqin.kernel.trail.records import remove_record, save_record, tell_changes
from houqin.platform.sheets.actions import bring_import
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.template import template_book
from houqin.ui.cards import pictures_of
from houqin.ui.fields import HouseForm
from houqin.ui.form_pages import answer_form, posted
from houqin.ui.http import PageRequest
from houqin.ui.imports import Import
from houqin.ui.lists import Listing, PageAction, View
from houqin.ui.routes import Sample, page
from houqin.ui.timeline import timeline

Words = str | Promise
SAVED = _("“%(name)s”已保存。")
HISTORY = 20  # entries


@dataclass(frozen=True, kw_only=True)
class Register(Listing):
    """The list and the pages of one kind of master data.

    Its routes are called after the model: `{name}s` lists, `new_{name}` and `{name}` edit, and
    `switch_{name}` takes a row out of use or brings it back, where it has a field `active`. `edits` are the
    roles that may, `everywhere` when they have to hold for all places; `reads` may open the list. A row is
    written by `save(actor, row, changes=…)`, a new one for None; without it the fields of the form are.
    `by` names the field that tells rows apart: with it they come in from a workbook, new and changed ones.
    """

    namespace: str
    name: str
    form: type[HouseForm]
    edits: Set[str]
    sample: Sample
    save: Callable[..., Any] | None = None
    new_form: type[HouseForm] | None = None
    switch: bool = False
    by: str = ""
    reads: Set[str] = frozenset()
    everywhere: bool = False
    hint: Words = ""
    saved: Words = SAVED

    def __post_init__(self) -> None:
        super().__post_init__()
        REGISTERS[self.key] = self
        if self.by:
            assert self.importer.key  # the worker knows it from here on
        say(self.event, "%(changed)s", icon="pencil", words={"changed": tell_changes})
        say(f"{self.name}.removed", _("撤回导入：删除“%(name)s”"), icon="trash")

    @cached_property
    def importer(self) -> Import:
        """How rows come in from a workbook."""
        return Import.of_form(
            self.route,
            self._words(_("导入{thing}")),
            self.new_form or self.form,
            write=lambda actor, row, **cleaned: self.write(actor, row, cleaned),
            to=self.edits,
            everywhere=self.everywhere,
            by=self.by,
            find=self._match,
            rows=self.model.objects.all,
            undo=lambda actor, row: remove_record(actor, row, f"{self.name}.removed"),
            home=self.route,
        )

    @property
    def route(self) -> str:
        """The name of the address of the list."""
        return f"{self.namespace}:{self.name}s"

    def _match(self, actor: User, texts: Mapping[str, str]) -> Any:
        """The row that a line of a workbook is about, None where it is new."""
        seen = self.model.objects.visible_to(actor)
        return seen.filter(**{f"{self.by}__iexact": texts.get(self.by, "")}).first()

    @property
    def event(self) -> str:
        """The name of the event that a written row leaves."""
        return f"{self.name}.saved"

    @property
    def label(self) -> Any:
        """What one row is called."""
        return self.model._meta.verbose_name

    def pages(self, route: str) -> list[URLPattern]:
        """The list and the pages of one row."""
        form = require_http_methods(["GET", "HEAD", "POST"])(self.edit)
        new, change = self._words(_("新增{thing}")), self._words(_("修改{thing}"))
        row_route = f"{route}<int:pk>/"
        return [
            self._list_page(route),
            *self._import_pages(route),
            self._edit_page(f"{route}new/", form, f"new_{self.name}", new),
            self._edit_page(row_route, form, self.name, change, sample=self.sample),
            *self._switch_pages(row_route),
        ]

    def _list_page(self, route: str) -> URLPattern:
        readers, view = self.reads or self.edits, require_safe(self.page)
        name = f"{self.name}s"
        return page(route, view, name, self.title, to=readers, everywhere=self.everywhere)

    def _edit_page(
        self, route: str, view: Any, name: str, words: Words, sample: Sample | None = None
    ) -> URLPattern:
        return page(
            route, view, name, words, to=self.edits, everywhere=self.everywhere, sample=sample
        )

    def _import_pages(self, route: str) -> list[URLPattern]:
        if not self.by:
            return []
        sees = frozenset({Role.MANAGER})
        return self.importer.urls(f"{route}import/", sample=_file_of(self), sees=sees)

    def _switch_pages(self, row_route: str) -> list[URLPattern]:
        if not self.switch:
            return []
        view, words = require_POST(self.turn), self._words(_("启用或停用{thing}"))
        name = f"switch_{self.name}"
        return [self._edit_page(f"{row_route}switch/", view, name, words, sample=self.sample)]

    def edit(self, request: PageRequest, pk: int | None = None) -> HttpResponse:
        """The form of one row with its history, of a new one without `pk`."""
        row = self._seen(request, pk) if pk else None
        form_class = self.form if row else self.new_form or self.form
        return answer_form(
            request,
            form_class(*posted(request), actor=request.user, target=row),
            lambda cleaned: self.write(request.user, row, cleaned),
            title=row or self._words(_("新增{thing}")),
            back=self.list_url,
            done=self.saved,
            template="ui/register.html",
            context=self._beside(row),
        )

    def turn(self, request: PageRequest, pk: int) -> HttpResponse:
        """Take a row out of use, or with `active` into use; pressed twice is once."""
        row = self._seen(request, pk)
        self.write(request.user, row, {"active": request.POST.get("active") == "on"})
        words = _now("“%(name)s”已启用。") if row.active else _now("“%(name)s”已停用。")
        messages.success(request, words % {"name": row})
        return redirect(self.list_url)

    def write(self, actor: User, row: Any, changes: Mapping[str, Any]) -> Any:
        """Write a row by the register's own action, or its fields where it has none."""
        if self.save is not None:
            return self.save(actor, row, changes=changes)
        (require_everywhere if self.everywhere else require)(actor, self.edits)
        return save_record(actor, row or self.model(), self.event, changes=changes)

    @property
    def list_url(self) -> str:
        """Where the list is."""
        return reverse(self.route)

    def row_url(self, row: Any) -> str:
        """Where a row is edited."""
        return reverse(f"{self.namespace}:{self.name}", args=[row.pk])

    def buttons(self, request: PageRequest) -> Sequence[PageAction]:
        """The button that begins a new row, for those who may."""
        more = self._edit_buttons if self.may_edit(request.user) else []
        return [*self.actions(request), *more]

    def may_edit(self, user: User) -> bool:
        """Whether `user` may write rows."""
        held = user.roles_at(None) if self.everywhere else user.role_codes()
        return bool(held & self.edits)

    @property
    def _edit_buttons(self) -> list[PageAction]:
        url = reverse(f"{self.namespace}:new_{self.name}")
        new = PageAction(self._words(_("新增{thing}")), url, "plus", primary=True)
        if not self.by:
            return [new]
        bring = reverse(f"{self.route}_import")
        return [PageAction(_("用 Excel 导入"), bring, "file-import", phone=False), new]

    def _words(self, words: Any) -> Any:
        return format_lazy(words, thing=self.label)

    def _seen(self, request: PageRequest, pk: int) -> Any:
        return get_object_or_404(self.model.objects.visible_to(request.user), pk=pk)

    def _beside(self, row: Any) -> dict[str, Any]:
        if row is None:
            return {"hint": self.hint}
        return {
            "hint": self.hint,
            "row": row,
            "switch_url": self._switch_url(row),
            "entries": timeline(row, inner=True)[:HISTORY],
            "now": now(),
            **pictures_of(row),
        }

    def _switch_url(self, row: Any) -> str:
        """Where `row` is taken out of use, "" where nothing is."""
        name = f"{self.namespace}:switch_{self.name}"
        return reverse(name, args=[row.pk]) if self.switch else ""


def _file_of(register: Register) -> Sample:
    """A workbook of what is there, brought by the manager of a cast."""

    def brought(cast: Any) -> ImportFile:
        register.sample(cast)
        upload = SimpleUploadedFile("book.xlsx", template_book(register.importer, filled=True))
        return bring_import(cast.lin, register.importer, upload=upload)

    return brought


def in_use(order: str) -> list[View]:
    """The tabs of master data with a field `active`, by `order`."""
    return [
        View("active", _("在用"), lambda rows, user: rows.filter(active=True), order),
        View("retired", _("停用"), lambda rows, user: rows.filter(active=False), order),
    ]


REGISTERS: dict[str, Register] = {}  # by the key of the list
