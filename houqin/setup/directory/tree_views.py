"""The trees of places and of departments, one level at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.models import Department
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.setup.directory.actions import close_place, remove_node, save_department, save_place
from houqin.setup.directory.forms import DepartmentForm, PlaceForm
from houqin.setup.permissions import RUNS_ACCOUNTS
from houqin.ui.form_pages import answer_form
from houqin.ui.http import PageRequest
from houqin.ui.timeline import timeline


@dataclass(frozen=True)
class Tree:
    """The pages of one tree. Their routes are called after `name`: setup:places, setup:place, …"""

    model: Any
    form: Any
    save: Any
    name: str
    many: str
    words: Any
    empty: Any

    def level(self, request: PageRequest, pk: int | None = None) -> HttpResponse:
        """One node with what is directly below it; without `pk` the top."""
        node = get_object_or_404(self.model, pk=pk) if pk else None
        below = (
            self.model.objects.get_children(node) if node else self.model.objects.filter(depth=1)
        )
        context = {
            "tree": self,
            "node": node,
            "below": below.order_by("path"),
            "now": now(),
            "above": self.model.objects.get_ancestors(node) if node else (),
            "routes": self._routes(),
            "may_edit": bool(request.user.roles_at(None) & RUNS_ACCOUNTS),
            "entries": timeline(node, inner=True)[:10] if node else (),
        }
        return render(request, "directory/tree.html", context)

    def edit(self, request: PageRequest, pk: int | None = None) -> HttpResponse:
        """The form of one node, new without `pk`; `?below=` is where a new one goes."""
        node = get_object_or_404(self.model, pk=pk) if pk else None
        form = self.form(request.POST or None, initial=self._initial(request, node), target=node)
        if node is None:
            title, back, hint = _("添加%(what)s") % {"what": self.words}, self._top(), ""
        else:
            title, back = _("修改“%(name)s”") % {"name": node.name}, self._one(node)
            hint = _("移动时，里面的一切跟着走；已有的需求和角色都还在。")
        return answer_form(
            request,
            form,
            lambda cleaned: self.save(request.user, node, **cleaned),
            title=title,
            back=back,
            done=_("“%(name)s”已保存。"),
            then=self._one,
            context={"hint": hint},
        )

    def _top(self) -> str:
        return reverse(f"setup:{self.many}")

    def _one(self, node: Any) -> str:
        return reverse(f"setup:{self.name}", args=[node.pk])

    def remove(self, request: PageRequest, pk: int) -> HttpResponse:
        node = get_object_or_404(self.model, pk=pk)
        above = self.model.objects.get_parent(node)
        remove_node(request.user, node)
        messages.success(request, _("“%(name)s”已删除。") % {"name": node})
        return redirect(f"setup:{self.name}", above.pk) if above else redirect(f"setup:{self.many}")

    def _routes(self) -> dict[str, str]:
        names = {"top": self.many, "one": self.name, "new": f"new_{self.name}"}
        names |= {"edit": f"edit_{self.name}", "remove": f"remove_{self.name}"}
        return {key: f"setup:{name}" for key, name in names.items()}

    def _initial(self, request: PageRequest, node: Any) -> dict[str, Any]:
        if node is None:
            below = request.GET.get("below", "")
            parent = self.model.objects.filter(pk=below).first() if below.isdecimal() else None
            return {"parent": parent, "kind": Place.Kind.ROOM if parent else Place.Kind.CAMPUS}
        initial = {
            "name": node.name,
            "code": node.code,
            "parent": self.model.objects.get_parent(node),
        }
        return initial | {"kind": getattr(node, "kind", "")}


PLACES = Tree(
    Place,
    PlaceForm,
    save_place,
    "place",
    "places",
    _lazy("地点"),
    _lazy("先加一个园区，再在里面加楼栋、楼层、房间；地点多的话用 Excel 一次导入。"),
)
DEPARTMENTS = Tree(
    Department,
    DepartmentForm,
    save_department,
    "department",
    "departments",
    _lazy("部门"),
    _lazy("先加最上级的单位，再加下面的部门；部门多的话用 Excel 一次导入。"),
)
READ, FORM = require_safe, require_http_methods(["GET", "HEAD", "POST"])
places, departments = READ(PLACES.level), READ(DEPARTMENTS.level)
edit_place, edit_department = FORM(PLACES.edit), FORM(DEPARTMENTS.edit)
remove_place, remove_department = require_POST(PLACES.remove), require_POST(DEPARTMENTS.remove)


@require_POST
def close(request: PageRequest, pk: int) -> HttpResponse:
    """Take a place out of use, or into use again."""
    place = get_object_or_404(Place, pk=pk)
    close_place(request.user, place, closed="open" not in request.POST)
    messages.success(
        request,
        _("“%(name)s”已停用，新需求选不到它。") % {"name": place}
        if place.closed
        else _("“%(name)s”已启用。") % {"name": place},
    )
    return redirect("setup:place", pk)
