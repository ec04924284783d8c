"""The pages of the house as something to be found."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.platform.search.registry import ListedKind, Shown, register
from houqin.ui.shell.navigation import GROUPS, named


def _pages(user: User, words: Sequence[str], most: int) -> list[Shown]:
    items = named(user, words)[:most]
    return [Shown(item.url, str(item.label), facts=[str(GROUPS[item.group])]) for item in items]


register(ListedKind("page", _("页面"), "layout-dashboard", _pages, personal=True, order=60))
