"""A QR code reads as the address it was made of; the board holds everything, whatever its texts."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from layers.print.qr_code import MAX_CHARS, make_qr_png, make_qr_svg
from layers.print.site_sign import SIZES, SiteSign, build_site_sign_pdf
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from web.public_address import build_project_url

BASE = "https://duan.haiphong.example"
CODES = ("KP-19", "a.b:c/d+e-f", "ĐƯỜNG-Ệ", *HOSTILE_TEXTS)


def read(picture: Image.Image) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def letters(text: str) -> str:
    """Return text without line ends; PDFium marks a hyphen there by a sign of its own."""
    return "".join(text.split()).replace("\u200b", "").replace("\x02", "-")


def page(data: bytes) -> tuple[Image.Image, str, int]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        text = pdf[0].get_textpage().get_text_bounded()
        return pdf[0].render(scale=2).to_pil(), text, len(pdf)
    finally:
        pdf.close()


@pytest.mark.parametrize("code", CODES)
def test_a_qr_code_reads_as_the_address_of_the_project(code: str) -> None:
    address = build_project_url(BASE, code)
    assert read(Image.open(io.BytesIO(make_qr_png(address)))) == [address]


@pytest.mark.parametrize("code", mostly_slow(CODES, 2))
@pytest.mark.parametrize("size", SIZES)
def test_the_printed_board_reads_as_the_address_too(code: str, size: str) -> None:
    address = build_project_url(BASE, code)
    data = build_site_sign_pdf(SiteSign(code, code, "Công trình trọng điểm", address), size)
    picture, text, pages = page(data)
    assert pages == 1
    assert read(picture) == [address]
    assert address in letters(text)


def test_an_svg_holds_squares_only() -> None:
    svg = make_qr_svg(build_project_url(BASE, "</svg><script>alert(1)</script>")).decode()
    assert "<script" not in svg
    assert svg.count("<path") == 1


def test_an_address_too_long_gives_no_code_and_stays_on_the_board_as_text() -> None:
    address = build_project_url(BASE, "x" * MAX_CHARS)
    assert make_qr_png(address) == make_qr_svg(address) == b""
    picture, text, _ = page(build_site_sign_pdf(SiteSign("x", "Dự án", "", address)))
    assert read(picture) == []
    assert address in letters(text)


@pytest.mark.parametrize("size", SIZES)
def test_a_long_vietnamese_name_is_on_the_board_whole(size: str) -> None:
    name = "Dự án đầu tư xây dựng tuyến đường nối Ứng Hoè với đường bộ ven biển " * 6
    board = SiteSign("KP-19", name, "Khu công nghiệp", build_project_url(BASE, "KP-19"))
    _, text, pages = page(build_site_sign_pdf(board, size))
    assert pages == 1
    assert letters(name) in letters(text)


def test_the_same_board_is_the_same_file() -> None:
    board = SiteSign("KP-19", "Dự án", "", build_project_url(BASE, "KP-19"))
    assert build_site_sign_pdf(board) == build_site_sign_pdf(board)
