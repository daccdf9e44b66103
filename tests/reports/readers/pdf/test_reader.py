"""PDF with a text layer: rows and cells, paragraphs, page furniture, footnotes, limits."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports.model.document import Paragraph, ReadLimits, TableBlock
from reports.model.errors import EncryptedReportError, ReportLimitError, UnreadableReportError
from reports.readers.pdf.reader import read_pdf
from reports.readers.text_layout import PageWord, join_cell_text
from tests.reports import appendix

MOST_WITHOUT_HEADS = 3
LIMITS = ReadLimits()


def test_the_appendix_gives_its_rows_cell_by_cell() -> None:
    """Every cell of every page stands in its row and column; nothing of the page's frame is in."""
    seen: list[tuple[int, int]] = []
    document = read_pdf(
        appendix.as_pdf(), "a.pdf", LIMITS, lambda done, all_: seen.append((done, all_))
    )
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    rows = [[_flat(cell.text) for cell in row.cells] for table in tables for row in table.rows]
    assert rows == [[_flat(cell) for cell in row] for page in appendix.pages() for row in page]
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    if document.pages < MOST_WITHOUT_HEADS:  # a table of its own, where the city's is not at hand
        texts = [text for text in texts if text != appendix.HEAD]
    assert texts == list(appendix.TITLE)
    assert [table.place.page for table in tables] == list(range(1, len(tables) + 1))
    assert document.pages == len(tables)
    assert seen[-1] == (document.pages, document.pages)


@pytest.mark.slow
def test_merged_cells_keep_every_column_in_place() -> None:
    """A cell over two columns spans both; below a cell over two rows stands an empty one."""
    canvas, data = _canvas()
    canvas.grid([50, 150, 250, 350], [600, 650, 700])
    canvas.setFillGray(1)
    canvas.setStrokeGray(1)
    canvas.showPage()
    canvas.setFont("report", 10)
    for x0, y0, x1, y1 in (
        (50, 700, 350, 700), (150, 650, 350, 650), (50, 600, 350, 600),
        (50, 600, 50, 700), (150, 600, 150, 700), (250, 600, 250, 650), (350, 600, 350, 700),
    ):  # fmt: skip
        canvas.line(x0, y0, x1, y1)
    for x, y, text in ((55, 640, "STT"), (160, 670, "Tiến độ"), (160, 620, "a"), (260, 620, "b")):
        canvas.drawString(x, y, text)
    block = read_pdf(_saved(canvas, data), "a.pdf", LIMITS).blocks[-1]
    assert isinstance(block, TableBlock)
    assert [[(c.text, c.spans) for c in row.cells] for row in block.rows] == [
        [("STT", 1), ("Tiến độ", 2)],
        [("", 1), ("a", 1), ("b", 1)],
    ]


def test_paragraphs_go_on_over_lines_and_pages() -> None:
    """Lines make paragraphs, a sentence cut by the page's end is whole, numbers of pages go."""
    canvas, data = _canvas()
    long = "Thành phố đã khởi công các khu công nghiệp theo kế hoạch đề ra trong năm nay và"
    for page, lines in enumerate(
        (
            ("   I. KẾT QUẢ", long, long, "còn tiếp tục"),
            ("sang trang sau.", "   Đoạn mới bắt đầu ở đây."),
            ("   Trang ba.",),
        ),
        1,
    ):
        canvas.setFont("report", 11)
        canvas.drawString(290, 815, str(page))
        canvas.drawString(200, 800, "BÁO CÁO QUÝ I")
        for number, line in enumerate(lines):
            indent = 30 if line.startswith(" ") else 0
            canvas.drawString(60 + indent, 770 - 15 * number, line.strip())
        canvas.showPage()
    texts = [block.text for block in read_pdf(_saved(canvas, data), "a.pdf", LIMITS).blocks]
    assert texts == [
        "I. KẾT QUẢ",
        f"{long} {long} còn tiếp tục sang trang sau.",
        "Đoạn mới bắt đầu ở đây.",
        "Trang ba.",
    ]


def test_footnotes_are_told_from_the_text() -> None:
    """A small raised number is a mark; the small line that begins with it is its footnote."""
    canvas, data = _canvas()
    canvas.setFont("report", 12)
    canvas.drawString(60, 700, "Khởi công 05 khu công nghiệp")
    canvas.setFont("report", 7)
    canvas.drawString(
        60 + canvas.stringWidth("Khởi công 05 khu công nghiệp", "report", 12), 705, "12"
    )
    canvas.drawString(60, 103, "12")
    canvas.setFont("report", 10)
    canvas.drawString(70, 100, "Gồm: Tiên Lãng 1, Tiên Lãng 2.")
    blocks = read_pdf(_saved(canvas, data), "a.pdf", LIMITS).blocks
    assert [(block.text, block.footnote) for block in blocks] == [
        ("Khởi công 05 khu công nghiệp¹²", ""),
        ("Gồm: Tiên Lãng 1, Tiên Lãng 2.", "12"),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("178,012,", "000"), "178,012,000"),
        (("1.198", ".916"), "1.198.916"),
        (("1,198", "916"), "1,198\n916"),
        (("234,539", "1,198,916"), "234,539\n1,198,916"),
        (("- Khởi công", "công trình", "- GPMB: 85%"), "- Khởi công công trình\n- GPMB: 85%"),
    ],
)
def test_wrapped_cells(lines: tuple[str, ...], text: str) -> None:
    """A wrapped number is joined only where no other reading is possible."""
    words = [
        PageWord(word, 10.0 + 40 * at, 45.0 + 40 * at, 12.0 * number, 12.0 * number + 10, 10)
        for number, line in enumerate(lines)
        for at, word in enumerate(line.split())
    ]
    assert join_cell_text(words) == text


def test_a_password_is_said() -> None:
    data = io.BytesIO()
    canvas = Canvas(data, encrypt=StandardEncryption("mật khẩu", canPrint=0))
    canvas.drawString(100, 100, "bí mật")
    canvas.save()
    with pytest.raises(EncryptedReportError, match=r"kin\.pdf.*mật khẩu"):
        read_pdf(data.getvalue(), "kin.pdf", LIMITS)


def test_too_many_pages_are_refused_at_once() -> None:
    canvas, data = _canvas()
    for _ in range(12):
        canvas.drawString(100, 100, "trang")
        canvas.showPage()
    with pytest.raises(ReportLimitError, match="12 trang, nhiều hơn mức 10"):
        read_pdf(_saved(canvas, data), "dai.pdf", ReadLimits(max_pages=10))


def test_pages_without_a_text_layer_are_named() -> None:
    canvas, data = _canvas()
    canvas.drawString(72, 700, "Báo cáo tình hình thực hiện quý III năm 2026.")
    canvas.showPage()
    canvas.rect(72, 300, 200, 200, fill=1)
    canvas.showPage()
    (message,) = read_pdf(_saved(canvas, data), "a.pdf", ReadLimits()).messages
    assert message.startswith("Trang 2 ")


def test_time_is_limited() -> None:
    """Reading ends at the limit, whatever the page does to the library."""
    with pytest.raises(ReportLimitError, match="giây"):
        read_pdf(appendix.as_pdf(), "a.pdf", ReadLimits(max_seconds=0.05))


def test_a_cut_file_is_refused() -> None:
    data = appendix.as_pdf()
    with pytest.raises(UnreadableReportError, match="hỏng"):
        read_pdf(data[:2000], "a.pdf", LIMITS)


def _canvas() -> tuple[Canvas, io.BytesIO]:
    pdfmetrics.registerFont(TTFont("report", appendix.font()[0]))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4)
    canvas.setFont("report", 11)
    return canvas, data


def _saved(canvas: Canvas, data: io.BytesIO) -> bytes:
    canvas.save()
    return data.getvalue()


def _flat(text: str) -> str:
    return " ".join(text.split())
