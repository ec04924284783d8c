"""Pictures are never kept as they came: they are decoded and drawn again.

That leaves behind where and with what they were taken (EXIF with GPS, XMP, comments, colour profiles),
turns them upright, and ends whatever else hid in the file, such as a page behind the pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from houqin.kernel.errors import Refused

# HEIF is there when a decoder for it has been installed beside Pillow; MPO is how many phones save JPEG.
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "HEIF")
THUMB_SIDE = 480
JPEG_QUALITY = 86
# A PNG above this is a photograph in the wrong coat; as JPEG it takes a tenth of the room.
LARGEST_PNG_PIXELS = 4_000_000


@dataclass(frozen=True)
class Picture:
    content: bytes
    mime: str
    extension: str
    width: int
    height: int
    thumb: bytes


def redraw(data: bytes, name: str) -> Picture | None:
    """Draw `data` again as PNG or JPEG, of a moving picture the first frame; None when it is no picture.

    Raises Refused when it has more pixels than `settings.MAX_IMAGE_PIXELS` or is broken.
    """
    source = _opened(data, name)
    if source is None:
        return None
    was_png = source.format == "PNG"
    try:
        pixels = _bare(source)
    except Exception as error:
        raise Refused(broken(name)) from error
    as_png = was_png and pixels.width * pixels.height <= LARGEST_PNG_PIXELS
    content = _encoded(pixels, "PNG") if as_png else _encoded(_on_white(pixels), "JPEG")
    return Picture(
        content=content,
        mime="image/png" if as_png else "image/jpeg",
        extension=".png" if as_png else ".jpg",
        width=pixels.width,
        height=pixels.height,
        thumb=_encoded(_small(pixels), "JPEG"),
    )


def _opened(data: bytes, name: str) -> Image.Image | None:
    """The picture with its size known and its pixels unread; None when it is none."""
    try:
        source = Image.open(BytesIO(data), formats=_readable())
    except Image.DecompressionBombError:
        raise Refused(_too_many_pixels(name)) from None
    except Exception:  # decoders raise anything at all on hostile bytes
        return None
    if source.width * source.height > settings.MAX_IMAGE_PIXELS:
        raise Refused(_too_many_pixels(name))
    return source


def broken(name: str) -> str:
    return _("图片“%(name)s”已损坏或不完整，请重新拍摄或导出后再上传。") % {"name": name}


def _readable() -> list[str]:
    Image.init()
    return [known for known in FORMATS if known in Image.OPEN]


def _too_many_pixels(name: str) -> str:
    millions = f"{settings.MAX_IMAGE_PIXELS / 1_000_000:g}"
    return _("图片“%(name)s”超过 %(millions)s 百万像素的上限，请缩小尺寸后再上传。") % {
        "name": name,
        "millions": millions,
    }


def _bare(source: Image.Image) -> Image.Image:
    """The pixels alone, upright, in a mode that both PNG and JPEG understand."""
    source.load()
    upright = ImageOps.exif_transpose(source)
    opaque = "L" if upright.mode in {"1", "L"} else "RGB"
    pixels = upright.convert("RGBA" if upright.has_transparency_data else opaque)
    pixels.info = {}  # Pillow writes a comment or a profile found here into the new file
    return pixels


def _on_white(pixels: Image.Image) -> Image.Image:
    if pixels.mode != "RGBA":
        return pixels
    paper = Image.new("RGB", pixels.size, "white")
    paper.paste(pixels, mask=pixels.getchannel("A"))
    return paper


def _small(pixels: Image.Image) -> Image.Image:
    fits = max(pixels.size) <= THUMB_SIDE
    return _on_white(pixels if fits else ImageOps.contain(pixels, (THUMB_SIDE, THUMB_SIDE)))


def _encoded(pixels: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    pixels.save(out, kind, quality=JPEG_QUALITY, optimize=kind == "JPEG")
    return out.getvalue()
