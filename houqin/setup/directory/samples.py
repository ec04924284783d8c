"""One person, place and department of a cast."""

from __future__ import annotations

from typing import Any

from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place


def person(cast: Any) -> User:
    technician: User = cast.zhao
    return technician


def place(cast: Any) -> Place:
    room: Place = cast.room
    return room


def department(cast: Any) -> Department:
    lab: Department = cast.lab
    return lab
