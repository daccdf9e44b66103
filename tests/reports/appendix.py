"""The appendix of key projects in every format: from the real report where it is at hand.

The real table's rows are the lines of the text report from its appendix IV on; elsewhere a small
made-up table of the same shape stands in. A page of the table is one list of rows.
"""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import docx
import numpy as np
from PIL import Image, ImageFilter
from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.shared_reference import SHARED

Rows = list[list[str]]

TITLE = (
    "BÁO CÁO",
    "kết quả thực hiện các nhiệm vụ quý I năm 2026",
    "PHỤ LỤC IV",
    "TIẾN ĐỘ THỰC HIỆN MỘT SỐ CÔNG TRÌNH TRỌNG ĐIỂM QUÝ I NĂM 2026",
)
COLUMNS = 9
HEAD = "Báo cáo kết quả quý I năm 2026"
"""The running head; what stands on three pages at least is known for one."""

_FONTS = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "DejaVu Serif"),
    ("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", "Noto Serif"),
    ("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "Noto Sans"),
)
_WIDTHS = (32, 116, 62, 80, 110, 170, 80, 90, 60)
_TAG = re.compile(r"</?(?:p|ul|li)[^>]*>")

_HEADER = [
    [
        "STT",
        "Danh mục dự án",
        "Tổng mức đầu tư (triệu đồng)",
        "Địa điểm",
        "Tiến độ thực hiện năm 2026",
        "Tóm tắt kết quả thực hiện của kỳ báo cáo, khó khăn vướng mắc",
        "Dự báo khả năng hoàn thành mục tiêu quý",
        "Kiến nghị, đề xuất",
        "Ghi chú",
    ],
    ["", "", "", "", "Dự kiến đến hết Quý I", "", "", "", ""],
]
_SMALL = [
    [
        *_HEADER,
        ["", "Tổng số (02 dự án)", *[""] * 7],
        ["I", "Dự án khánh thành năm 2026 (02 dự án)", *[""] * 7],
        ["I.1", "Dự án sử dụng ngân sách thành phố (01 dự án)", *[""] * 7],
        [
            "1",
            "Dự án xây dựng cầu mẫu qua sông",
            "1,234,539",
            "Phường Đồ Sơn",
            "GPMB (100%)\nThi công xây dựng (71%)",
            "Thi công xây dựng (77%). Nhà thầu đang thi công",
            "Hoàn thành",
            "-",
            "Khánh thành Quý II/2026",
        ],
    ],
    [
        *_HEADER,
        ["", "", "", "", "", "các hạng mục còn lại", "", "", ""],
        ["I.2", "Dự án sử dụng vốn ngoài ngân sách (01 dự án)", *[""] * 7],
        [
            "2",
            "Khu đô thị mẫu",
            "178,012,000",
            "Phường Hồng Bàng",
            "Chuẩn bị đầu tư",
            "Vướng mắc GPMB",
            "Không hoàn thành mục tiêu quý, phấn đấu hoàn thành mục tiêu năm",
            "UBND phường Hồng Bàng đẩy nhanh công tác GPMB",
            "",
        ],
    ],
]


@cache
def text_of_report() -> str | None:
    """Return appendix IV of the real report as text, None where the report is not at hand."""
    if SHARED is None:
        return None
    path = next((SHARED / "reports").glob("000_*.txt"))
    text = path.read_text("utf-8")
    return text[text.index("PHỤ LỤC IV") :]


@cache
def pages() -> list[Rows]:
    """Return the table's rows, page by page, as the scanned original breaks them."""
    text = text_of_report()
    if text is None:
        return [[list(row) for row in page] for page in _SMALL]
    found: list[Rows] = []
    for line in text.split("\n"):
        if line.startswith("STT\t"):
            found.append([])
        if "\t" in line:
            found[-1].append([_plain(cell) for cell in line.split("\t")])
        elif found and line.strip() and found[-1]:
            found[-1][-1][-1] += "\n" + _plain(line)
    return [[row for row in page if len(row) == COLUMNS] for page in found]


def one_table() -> Rows:
    """Return the table as one: page headers once, rows that go on over a page joined."""
    rows: Rows = []
    for number, page in enumerate(pages()):
        for at, row in enumerate(page):
            if number and at < len(_HEADER):
                continue
            goes_on = number and at == len(_HEADER) and not row[0] and not row[1].startswith("Tổng")
            if goes_on or (number and not row[0] and at == len(_HEADER)):
                rows[-1] = [
                    " ".join(filter(None, pair)) for pair in zip(rows[-1], row, strict=True)
                ]
            else:
                rows.append(list(row))
    return rows


def as_docx() -> bytes:
    """Return the table as Word writes it: one table, its two header rows with merged cells."""
    document = docx.Document()
    for line in TITLE:
        document.add_paragraph(line)
    rows = one_table()
    table = document.add_table(len(rows), COLUMNS)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.rows[number].cells[column].text = text
    for column in (0, 1, 2, 3, 5, 6, 7, 8):
        table.cell(0, column).merge(table.cell(1, column))
        table.cell(0, column).text = rows[0][column]
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def font() -> tuple[str, str]:
    """Return path and name of a font with Vietnamese letters that the machine has."""
    return next((path, name) for path, name in _FONTS if Path(path).exists())


def as_pdf(page_limit: int | None = None) -> bytes:
    """Return the pages as a PDF with a text layer: ruled table, running head, page numbers."""
    pdfmetrics.registerFont(TTFont("report", font()[0]))
    style = ParagraphStyle("cell", fontName="report", fontSize=9, leading=11)
    flow = [Paragraph(line, style) for line in TITLE]
    for number, page in enumerate(pages()[:page_limit]):
        if number:
            flow.append(PageBreak())
        flow += [Spacer(1, 8), _pdf_table(page, style)]
    data = io.BytesIO()
    SimpleDocTemplate(
        data, pagesize=pagesizes.landscape(pagesizes.A4), margins=20, leftMargin=20, rightMargin=20
    ).build(flow, onFirstPage=_furniture, onLaterPages=_furniture)
    return data.getvalue()


def as_scan(page_limit: int | None = None, dpi: int = 200) -> bytes:
    """Return the pages of ``as_pdf`` as pictures in a PDF, as a scanner makes it."""
    images = page_images(page_limit, dpi)
    data = io.BytesIO()
    images[0].save(data, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return data.getvalue()


def as_worn_scan(page_limit: int | None = None, dpi: int = 200) -> bytes:
    """Return ``as_scan`` as a tired scanner makes it: crooked, grey, grainy, blurred, JPEG."""
    chance = np.random.default_rng(7)
    images: list[Image.Image] = []
    for image in page_images(page_limit, dpi):
        angle = float(chance.uniform(-1.2, 1.2))
        turned = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
        soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float64)
        grainy = 25 + soft * 0.82 + chance.normal(0, 9, soft.shape)
        data = io.BytesIO()
        Image.fromarray(grainy.clip(0, 255).astype(np.uint8)).save(data, "JPEG", quality=60)
        images.append(Image.open(data))
    pdf = io.BytesIO()
    images[0].save(pdf, "PDF", save_all=True, append_images=images[1:], resolution=dpi)
    return pdf.getvalue()


def page_images(page_limit: int | None = None, dpi: int = 200) -> list[Image.Image]:
    """Return the pages of ``as_pdf`` as grey pictures."""
    import pypdfium2  # noqa: PLC0415

    pdf = pypdfium2.PdfDocument(as_pdf(page_limit))
    images = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in pdf]
    pdf.close()
    return images


def _pdf_table(page: Rows, style: ParagraphStyle) -> Table:
    cells = [[Paragraph(_markup(text), style) for text in row] for row in page]
    merged = [("SPAN", (c, 0), (c, 1)) for c in (0, 1, 2, 3, 5, 6, 7, 8)]
    table = Table(cells, colWidths=_WIDTHS, repeatRows=0)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                *merged,
            ]
        )
    )
    return table


def _furniture(canvas: object, document: object) -> None:
    canvas.setFont("report", 8)  # type: ignore[attr-defined]
    canvas.drawCentredString(420, 575, HEAD)  # type: ignore[attr-defined]
    canvas.drawCentredString(420, 15, str(document.page))  # type: ignore[attr-defined]


def _markup(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br/>")


def _plain(cell: str) -> str:
    lines = (line.strip() for line in _TAG.sub("\n", cell).split("\n"))
    return "\n".join(line for line in lines if line)
