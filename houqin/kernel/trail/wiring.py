"""What one event means for others: each app declares its own effects, and they are merged here.

An app with effects has a module `effects` with a table `EFFECTS`: name of the event → functions, called in
the transaction of what happened. `"*"` stands for every event. `manage.py effects` prints the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from houqin.kernel.trail.models import Event

Effect = Callable[[Event], None]
Effects = dict[str, list[Effect]]


@cache
def effects() -> Effects:
    """Every effect by the name of its event; those of a lower storey come first."""
    merged: Effects = {}
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "effects"):
            table: Effects = getattr(import_module(f"{config.name}.effects"), "EFFECTS", {})
            for name, functions in table.items():
                merged.setdefault(name, []).extend(functions)
    return merged
