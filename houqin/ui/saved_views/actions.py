"""Views of a list and its columns, as one person wants them. They concern nobody else and leave no trail."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.ui.saved_views.models import ChosenColumns, SavedView

MOST = 12  # of one list


@transaction.atomic
def save_view(actor: User, listing: str, *, name: str, query: str) -> SavedView:
    """Keep `query` of the list under `name`, in place of what had that name. Raises Refused when there are
    MOST already."""
    if SavedView.objects.of(actor, listing).exclude(name=name).count() >= MOST:
        raise Refused(_("每个列表最多存 %(most)s 个视图，请先删掉一个。") % {"most": MOST})
    saved, _new = SavedView.objects.update_or_create(
        user=actor, listing=listing, name=name, defaults={"query": query}
    )
    return saved


@transaction.atomic
def drop_view(actor: User, view: SavedView) -> None:
    SavedView.objects.visible_to(actor).filter(pk=view.pk).delete()


@transaction.atomic
def choose_columns(actor: User, listing: str, *, names: Sequence[str]) -> None:
    """Show these columns of the list to `actor` from now on; the usual ones when there are none."""
    if not names:
        ChosenColumns.objects.visible_to(actor).filter(listing=listing).delete()
        return
    ChosenColumns.objects.update_or_create(
        user=actor, listing=listing, defaults={"names": list(names)}
    )
