"""Files with tables as people make them, one kind of oddity each, and the facts that they hold.

The kinds that a table itself can have are written in every format; some belong to one format. The
facts are known, for the files are built of them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import openpyxl
import pypdfium2

from tests.reports.readers import old_files
from tests.reports.readers.packages import saved
from tests.reports.written import formats
from tests.reports.written.judging import Expectation
from tests.reports.written.model import Cell, WrittenTable, make_table
from tests.reports.written.project_tables import TITLE, Facts, Shape, write_report, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reports.written.model import Block

_SHAPES: Final[dict[str, Shape]] = {
    "plain": Shape(),
    "heading in two lines": Shape(two_amounts=True, quarters=True),
    "heading in four lines": Shape(
        two_amounts=True, quarters=True, percent_columns=True, column_numbers=True
    ),
    "hidden row and column, struck-out words": Shape(
        hidden_row=True, hidden_column=True, struck=True
    ),
    "groups and totals": Shape(groups=True, total=True, unit="cell"),
    "unit above the table": Shape(unit="above", billions=True),
    "unit in the number's format": Shape(unit="format", billions=True),
    "one place over two rows": Shape(one_place=True),
    "bare percentages": Shape(percent_columns=True),
    "column of no known meaning": Shape(
        columns=("owner", "location", "investment", "actual", "note", "forecast")
    ),
    "amounts parted by blanks": Shape(sign="blanks"),
    "other order, row of column numbers": Shape(
        columns=("note", "actual", "forecast", "location", "investment"), column_numbers=True
    ),
}
_RENDERED: Final = 200 / 72
"""Pixels for a point of a scan of 200 dots per inch."""
_Draw = Callable[[Any, Any], None]


@dataclass(frozen=True)
class OddFile:
    """A file's format, what is odd in it, its bytes and what must be read of them."""

    form: str
    kind: str
    data: bytes
    expected: Expectation


def build_odd_files(*, scans: bool = True) -> Iterator[OddFile]:
    """Yield all files, format by format; ``scans`` are slow to read."""
    reports = dict(_build_reports())
    for form, write in (*formats.WRITERS.items(), ("text", formats.write_text)):
        for kind, (blocks, facts) in reports.items():
            yield OddFile(form, kind, write(blocks), Expectation(facts))
        for kind, data in _build_own(form, reports["plain"][0]):
            yield OddFile(form, kind, data, Expectation(reports["plain"][1]))
    if scans:
        for kind in ("plain", "heading in two lines", "groups and totals"):
            blocks, facts = reports[kind]
            yield OddFile("scan", kind, _scan_pages(formats.write_pdf(blocks)), Expectation(facts))
    blocks, facts = reports["plain"]
    rows = [tuple(row) for block in blocks for row in _list_rows(block)]
    yield OddFile("xlsb", "plain", old_files.make_xlsb(rows), Expectation(facts))


def _build_reports() -> Iterator[tuple[str, tuple[list[Block], Facts]]]:
    for kind, shape in _SHAPES.items():
        yield kind, write_report(shape)
    first, facts = write_table(Shape(projects=3))
    second, more = write_table(
        Shape(projects=2, first=3, columns=("note", "forecast", "actual", "location", "investment"))
    )
    stacked: list[Block] = [*TITLE, first, "Các dự án khác", second]
    yield "two tables below one another", (stacked, facts | more)
    table, facts = write_table(Shape())
    yield "turned: headings down the first column", ([*TITLE, _turn(table)], facts)
    signed = make_table([("Nơi nhận: Như trên", "GIÁM ĐỐC"), ("", "Nguyễn Văn Mẫu")])
    yield "signatures below", ([*TITLE, table, signed], facts)


def _turn(table: WrittenTable) -> WrittenTable:
    texts = formats.list_texts(table)
    return make_table([[Cell(row[column]) for row in texts] for column in range(table.width)])


def _list_rows(block: Block) -> list[list[str]]:
    return [[block]] if isinstance(block, str) else formats.list_texts(block)


def _build_own(form: str, blocks: Sequence[Block]) -> Iterator[tuple[str, bytes]]:
    """Yield what only one format has, each with the facts of the plain table."""
    builders: dict[str, Callable[[Sequence[Block]], Iterator[tuple[str, bytes]]]] = {
        "xlsx": _build_workbooks,
        "pdf": _build_pdfs,
        "csv": _build_csvs,
        "html": _build_pages,
    }
    if form in builders:
        yield from builders[form](blocks)


def _build_workbooks(blocks: Sequence[Block]) -> Iterator[tuple[str, bytes]]:
    stored, _ = write_report(Shape(stored=True))
    yield "amounts stored as numbers", formats.write_xlsx(stored)
    book = openpyxl.Workbook()
    formats.fill_sheet(book.active, stored)
    for row in book.active.iter_rows():
        for place in row:
            if isinstance(place.value, int) and place.number_format == "#,##0":
                place.value, place.number_format = place.value * 1_000_000, "#,##0,,"
    yield "amounts shown in millions by their format", saved(book)
    book = openpyxl.Workbook()
    formats.fill_sheet(book.active, blocks)
    old, _ = write_report(Shape(first=2, columns=("investment", "location", "actual")))
    formats.fill_sheet(book.create_sheet("cũ"), old)
    book["cũ"].sheet_state = "hidden"
    yield "hidden sheet with old figures", saved(book)
    book = openpyxl.Workbook()
    formats.fill_sheet(book.active, blocks)
    book.active.insert_cols(1, 3)
    book.active.insert_rows(1, 5)
    yield "table away from the corner", saved(book)


def _build_pdfs(blocks: Sequence[Block]) -> Iterator[tuple[str, bytes]]:
    def mark(canvas: Any, _: Any) -> None:
        canvas.saveState()
        canvas.setFont("report", 70)
        canvas.setFillGray(0.85)
        canvas.translate(200, 150)
        canvas.rotate(30)
        canvas.drawString(0, 0, "DỰ THẢO NỘI BỘ")
        canvas.restoreState()

    def put_outside(canvas: Any, _: Any) -> None:
        canvas.setCropBox((0, 100, 842, 595))
        canvas.setFont("report", 9)
        canvas.drawString(30, 60, "9 Dự án cũ ngoài trang 999.999 Phường Đồ Sơn Thi công đạt 99%")

    def put_white(canvas: Any, _: Any) -> None:
        canvas.setFont("report", 9)
        canvas.setFillGray(1)
        canvas.drawString(30, 60, "Dự án cũ chữ trắng 999.999 Phường Đồ Sơn Thi công đạt 99%")
        canvas.setFillGray(0)

    drawn: dict[str, _Draw] = {
        "watermark": mark,
        "words outside the page": put_outside,
        "white words": put_white,
    }
    for kind, draw in drawn.items():
        yield kind, formats.write_pdf(blocks, draw)
    yield "no lines", formats.write_pdf(blocks, line=0)


def _build_csvs(blocks: Sequence[Block]) -> Iterator[tuple[str, bytes]]:
    yield "semicolons below a sep= line", formats.write_csv(blocks, ";", start="sep=;\n")
    yield "tabs in UTF-16", formats.write_csv(blocks, "\t", "utf-16")
    yield "bars", formats.write_csv(blocks, "|", "utf-8")


def _build_pages(blocks: Sequence[Block]) -> Iterator[tuple[str, bytes]]:
    hidden, _ = write_report(Shape(hidden_row=True))
    yield "row of no height", formats.write_html(hidden, "visibility:collapse")
    yield "comment before the page", b"<!-- saved -->\n" + formats.write_html(blocks)


def _scan_pages(pdf: bytes) -> bytes:
    """Return the pages of a PDF as pictures in a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    images = [page.render(scale=_RENDERED, grayscale=True).to_pil() for page in document]
    document.close()
    data = io.BytesIO()
    images[0].save(data, "PDF", save_all=True, append_images=images[1:], resolution=200)
    return data.getvalue()
