from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from houqin.desk.channels.actions import transcribe_paper
from houqin.desk.channels.models import PaperForm
from houqin.desk.demands.models import Demand
from houqin.kernel.errors import Refused
from houqin.platform.files.models import Attachment
from tests.cast import picture


def pdf(name="报修单.pdf"):
    out = BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PDF")
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


@pytest.fixture
def tray(cast, as_user):
    """Two scans in the tray, laid there by the coordinator, whose browser it is."""
    client = as_user(cast.chen)
    answer = client.post("/paper/", {"scans": [picture("第一张.jpg"), pdf()]})
    assert answer.status_code == 302
    return client


@pytest.fixture
def said(cast):
    values = {"who": "吴工", "place": cast.room.pk, "entry": "cleaning", "title": "地毯脏了"}
    return values | {"claimed": "routine", "dated": "2026-11-20"}


def test_scans_wait_in_the_tray_and_are_transcribed_one_after_another(cast, tray, said):
    first, second = PaperForm.objects.waiting()
    page = tray.get("/paper/").content.decode()
    assert "第一张.jpg" in page
    assert "报修单.pdf" in page
    assert tray.post(first.get_absolute_url(), said).url == second.get_absolute_url()
    demand = Demand.objects.get()
    assert (demand.channel, demand.requester, demand.raised_by) == ("paper", cast.wu, cast.chen)
    scan = Attachment.objects.of(demand).get()
    assert (scan.tag, scan.name) == ("scan", "第一张.jpg")
    card = tray.get(demand.get_absolute_url()).content.decode()
    for shown in ("2026-11-20", "第一张.jpg", "陈专员", "纸单"):
        assert shown in card
    assert tray.get(first.get_absolute_url()).url == demand.get_absolute_url()
    assert tray.post(second.get_absolute_url(), said).url == "/paper/"


def test_a_pdf_is_shown_beside_the_form_in_a_frame_of_this_house_only(cast, tray):
    sheet = PaperForm.objects.waiting().last()
    page = tray.get(sheet.get_absolute_url())
    assert f'<iframe class="scan__page" src="/paper/{sheet.pk}/scan/#' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    scan = tray.get(f"/paper/{sheet.pk}/scan/")
    assert scan["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in scan["Content-Security-Policy"]
    assert "frame-src" not in tray.get("/paper/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("more", "words"),
    [({"dated": ""}, "请填纸单上写的日期"), ({"dated": "2026-12-24"}, "这个日期还没有到"),
     ({"dated": "0226-11-20"}, "年份不对"), ({"title": ""}, "请用一句话"), ({"place": ""}, "请选择地点")],
)  # fmt: skip
def test_what_is_missing_is_asked_for_and_nothing_is_lost(tray, said, more, words):
    sheet = PaperForm.objects.waiting().first()
    answer = tray.post(sheet.get_absolute_url(), said | more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PaperForm.objects.waiting().count() == 2


def test_only_scans_are_taken(tray):
    for bad in (SimpleUploadedFile("a.txt", b"hello"), SimpleUploadedFile("a.pdf", b"")):
        assert tray.post("/paper/", {"scans": [bad]}).status_code == 422
    assert "请选择扫描件" in tray.post("/paper/", {}).content.decode()
    assert PaperForm.objects.count() == 2


def test_of_two_who_transcribe_one_the_second_is_refused(cast, tray, entry):
    sheet = PaperForm.objects.waiting().first()
    asked = {"place": cast.room, "title": "x", "requester": cast.wu, "dated": "2026-11-20"}
    transcribe_paper(cast.chen, sheet, entry("cleaning"), **asked)
    with pytest.raises(Refused, match="刚被别人录入"):
        transcribe_paper(cast.ma, sheet, entry("cleaning"), **asked)
    assert Demand.objects.count() == 1


def test_what_is_no_request_is_put_aside(tray):
    sheet = PaperForm.objects.waiting().first()
    assert tray.post(f"/paper/{sheet.pk}/discard/").status_code == 302
    assert PaperForm.objects.waiting().count() == 1
    assert tray.post(f"/paper/{sheet.pk}/discard/").status_code == 409
    assert tray.get(sheet.get_absolute_url()).url == "/paper/"


def test_a_scan_is_seen_by_the_desk_and_then_by_the_requester(cast, tray, said, as_user):
    sheet = PaperForm.objects.waiting().first()
    scan = Attachment.objects.of(sheet).get()
    assert as_user(cast.wu).get(scan.get_absolute_url()).status_code == 404
    as_user(cast.ma).post(sheet.get_absolute_url(), said)
    assert as_user(cast.wu).get(scan.get_absolute_url()).status_code == 200


def test_an_empty_tray_says_what_it_is_for(cast, as_user):
    assert "待录盘是空的" in as_user(cast.ma).get("/paper/").content.decode()
