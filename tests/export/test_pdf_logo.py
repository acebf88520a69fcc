"""The logo of an organisation profile: drawn on the first page, as it looks, and not read out."""

import io
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest
from pdf_documents import document, long_document, paragraph, section, to_pdf
from pdf_text import structure_text
from PIL import Image

from samverkan_desktop.conformance.pdf import check_pdf
from samverkan_desktop.domain.document import Document
from samverkan_desktop.domain.export_errors import UnreadableLogoError
from samverkan_desktop.export.pdf.styles import (
    HEADER_TOP,
    LOGO_HEIGHT,
    LOGO_WIDTH,
    OUTER,
    PAGE_HEIGHT,
)
from samverkan_desktop.export.pdf.svg_path import path_operators

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def with_logo(made: Document, logo: bytes) -> Document:
    return replace(made, furniture=replace(made.furniture, logo=logo))


def svg(content: str, attributes: str = 'viewBox="0 0 100 100"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode()


def page_image(data: bytes, page: int = 0) -> Image.Image:
    with closing(pypdfium2.PdfDocument(data)) as opened:
        return opened[page].render(scale=2).to_pil().convert("RGB")


def drawn(logo: bytes, aspect: float = 1.0) -> Callable[[float, float], tuple[int, int, int]]:
    """Return which colour the logo has at a place, counted from 0 to 1 from its upper left."""
    image = page_image(to_pdf(with_logo(document(section("A", paragraph("b"))), logo)))
    width = min(LOGO_WIDTH, LOGO_HEIGHT * aspect)
    height = width / aspect

    def colour(x: float, y: float) -> tuple[int, int, int]:
        return image.getpixel(
            (round(2 * (OUTER + x * width)), round(2 * (PAGE_HEIGHT - HEADER_TOP + y * height)))
        )

    return colour


def png(colour: tuple[int, int, int], size: tuple[int, int] = (900, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "logo", [png(RED), svg('<rect width="100" height="100" fill="#f00"/>')], ids=["png", "svg"]
)
def test_it_is_drawn_on_the_first_page_only_and_the_file_stays_good(logo: bytes):
    made = long_document(3)
    data = to_pdf(with_logo(made, logo))
    assert drawn(logo)(0.5, 0.2) == RED
    later = page_image(data, 1)
    assert RED not in {colour for _, colour in later.getcolors(1 << 24)}
    assert check_pdf(data) == ()
    assert structure_text(data) == structure_text(to_pdf(made))


def test_a_wide_png_fits_between_the_margins():
    image = page_image(to_pdf(with_logo(document(section("A", paragraph("b"))), png(RED))))
    reds = [x for x in range(image.width) for y in (100,) if image.getpixel((x, y)) == RED]
    assert reds[0] == pytest.approx(2 * OUTER, abs=2)
    assert reds[-1] == pytest.approx(2 * (OUTER + LOGO_WIDTH), abs=2)


@pytest.mark.parametrize(
    ("content", "inside", "outside"),
    [
        ('<path d="M0 0h50v50H0z" fill="red"/>', (0.25, 0.25), (0.75, 0.75)),
        ('<circle cx="50" cy="50" r="50" style="fill:red"/>', (0.5, 0.05), (0.05, 0.05)),
        ('<rect x="0" y="0" width="100" height="100" rx="50" fill="red"/>', (0.5, 0.5), (0, 0.04)),
        ('<polygon points="0,0 100,0 0,100" fill="rgb(255,0,0)"/>', (0.2, 0.2), (0.8, 0.8)),
        ('<style>.a{fill:#f00}</style><ellipse class="a" cx="50" cy="50" rx="50" ry="20"/>',
         (0.1, 0.5), (0.5, 0.2)),
        ('<g transform="translate(50 0) scale(.5)" fill="red"><path d="M0 0h100v100H0"/></g>',
         (0.75, 0.25), (0.25, 0.25)),
        ('<g transform="rotate(90 50 50)"><rect width="50" height="20" fill="red"/></g>',
         (0.9, 0.25), (0.25, 0.1)),
        ('<line x1="0" y1="50" x2="100" y2="50" stroke="red" stroke-width="20"/>',
         (0.5, 0.45), (0.5, 0.2)),
        ('<path fill="red" fill-rule="evenodd" d="M0 0h100v100H0zM25 25h50v50H25z"/>',
         (0.1, 0.1), (0.5, 0.5)),
        (('<defs><clipPath id="c"><rect width="50" height="100"/></clipPath></defs>'
         '<g clip-path="url(#c)"><rect width="100" height="100" fill="red"/></g>'),
         (0.25, 0.5), (0.75, 0.5)),
        ('<path fill="red" d="M100 50a50 50 0 1 0-50 50V50z"/>', (0.25, 0.25), (0.75, 0.75)),
        ('<path fill="red" d="M0 100Q50 -100 100 100"/>', (0.5, 0.5), (0.05, 0.5)),
    ],
)  # fmt: skip
def test_shapes_stand_where_they_should(content, inside, outside):
    colour = drawn(svg(content))
    assert colour(*inside) == RED
    assert colour(*outside) == WHITE


def test_the_root_s_style_and_the_view_box_count():
    logo = svg(
        '<rect x="-10" y="20" width="100" height="50"/>', 'viewBox="-10 20 200 50" fill="red"'
    )
    colour = drawn(logo, aspect=4.0)
    assert colour(0.25, 0.5) == RED
    assert colour(0.75, 0.5) == WHITE


def test_colours_of_parts_and_invisible_parts():
    content = (
        '<g fill="blue"><rect width="50" height="50"/><rect x="50" width="50" height="50"'
        ' fill="green"/></g><rect y="50" width="50" height="50" display="none"/>'
        "<metadata>x</metadata><title>Stad</title>"
    )
    colour = drawn(svg(content))
    assert (colour(0.25, 0.25), colour(0.75, 0.25), colour(0.25, 0.75)) == (BLUE, GREEN, WHITE)


@pytest.mark.parametrize(
    "logo",
    [
        b"<", b"GIF89a", b"<html/>", svg("", ""), svg('<text y="9">Stad</text>'),
        svg('<linearGradient id="g"/><rect width="9" height="9" fill="url(#g)"/>'),
        svg('<rect width="9" height="9" opacity="0.5"/>'), svg('<path d="M0 0 x"/>'),
        svg('<path d="M0 0L1"/>'), svg('<path d="M0 0L1e999 1"/>'), svg("<g>" * 60 + "</g>" * 60),
        svg('<image href="file:///etc/passwd"/>'), svg('<rect width="50%" height="9"/>'),
        svg('<g transform="skew(3)"><rect/></g>'), svg("<style>g > rect{fill:red}</style>"),
        svg("", 'viewBox="0 0 0 9"'), svg("", 'viewBox="0 0 9"'), svg('<rect fill="bad"/>'),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_in_a_sentence(logo: bytes):
    with pytest.raises(UnreadableLogoError, match="logotyp"):
        to_pdf(with_logo(document(section("A", paragraph("b"))), logo))


def test_path_data_may_be_written_without_spaces():
    assert path_operators("M1-2.5.5-3-4-.5z") == ["1 -2.5 m", "0.5 -3 l", "-4 -0.5 l", "h"]
    close, apart = "m1 1a5 5 0 01 10 0a5 5 0 10-10 0", "M1,1A5,5,0,0,1,11,1A5 5 0 1 0 1 1"
    assert path_operators(close) == path_operators(apart)
