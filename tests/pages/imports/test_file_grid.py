"""A file's cells are shown as text, whatever stands in them, marked and linked to what was read."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from layers.file_view.parts import lay_out
from layers.file_view.readings import index_readings
from pages.imports.file_grid import render_grid, render_legend
from pages.imports.readings import render_readings
from pages.shell.context import PageContext
from pages.widgets.file_links import name_place, parse_aim
from reports.model.document import SourcePlace
from reports.model.extraction import Extraction, QueueEntry
from reports.outcome.cell_fates import count_fates
from tests.reports.outcome.test_cell_fates import DOCUMENT, READ, TABLE, make_table
from tests.small_facts import small_facts

HOSTILE = "<img src=x onerror=alert(1)>\"'`${1}{{ 1/0 }}</td><script>alert(2)</script>"


class Tags(HTMLParser):
    """Collects what a browser would make of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def ctx() -> PageContext:
    return PageContext("vi", small_facts())


def grid(ctx: PageContext, read: Extraction) -> str:
    layout, index = lay_out(read), index_readings(read)
    return str(render_grid(ctx, layout.parts[0].lines, layout, index, "Các ô"))


def test_cells_carry_their_marks_and_lead_to_what_was_read(ctx: PageContext) -> None:
    queue = (QueueEntry("ambiguous_number", "5", SourcePlace(4, 4, 1, 1, 3, 3)),)
    tags = Tags(grid(ctx, replace(READ, queue=queue))).tags
    cells = {attrs.get("id"): attrs for tag, attrs in tags if tag == "td"}
    assert cells["hp-cell-1-3-3"]["class"] == "hp-fate-asked"
    assert cells["hp-cell-1-3-5"]["class"] == "hp-fate-unused"
    assert cells["hp-cell-1-3-2"]["title"] == "Đã dùng"
    assert "class" not in cells["hp-cell-1-2-3"]
    links = {attrs["href"] for tag, attrs in tags if tag == "a"}
    assert links == {"#hp-read-0", "#hp-read-1"}


def test_whatever_a_cell_holds_is_text(ctx: PageContext) -> None:
    block = make_table(1, 2, ("STT", HOSTILE), ("1", HOSTILE))
    document = replace(DOCUMENT, blocks=(block,), sheets=(HOSTILE,), media="xlsx")
    row = replace(READ.projects[0], name=HOSTILE, place=SourcePlace(3, 3, 1, 1, 2))
    queue = (QueueEntry("unplaced", HOSTILE, SourcePlace(3, 3, 1, 1, 2, 2), HOSTILE),)
    read = replace(READ, document=document, projects=(row,), queue=queue)
    layout, index = lay_out(read), index_readings(read)
    markup = grid(ctx, read) + str(render_readings(ctx, enumerate(index.readings), layout))
    assert {tag for tag, _ in Tags(markup).tags} <= {
        "a", "div", "li", "p", "span", "table", "td", "th", "tr", "ul",
    }  # fmt: skip
    assert "&lt;script&gt;" in markup


def test_what_is_not_shown_is_told_with_its_reason_and_a_giant_cell_is_cut(
    ctx: PageContext,
) -> None:
    first = TABLE.rows[0]
    cell = replace(first.cells[0], text="", unseen="99", unseen_reason="hidden_row")
    giant = replace(first.cells[1], text="x" * 100_000)
    row = replace(first, cells=(cell, giant))
    read = replace(READ, document=replace(DOCUMENT, blocks=(replace(TABLE, rows=(row,)),)))
    markup = grid(ctx, read)
    assert 'title="Ẩn, không đọc · dòng ẩn"' in markup
    assert len(markup) < 10_000


def test_the_legend_counts_every_mark(ctx: PageContext) -> None:
    counts = count_fates(lay_out(READ).cells.values())
    assert "Đã dùng: 11" in str(render_legend(ctx, counts))
    assert "Không dùng: 1" in str(render_legend(ctx, counts))


def test_an_element_s_name_leads_back_to_its_place() -> None:
    assert parse_aim(name_place(SourcePlace(4, 4, 1, 2, 3, 5))) == (2, 3, 5)
    assert parse_aim(name_place(SourcePlace(4, 6, 1))) == 4
    for other in ("hp-read-4", "hp-cell-1-2", "hp-line-1-2-3", "hp-cell-1-2-3 x", "", "x" * 99):
        assert parse_aim(other) is None
