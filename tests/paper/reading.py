"""A PDF read back: its words, and the codes on its pages as a camera sees them."""

import pypdfium2
import zxingcpp


def words(content: bytes) -> str:
    """The text of all pages without blanks, because on paper a blank may only part letters or lines."""
    with pypdfium2.PdfDocument(content) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return squeezed(text.replace("\u200b", "").replace("\ufffe", ""))


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages(content: bytes) -> int:
    with pypdfium2.PdfDocument(content) as document:
        return len(document)


def codes(content: bytes, page: int = 0, scale: float = 3) -> list[str]:
    """What the QR codes of a page say, seen at `scale` × 72 dots in an inch."""
    with pypdfium2.PdfDocument(content) as document:
        picture = document[page].render(scale=scale).to_pil()
    return [barcode.text for barcode in zxingcpp.read_barcodes(picture)]
