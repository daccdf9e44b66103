"""A page is drawn as a person sees it, small, in a process of its own; what is no page is not."""

import io

from PIL import Image

from reports.readers.page_picture import draw_page


def make_pages(kind: str) -> bytes:
    pages = [Image.new("RGB", (300, 400), colour) for colour in ("white", "navy")]
    packed = io.BytesIO()
    pages[0].save(packed, kind, save_all=True, append_images=pages[1:])
    return packed.getvalue()


def test_the_page_asked_for_is_drawn_of_a_pdf_and_of_a_picture() -> None:
    for kind in ("PDF", "TIFF"):
        picture = Image.open(io.BytesIO(draw_page(make_pages(kind), 2, width=150)))
        assert (picture.format, picture.size) == ("JPEG", (150, 200))
        red, _, blue = picture.getpixel((75, 100))
        assert blue > red + 60


def test_what_cannot_be_drawn_is_nothing() -> None:
    assert draw_page(b"%PDF-1.7 rubbish", 1) == b""
