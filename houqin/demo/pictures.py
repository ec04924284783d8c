"""Stand-in photographs and signatures for the demonstration."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from houqin.platform.files.actions import Received, receive

FOLDER = Path(__file__).parent / "photos"


@cache
def picture(name: str) -> Received:
    """One of the drawn stand-in photos: ceiling-before, ceiling-after, valve-before, valve-after; it passes
    the door once, however often it hangs somewhere."""
    return receive(ContentFile((FOLDER / f"photo-{name}.jpg").read_bytes(), name=f"{name}.jpg"))


@cache
def scribble(name: str) -> Received:
    """Something that looks like a signature; the same name gives the same strokes."""
    random = Random(name)
    image = Image.new("RGBA", (480, 200), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    for nth, _letter in enumerate(name[:3]):
        left = 40 + nth * 140
        for _stroke in range(4):
            points = [
                (left + random.randint(0, 110), 40 + random.randint(0, 120)) for _each in range(3)
            ]
            draw.line(points, fill=(23, 33, 31, 255), width=5, joint="curve")
    out = BytesIO()
    image.save(out, "PNG")
    return receive(ContentFile(out.getvalue(), name="signature.png"))
