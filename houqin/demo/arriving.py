"""What has come in on the last morning by the other ways: a scanned code, a call, two paper forms; and what
the department offers as a favourite."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from houqin.demo.organisation import DemoOrganisation
from houqin.demo.pictures import picture
from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import bring_paper, report_as_guest
from houqin.desk.channels.drafts import keep_favourite
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User, the_guest
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import turned_to
from houqin.platform.files.actions import receive

FONT_PACKAGE = "cvttf_NotoSansCJK_Regular"
FORMS = {
    "报修单-03-17.jpg": (
        "部门：生产部", "姓名：老周", "电话：5504", "地点：厂房一 1 层", "内容：卷帘门关不到底", "日期：昨天",
    ),
    "报修单-03-18.jpg": (
        "部门：质量部", "姓名：孟工", "电话：7312", "地点：实验楼 2 层", "内容：通风橱灯不亮", "日期：今天",
    ),
}  # fmt: skip


def arrive(organisation: DemoOrganisation, last: datetime) -> None:
    """One demand by each way in, and a tray that is not empty."""
    coordinator = organisation.people["chen"]
    with turned_to(last - timedelta(minutes=35)):
        _scan(organisation.rooms["BJ"][2])
    with turned_to(last - timedelta(minutes=25)):
        _call(coordinator, organisation.rooms["CX"][0])
        scans = [receive(paper(name, lines)) for name, lines in FORMS.items()]
        bring_paper(coordinator, scans=scans)
    meeting = Demand.objects.filter(entry__code="meeting").order_by("-pk").first()
    if meeting:
        with turned_to(last - timedelta(days=1)):
            keep_favourite(coordinator, meeting, name="来访接待：茶歇、桌签、投影", shared=True)


def _scan(place: Place) -> None:
    """A visitor scans the code at the door."""
    report_as_guest(
        place,
        Entry.objects.get(code="cleaning"),
        caller="来访的陆先生",
        phone="13800132207",
        title="茶水间地上有一摊咖啡，容易滑倒",
        photos=[picture("ceiling-before")],
    )


def _call(coordinator: User, place: Place) -> None:
    """Somebody without an account rings the hotline."""
    desk.submit_demand(
        coordinator,
        Entry.objects.get(code="furniture"),
        place=place,
        requester=the_guest(),
        caller="物业张师傅",
        phone="13900131145",
        title="综合楼大门闭门器漏油，门关不上",
        channel=Demand.Channel.HOTLINE,
    )


def paper(name: str, lines: tuple[str, ...]) -> ContentFile[bytes]:
    """A form filled in by hand, as a phone would photograph it."""
    image = Image.new("RGB", (900, 1200), (247, 244, 236))
    draw = ImageDraw.Draw(image)
    draw.text((300, 70), "后 勤 报 修 单", font=_font(44), fill=(40, 44, 48))
    for nth, line in enumerate(lines):
        top = 200 + nth * 130
        draw.line([(90, top + 84), (810, top + 84)], fill=(170, 170, 165), width=2)
        draw.text((100, top + 20), line, font=_font(40), fill=(28, 52, 120))
    out = BytesIO()
    image.rotate(1.2, fillcolor=(196, 192, 184)).save(out, "JPEG", quality=82)
    return ContentFile(out.getvalue(), name=name)


def _font(size: int) -> ImageFont.FreeTypeFont:
    spec = find_spec(FONT_PACKAGE)
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    file = next(
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".ttf", ".otf", ".ttc")
    )
    return ImageFont.truetype(str(file), size)
