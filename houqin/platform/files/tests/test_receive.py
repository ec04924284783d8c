import struct
import zipfile
import zlib
from io import BytesIO

import openpyxl
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from houqin.kernel.errors import Refused
from houqin.platform.files.actions import receive
from houqin.platform.files.tests.conftest import picture, shipped, upload


def workbook():
    out = BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def office(*names, content=b"<x/>"):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return out.getvalue()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width, height):
    """A small PNG that claims a size; nearly all pixels are missing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9)))


@pytest.mark.parametrize(
    ("kind", "mime", "name"),
    [
        ("JPEG", "image/jpeg", "照片.jpg"),
        ("PNG", "image/png", "照片.png"),
        ("WEBP", "image/jpeg", "照片.jpg"),
        ("GIF", "image/jpeg", "照片.jpg"),
    ],
)
def test_a_picture_is_drawn_again_and_named_by_what_it_is(kind, mime, name):
    received = receive(upload(picture(kind), "照片.exe"))
    assert (received.mime, received.name) == (mime, name)
    assert (received.width, received.height) == (40, 20)
    assert Image.open(BytesIO(received.thumb)).size == (40, 20)


def test_where_and_with_what_a_photo_was_taken_is_left_behind():
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 48.0), 3: "E", 4: (121.0, 28.0, 12.0)})
    taken = picture(exif=exif, comment=b"SecretComment", icc_profile=b"SecretProfile")
    assert taken.count(b"Secret") == 3
    received = receive(upload(taken))
    drawn = Image.open(BytesIO(received.content))
    assert b"Secret" not in received.content + received.thumb
    assert not drawn.getexif()
    assert "icc_profile" not in drawn.info


def test_a_photo_taken_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    received = receive(upload(picture(size=(40, 20), exif=exif)))
    assert (received.width, received.height) == (20, 40)


def test_the_same_photo_twice_becomes_the_same_bytes():
    assert receive(upload(picture())).content == receive(upload(picture())).content


def test_a_large_picture_gets_a_small_one_beside_it():
    received = receive(upload(picture(size=(1200, 900))))
    assert Image.open(BytesIO(received.thumb)).size == (480, 360)


def test_a_huge_png_becomes_a_jpeg():
    received = receive(upload(picture("PNG", size=(2100, 2000))))
    assert (received.mime, received.name) == ("image/jpeg", "照片.jpg")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK", "YCbCr"])
def test_every_colour_mode_is_understood(mode):
    kind = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    assert receive(upload(picture(kind, mode=mode, colour=None))).width == 40


def test_transparency_stays_in_a_png_and_turns_white_in_a_thumbnail():
    received = receive(upload(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))))
    assert Image.open(BytesIO(received.content)).getpixel((0, 0)) == (0, 0, 0, 0)
    assert Image.open(BytesIO(received.thumb)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["polyglot_png_html.png", "png_with_php_text_chunk.png"])
def test_what_hides_in_a_picture_does_not_survive(name):
    received = receive(shipped(name))
    assert received.mime == "image/png"
    assert b"<?" not in received.content
    assert b"<html" not in received.content


def test_text_chunks_and_a_second_page_do_not_survive():
    note = PngInfo()
    note.add_text("Comment", "<script>alert(1)</script>", zip=False)
    received = receive(upload(picture("PNG", pnginfo=note) + b"<html>"))
    assert b"script" not in received.content
    assert b"html" not in received.content


@pytest.mark.parametrize(
    "name", ["SVG_XSS1.svg", "SVG_XSS_green_triangle.svg", "xss.html", "html_named_png.png"]
)
def test_pages_and_drawings_that_run_are_refused(name):
    with pytest.raises(Refused, match="不支持"):
        receive(shipped(name))


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(300),
        b"\x7fELF" + bytes(300),
        b"#!/bin/sh\nrm -rf /\n",
        bytes(500),
        office("a.txt"),
    ],
)
def test_programs_and_unknown_bytes_are_refused_whatever_their_name(content):
    with pytest.raises(Refused, match="不支持"):
        receive(upload(content, "照片.jpg"))


def test_too_many_pixels_are_refused_before_they_are_unpacked(settings):
    settings.MAX_IMAGE_PIXELS = 1_000_000
    with pytest.raises(Refused, match="超过 1 百万像素的上限，请缩小"):
        receive(upload(picture("PNG", size=(1200, 1000))))


@pytest.mark.parametrize("side", [30_000, 2**31 - 1])
def test_a_pixel_bomb_is_refused_from_its_header(side):
    with pytest.raises(Refused, match="百万像素"):
        receive(upload(png_claiming(side, side), "炸弹.png"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused_and_says_what_to_do(kind):
    whole = picture(kind, size=(300, 300))
    with pytest.raises(Refused, match="已损坏或不完整，请重新拍摄"):
        receive(upload(whole[: len(whole) // 2]))


def test_an_iphone_picture_names_the_setting_to_change():
    with pytest.raises(Refused, match=r"HEIC.*兼容性最佳"):
        receive(upload(b"\x00\x00\x00\x18ftypheic" + bytes(60), "IMG_0001.HEIC"))


def test_the_size_limit_is_named_and_counts_bytes_not_claims(settings):
    settings.MAX_FILE_BYTES = 1024 * 1024
    liar = upload(b"%PDF-1.7\n" + bytes(1024 * 1024), "合同.pdf")
    liar.size = 10
    with pytest.raises(Refused, match=r"“合同\.pdf”超过单个文件 1 MB 的上限，请压缩"):
        receive(liar)


def test_an_empty_file_is_refused():
    with pytest.raises(Refused, match="空文件"):
        receive(upload(b""))


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "合同.pdf", "application/pdf"),
        (
            workbook(),
            "台账.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            office("[Content_Types].xml", "word/document.xml"),
            "说明.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("编号,名称\n1,水泵\n".encode(), "表.csv", "text/csv"),
        ("BM 表\n编号,名称\n1,水泵\n".encode("gb18030"), "表.txt", "text/plain"),
    ],
)
def test_papers_are_known_by_their_content_and_kept_as_they_came(content, name, mime):
    received = receive(upload(content, name.split(".")[0] + (".csv" if "csv" in name else ".bin")))
    assert (received.name, received.mime, received.content, received.thumb) == (
        name,
        mime,
        content,
        b"",
    )


@pytest.mark.parametrize(
    "content",
    [
        office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        b"MZ" + workbook(),
        workbook()[:-30],
        b"\x00%PDF-1.7",
    ],
)
def test_macros_and_papers_with_something_in_front_are_refused(content):
    with pytest.raises(Refused):
        receive(upload(content, "台账.xlsx"))


def test_an_office_file_that_unpacks_to_a_mountain_is_refused(settings):
    settings.MAX_FILE_BYTES = 100_000
    bomb = office("[Content_Types].xml", "xl/workbook.xml", content=bytes(2_000_000))
    assert len(bomb) < settings.MAX_FILE_BYTES
    with pytest.raises(Refused, match="不支持"):
        receive(upload(bomb, "台账.xlsx"))
