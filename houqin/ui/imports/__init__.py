"""Files that bring rows in: one declaration gives the pages, the worker's part and the downloads.

The usual case is a form that checks one row, and the action that a page would call::

    ROOMS_IN = Import.of_form(
        "rooms:rooms", _("会议室"), RoomForm, write=save_room, to=RUNS_ROOMS,
        by="code", find=lambda actor, row: Room.objects.filter(code=row.get("code")).first(),
        rows=Room.objects.all, undo=remove_room,
    )
    urlpatterns = [*ROOMS_IN.urls("rooms/import/", sample=…, sees=…)]

- The key is `namespace:name`; the addresses are called `rooms:rooms_import` (bring a file),
  `…_import_template` and, for one file, `…_import_file`, `…_columns`, `…_preview`, `…_start`, `…_errors`,
  `…_undo`. Link to `rooms:rooms_import` with `file-import` as icon.
- `form_class(data, actor=, target=)` is a `HouseForm`. Its labels, in each language of the house, and its
  field names are the heads; `aliases={"code": "room number"}` adds others. Cells are read as people write
  them: places, people and other rows by code or full name, choices by label or value, 是 and 否, any dates.
- `write(actor, target, **cleaned_data)` adds (`target` None) or changes one row; `find(actor, row)` gets the
  texts of the row by field and answers what is there already, or None. Empty cells change nothing. Without
  `find` every row is new, and written by `write(actor, **cleaned_data)`. No two rows share the field `by`.
- `rows()` is what is there: the template can be had filled in, and brought back changed.
- `undo(actor, thing)` takes back what a row has added; without it no import is taken back.
- Up to `at_once` rows are written in the request, more by the worker; all or nothing, or, if whoever brings
  them says so, without the wrong rows.

A file without a form declares its columns: `Import(key=…, title=…, sheets=(ImportSheet(…, columns=(…)),),
to=…, write=…)`. One with rules of its own is a subclass that overrides `read`, `plan`, `write_all`, or names
its own `map_form`, `match_form` and templates (`desk/intake`, `setup/workbook`).
"""

from houqin.platform.sheets.columns import CellProblem, ImportColumn, ImportSheet, SheetRow
from houqin.platform.sheets.importer import Preview, RowRefused
from houqin.ui.imports.declaration import Import
from houqin.ui.imports.forms import MapForm, UploadForm

__all__ = [
    "CellProblem",
    "Import",
    "ImportColumn",
    "ImportSheet",
    "MapForm",
    "Preview",
    "RowRefused",
    "SheetRow",
    "UploadForm",
]
