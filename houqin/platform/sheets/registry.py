"""Every kind of import by its key, which is the beginning of the names of its addresses."""

from typing import Any, Final

IMPORTS: Final[dict[str, Any]] = {}
