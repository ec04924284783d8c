from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

LABEL_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that a reader takes for another
LABEL_LENGTH = 10  # 49 bits: nobody finds one by trying


def new_label() -> str:
    """A code to print at a place, which says nothing about it and cannot be guessed."""
    return "".join(secrets.choice(LABEL_LETTERS) for _letter in range(LABEL_LENGTH))


class PlaceQuerySet(MP_NodeQuerySet, models.QuerySet["Place"]):  # type: ignore[misc]
    def within(self, *roots: Place) -> Self:
        """Every place at or below one of `roots`; nothing when there are none."""
        if not roots:
            return self.none()
        inside = models.Q()
        for root in roots:
            inside |= models.Q(path__startswith=root.path)
        return self.filter(inside)

    def in_use(self) -> Self:
        """Where something can still be asked for."""
        return self.filter(closed=False)


class PlaceManager(MP_NodeManager.from_queryset(PlaceQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> PlaceQuerySet:
        return PlaceQuerySet(self.model, using=self._db).order_by("path")


class Place(MP_Node):  # type: ignore[misc]
    """Where something is: campus, building, floor, room or outdoor area, one classed tree."""

    class Kind(models.TextChoices):
        CAMPUS = "campus", _("园区")
        BUILDING = "building", _("楼栋")
        FLOOR = "floor", _("楼层")
        ROOM = "room", _("房间")
        OUTDOOR = "outdoor", _("室外")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)
    # The whole way from the campus down, written when the place is created or renamed, so that lists
    # of work need no walk up the tree for each row.
    full_name = models.CharField(_("全称"), max_length=300)
    code = models.CharField(_("编码"), max_length=30, unique=True)
    label = models.CharField(
        _("贴码"), max_length=12, unique=True, default=new_label, editable=False
    )
    # No longer in use, with everything below it: what happened there stays, nothing new is asked for there.
    closed = models.BooleanField(_("已停用"), default=False)

    objects = PlaceManager()
    node_order_by: list[str] = []

    def __str__(self) -> str:
        return self.full_name

    @property
    def short_name(self) -> str:
        """The last three steps of the way: what a person on site needs to find it."""
        return " ".join(self.full_name.split(" / ")[-3:])

    def ancestor_paths(self) -> list[str]:
        """The paths of the place and of everything above it, the campus first."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
