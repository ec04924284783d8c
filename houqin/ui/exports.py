"""A list as an Excel workbook: what is filtered and visible, by the columns that draw the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import unquote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.actions import export_rows
from houqin.platform.sheets.models import Export
from houqin.platform.sheets.writing import XLSX, Head, write_sheet
from houqin.ui.addresses import safe_next
from houqin.ui.http import PageRequest
from houqin.ui.lists import LISTINGS, Listing

AT_ONCE = 5_000  # rows; more are made by the worker
CHUNK = 500


@require_POST
def export_list(request: PageRequest) -> HttpResponseBase:
    """Hand out the list that the page named, or have a long one made and told of."""
    listing, query, at = _asked_listing(request), request.POST.get("query", ""), now()
    export = _drawn_up(request.user, listing, query, at)
    export_rows(request.user, export, at=at)
    if export.status == Export.Status.DONE:
        return _file(request.user, listing, export)
    sentence = _("共 %(rows)s 行，正在后台生成；好了会有消息告诉您，点开就能下载。")
    messages.success(request, sentence % {"rows": export.rows})
    return HttpResponseRedirect(safe_next(request, "home"))


def _asked_listing(request: PageRequest) -> Listing:
    listing = LISTINGS.get(request.POST.get("list", ""))
    keepable = "\0" not in unquote(request.POST.get("query", ""))  # in a database, as text
    if listing is None or not listing.sheet or not keepable:
        raise Http404
    return listing


def _drawn_up(user: User, listing: Listing, query: str, at: datetime) -> Export:
    """The record of what `user` takes out; it waits for the worker where it is long."""
    total = listing.narrowed(user, QueryDict(query)).count()
    status = Export.Status.WAITING if total > AT_ONCE else Export.Status.DONE
    name = file_name(listing, query, at)
    return Export(listing=listing.key, query=query, name=name, rows=total, status=status)


def _file(user: User, listing: Listing, export: Export) -> FileResponse:
    out = TemporaryFile()  # noqa: SIM115  the response closes it
    write_list(out, listing, user, export.query)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=export.name, content_type=XLSX)


@require_safe
def export(request: PageRequest, pk: int) -> HttpResponse:
    """A workbook that was made in the background, for whoever asked for it."""
    sheet = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(_content(sheet), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, sheet.name) or "attachment"
    return response


def _content(sheet: Export) -> bytes:
    """The workbook. Raises Refused while it is not there, and when it is there no more."""
    if sheet.status == Export.Status.WAITING:
        raise Refused(_("“%(file)s”还在生成，好了会有消息告诉您。") % {"file": sheet.name})
    if sheet.content is None:
        raise Refused(_("“%(file)s”已经不在了，请回到列表再导出一次。") % {"file": sheet.name})
    return bytes(sheet.content)


def write_list(out: IO[bytes], listing: Listing, user: User, query: str) -> int:
    """Write every row that `query` leaves `user` of `listing`; how many."""
    heads = [
        Head(str(column.label), column.width or column.known.width) for column in listing.sheet
    ]
    return write_sheet(out, str(listing.title), heads, _rows(listing, user, QueryDict(query)))


def _rows(listing: Listing, user: User, asked: QueryDict) -> Iterator[list[Any]]:
    """Page by page, so that memory holds one page however long the list is."""
    cursor = ""
    while True:
        page = listing.read(user, asked, cursor=cursor, size=CHUNK)
        for row in page.rows:
            yield [column.written(row) for column in listing.sheet]
        cursor = page.next
        if not cursor:
            return


def file_name(listing: Listing, query: str, at: datetime) -> str:
    """The list, its view and the day: 需求队列-待初审-2026-11-23.xlsx."""
    view = listing.view_of(QueryDict(query)) if len(listing.views) > 1 else None
    parts = [str(listing.title), str(view.label) if view else "", f"{localtime(at):%Y-%m-%d}"]
    return "-".join(filter(None, parts)).replace("/", " ") + ".xlsx"
