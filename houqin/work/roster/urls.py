from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role
from houqin.ui.routes import BUSINESS, Sample, View, Words, page
from houqin.work.roster import samples, views
from houqin.work.roster.models import RUNS_ROSTER
from houqin.work.roster.pages import CARD, SWAPS, new_swap
from houqin.work.roster.patterns import PATTERNS
from houqin.work.roster.sheet import ROSTER_IN

# Who sees the roster of the sample's team.
READS = RUNS_ROSTER | {Role.COORDINATOR, Role.TECHNICIAN, Role.DUTY}


def _of_team(route: str, view: View, name: str, label: Words, sample: Sample) -> URLPattern:
    """A page of the roster of one team, which its crew reads and its lead writes."""
    return page(route, view, name, label, to=BUSINESS, sees=READS, may=RUNS_ROSTER, sample=sample)


app_name, heading = "roster", _("值班表和换班")
urlpatterns = [
    page("", views.roster, "roster", _("值班表"), to=BUSINESS),
    _of_team("mark/", views.mark, "mark", _("排一格"), samples.cell),
    _of_team("copy/", views.copy, "copy", _("照抄上一周"), samples.team),
    *PATTERNS.pages("patterns/"),
    *ROSTER_IN.urls(
        "teams/<int:team>/sheet/", arguments=samples.team, reads=READS, may=RUNS_ROSTER,
        sample=samples.sheet, sees=READS - {Role.MANAGER},
    ),
    *SWAPS.urls("swaps/", "swaps"),
    page("swaps/new/", new_swap, "new_swap", _("申请换班"), to=BUSINESS),
    *CARD.urls("swaps/", sees=RUNS_ROSTER | {Role.TECHNICIAN}, sample=samples.swap),
]  # fmt: skip
