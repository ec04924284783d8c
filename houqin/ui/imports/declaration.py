"""An import with its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any, ClassVar

from django.shortcuts import resolve_url
from django.urls import URLPattern
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.platform.sheets.columns import SheetRow, Words
from houqin.platform.sheets.importer import Importer
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.registry import IMPORTS
from houqin.ui.fields import HouseForm
from houqin.ui.imports.forms import MapForm, UploadForm
from houqin.ui.imports.of_form import FormReader, form_sheet
from houqin.ui.imports.steps import Steps
from houqin.ui.routes import Sample, page


@dataclass(kw_only=True)
class Import(Importer):
    """An import with its pages. `words` stand above the box for the file; `home` is where one comes from;
    `rows_template` draws the rows of a preview, `notes_template` what else there is to say of it,
    `intro_template` what there is to say where the file is brought."""

    upload_form: ClassVar[type[UploadForm]] = UploadForm
    map_form: ClassVar[type[MapForm]] = MapForm
    match_form: ClassVar[type[HouseForm] | None] = None
    rows_template: ClassVar[str] = "ui/imports/_preview_rows.html"
    intro_template: ClassVar[str] = ""
    notes_template: ClassVar[str] = ""
    result_template: ClassVar[str] = ""

    words: Words = ""
    home: str = ""
    form_class: type[HouseForm] | None = None

    def __post_init__(self) -> None:
        IMPORTS[self.key] = self

    @classmethod
    def of_form(
        cls,
        key: str,
        title: Words,
        form_class: type[HouseForm],
        *,
        write: Callable[..., Any],
        to: Set[str],
        by: str = "",
        find: Callable[[User, dict[str, str]], Any] | None = None,
        rows: Callable[[], Any] | None = None,
        aliases: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Import:
        """Declare the import whose rows are validated by `form_class`; see the docstring of the package."""
        sheet = form_sheet(title, form_class, by=by, rows=rows, aliases=aliases or {})
        return cls(
            key=key,
            title=title,
            sheets=(sheet,),
            to=to,
            write=write,
            find=find,
            form_class=form_class,
            **more,
        )

    def reader(self, actor: User) -> Callable[[SheetRow], None]:
        if self.form_class is None:
            return super().reader(actor)
        return FormReader(self.form_class, actor, self.find).read

    def home_url(self, about: Mapping[str, Any]) -> str:
        """Where one goes back to, "" for nowhere."""
        return resolve_url(self.home) if self.home else ""

    def words_of(self, about: Mapping[str, Any]) -> dict[str, Any]:
        """What `intro_template` and `notes_template` need of what the address names."""
        return {}

    @property
    def may_be_filled(self) -> bool:
        """Whether a template holds what is there already."""
        return any(sheet.rows for sheet in self.sheets)

    def context(self, request: Any, file: ImportFile) -> dict[str, Any]:
        """What `result_template` needs more than the file."""
        return {}

    def urls(
        self,
        route: str,
        *,
        sample: Sample | None = None,
        sees: Set[str] | None = None,
        may: Set[str] | None = None,
        arguments: Sample | None = None,
        reads: Set[str] | None = None,
    ) -> list[URLPattern]:
        """The pages. `sample` is a file that one of `sees` has brought; where the route has arguments of its
        own, `arguments` is a sample of them, of which `reads` know."""
        steps, rule = Steps(self), {"to": self.to, "everywhere": self.everywhere, "may": may}
        of_file: dict[str, Any] = rule | {"sees": sees, "sample": sample}
        of_kind: dict[str, Any] = rule | {"sees": reads, "sample": arguments}
        return [
            page(
                f"{route}{where}",
                getattr(steps, step),
                self._name_of(step),
                format_lazy(words, title=self.title),  # type: ignore[arg-type]
                **(of_file if where.startswith(OWN) else of_kind),
            )
            for step, (where, words) in STEPS.items()
        ]

    def _name_of(self, step: str) -> str:
        """What the address of a step is called."""
        name = f"{self.key.rpartition(':')[2]}_import"
        return name if step == "bring" else f"{name}_{step}"


OWN = "<int:pk>/"
STEPS: dict[str, tuple[str, Words]] = {
    "bring": ("", "{title}"),
    "template": ("template/", _("{title}：模板")),
    "file": (OWN, _("{title}：自己上传的，结果")),
    "columns": (f"{OWN}columns/", _("{title}：自己上传的，对应列")),
    "preview": (f"{OWN}preview/", _("{title}：自己上传的，预览")),
    "start": (f"{OWN}start/", _("{title}：自己上传的，开始")),
    "errors": (f"{OWN}errors/", _("{title}：自己上传的，错误")),
    "undo": (f"{OWN}undo/", _("{title}：自己上传的，撤回")),
}
