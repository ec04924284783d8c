"""Changing who and what the house knows, one file for each kind."""

from houqin.setup.directory.actions.people import deactivate_person, restore_person, save_person
from houqin.setup.directory.actions.trees import (
    close_place,
    remove_node,
    save_department,
    save_place,
)

__all__ = [
    "close_place",
    "deactivate_person",
    "remove_node",
    "restore_person",
    "save_department",
    "save_person",
    "save_place",
]
