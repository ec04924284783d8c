from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.setup.permissions import RUNS_ACCOUNTS
from houqin.setup.workbook import samples, views
from houqin.ui.routes import Sample, View, Words, page


def _page(
    route: str, view: View, name: str, label: Words, sample: Sample | None = None
) -> URLPattern:
    return page(route, view, name, label, to=RUNS_ACCOUNTS, everywhere=True, sample=sample)


BOOK = "setup/import/<int:pk>/"
heading = _("导入地点和人员")
urlpatterns = [
    _page("setup/import/", views.books, "books", _("导入地点和人员")),
    _page("setup/import/template/", views.template_book, "template", _("导入用的模板")),
    _page(BOOK, views.book, "book", _("系统管理员的导入：预览"), samples.book),
    _page(
        f"{BOOK}errors/", views.marked_book, "marked_book", _("系统管理员的导入：标出错误"), samples.book
    ),
    _page(f"{BOOK}take/", views.take, "take_book", _("系统管理员的导入：写入"), samples.book),
]  # fmt: skip
