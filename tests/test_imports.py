"""What every import keeps, whoever declares it: walked over the registry."""

from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from houqin.kernel.errors import Refused
from houqin.platform.sheets.actions import bring_import
from houqin.platform.sheets.columns import suggest
from houqin.platform.sheets.registry import IMPORTS
from houqin.platform.sheets.template import template_book
from houqin.ui.routes import addresses
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]
KINDS = sorted(IMPORTS)
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def template(kind):
    return openpyxl.load_workbook(BytesIO(template_book(kind, filled=False)))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KINDS)
def test_the_heads_of_its_template_mean_its_columns(key, language):
    kind = IMPORTS[key]
    with override(language):
        created, sheets = template(kind), kind.sheets
        for page, sheet in zip(created.worksheets, sheets, strict=False):
            heads = [cell.value for cell in page[1]]
            labels = {column.key: str(column.label) for column in sheet.columns}
            assert heads == list(labels.values())
            with override(LANGUAGES[0]):  # whoever brings it may speak another language
                assert suggest(heads, sheet.columns) == labels


@pytest.mark.parametrize("key", KINDS)
def test_each_step_has_its_address(key):
    names = {address.name for address in addresses()}
    for step in ("", "_template", "_file", "_columns", "_preview", "_start", "_errors", "_undo"):
        assert f"{key}_import{step}" in names


@pytest.mark.parametrize("key", KINDS)
def test_nobody_of_the_wrong_role_brings_a_file_even_past_the_page(key, cast):
    kind = IMPORTS[key]
    upload = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    if len(kind.to) > 5:
        pytest.skip("open to a whole business; its own rule is tested with its domain")
    with pytest.raises(Refused) as refusal:
        bring_import(cast.wu, kind, upload=upload)
    assert refusal.value.status == 403
