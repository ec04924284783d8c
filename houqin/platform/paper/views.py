from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.paper.printing import print_forms
from houqin.platform.paper.registry import PAPERS, Paper

MOST = 200  # forms in one file


@require_safe
def paper(request: HttpRequest, key: str, of: str) -> HttpResponse:
    """The forms of all the things `of` (numbers with commas) that this person may see, in one file; 404 when
    there is none of them.

    Raises Refused when none of them has anything to print yet, or when they are too many.
    """
    if key not in PAPERS:
        raise Http404
    printout, user, at = PAPERS[key], cast(User, request.user), now()
    ready = _ready(printout, _seen(printout, user, _keys(of)))
    content = print_forms([printout.form(user, thing, at) for thing in ready], printer=user, at=at)
    return pdf(content, f"{printout.label} {_names(printout, ready)}")


def _keys(of: str) -> list[str]:
    keys = list(dict.fromkeys(of.split(",")))
    if len(keys) > MOST:
        raise Refused(_("一次最多打印 %(most)s 份，请分几次打印。") % {"most": MOST})
    return keys


def _ready(printout: Paper, things: list[object]) -> list[object]:
    """Those that can be printed by now."""
    if not things:
        raise Http404
    ready = list(filter(printout.when, things))
    if not ready:
        raise Refused(_("还没有可以打印的%(paper)s。") % {"paper": printout.label})
    return ready


def _names(printout: Paper, things: list[object]) -> str:
    """The number of the first thing, and how many there are if there are more."""
    first: str = getattr(things[0], printout.lookup)
    if len(things) == 1:
        return first
    return _("%(first)s 等 %(count)s 份") % {"first": first, "count": len(things)}


def _seen(printout: Paper, user: User, keys: list[str]) -> list[object]:
    """In the order in which they were asked for."""
    things = printout.model.objects.visible_to(user).filter(**{f"{printout.lookup}__in": keys})
    by_key = {getattr(thing, printout.lookup): thing for thing in things}
    return [by_key[key] for key in keys if key in by_key]


def pdf(content: bytes, name: str) -> HttpResponse:
    """An answer that a browser shows and saves under `name`."""
    disposition = content_disposition_header(as_attachment=False, filename=f"{name}.pdf")
    headers = {"Content-Disposition": disposition or "inline", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
