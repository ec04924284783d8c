"""What happens to lists that go out as workbooks, and to files that come in."""

from houqin.platform.sheets.actions.exports import (
    claim_export,
    export_rows,
    finish_export,
    forget_contents,
)
from houqin.platform.sheets.actions.imports import (
    bring_import,
    choose_settings,
    map_import,
    start_import,
    undo_import,
)

__all__ = [
    "bring_import",
    "choose_settings",
    "claim_export",
    "export_rows",
    "finish_export",
    "forget_contents",
    "map_import",
    "start_import",
    "undo_import",
]
