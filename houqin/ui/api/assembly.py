"""The whole API: what the apps have added to it, and who may call what."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from django.utils.module_loading import autodiscover_modules
from ninja import NinjaAPI

from houqin.ui.api.derived import registers_router
from houqin.ui.api.instance import API, May
from houqin.ui.routes import Access


@cache
def whole() -> NinjaAPI:
    """The API with the part of every app, found by the name of its file, and the registers."""
    autodiscover_modules("pages")  # they declare the registers
    autodiscover_modules("api")
    API.add_router("", registers_router())
    return API


def accesses() -> list[Access]:
    """Who may call each operation, in the order of the addresses."""
    return [
        replace(door.access, method=operation.methods[0])
        for router in whole()._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for door in operation.auth_callbacks
        if isinstance(door, May)
    ]
