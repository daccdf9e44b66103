"""The file itself beside what was read of it: a page's picture or a sheet's cells, part by part."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.file_view.parts import LINES_SHOWN, FileLayout, lay_out
from layers.file_view.readings import ReadingIndex, index_readings
from pages.imports.file_grid import render_grid, render_legend
from pages.imports.readings import render_readings
from pages.imports.upload import get_upload
from pages.shell.context import run_alone
from pages.shell.html import Html, show_markup
from pages.widgets.file_links import parse_aim
from pages.widgets.line_parts import choose_line_part
from reports.outcome.cell_fates import count_fates
from reports.readers.page_picture import draw_page

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from layers.file_view.parts import FileLine, FilePart
    from layers.file_view.readings import Reading
    from pages.shell.context import PageContext
    from reports.model.document import TableRow
    from reports.model.extraction import Extraction
    from reports.outcome.cell_fates import CellFate

_DRAWN: Final = frozenset({"pdf", "scan"})
_STATE: Final = "import.layout"
_PART: Final = "import.file.part"
_CHUNK: Final = "import.file.chunk"
_ONLY: Final = "import.file.only"
_PICTURES: Final = "import.file.pictures"
_MOST_PICTURES: Final = 8


@run_alone
def show_file(ctx: PageContext, read: Extraction) -> None:
    """Show one part of the file: what it looks like left, what was read of it right."""
    layout, index = _get_layout(read)
    drawn = read.document.media in _DRAWN
    part, lines = _choose_lines(ctx, layout, drawn=drawn)
    if part is None:
        show_markup(Html("<p>{}</p>").format(ctx.t("imports.file.empty")))
        return
    show_markup(render_legend(ctx, _count(layout, part)))
    label = _name_part(ctx, part)
    grid = render_grid(ctx, lines, layout, index, ctx.t("imports.file.cells", part=label))
    readings = render_readings(ctx, _list_readings(index, lines), layout)
    left, right = st.columns([1, 1] if drawn else [5, 3], gap="small")
    with left:
        if drawn:
            _show_picture(ctx, read, part, label)
        else:
            show_markup(grid)
    with right:
        if drawn:
            show_markup(Html('<div class="hp-file-half">{}</div>').format(grid))
        show_markup(Html("<h4>{}</h4>").format(ctx.t("imports.file.read")))
        show_markup(readings)


def open_at(read: Extraction, aim: str) -> None:
    """Let the part of the file be shown that an element of the page stands for."""
    layout, _ = _get_layout(read)
    place = parse_aim(aim)
    if place is None:
        return
    line = place if isinstance(place, int) else _find_line_of_cell(layout, place)
    found = layout.find_line(line)
    if found is None:
        return
    part, at = found
    st.session_state[_ONLY] = False
    st.session_state[_PART] = part
    st.session_state[_CHUNK] = at // LINES_SHOWN


def _find_line_of_cell(layout: FileLayout, place: tuple[int, int, int]) -> int:
    for part in layout.parts:
        for line in part.lines:
            if (line.place.table, line.place.row) == place[:2]:
                return line.place.line_from
    return 0


def _get_layout(read: Extraction) -> tuple[FileLayout, ReadingIndex]:
    """Return the file's parts and what was read, worked out once for each reading."""
    kept = st.session_state.get(_STATE)
    if kept is None or kept[0] is not read:
        kept = (read, lay_out(read), index_readings(read))
        st.session_state[_STATE] = kept
        for key in (_PART, _CHUNK, _ONLY):
            st.session_state.pop(key, None)
        first = kept[1].find_line(kept[2].readings[0].place.line_from) if kept[2].readings else None
        if first is not None and len(kept[1].parts) > 1:
            st.session_state[_PART] = first[0]
    return kept[1], kept[2]


def _choose_lines(
    ctx: PageContext, layout: FileLayout, *, drawn: bool
) -> tuple[FilePart | None, Sequence[FileLine]]:
    """Offer the parts of the file and return the one chosen, with the lines to show of it."""
    if not layout.parts:
        return None, ()
    with st.container(horizontal=True, vertical_alignment="bottom", key="import.file.bar"):
        number = 0
        if len(layout.parts) > 1:
            number = st.selectbox(
                ctx.t("imports.file.page" if drawn else "imports.file.part"),
                range(len(layout.parts)),
                format_func=lambda at: _name_part(ctx, layout.parts[at]),
                key=_PART,
                width=320,
            )
        part = layout.parts[number]
        only = st.checkbox(ctx.t("imports.file.only"), key=_ONLY)
        lines = layout.list_lines(part, only_open=only)
        return part, choose_line_part(ctx.t("imports.file.lines"), lines, LINES_SHOWN, _CHUNK)


def _name_part(ctx: PageContext, part: FilePart) -> str:
    if part.sheet:
        return ctx.t("imports.file.sheet", name=part.sheet)
    return ctx.t("imports.file.page_no", page=part.page) if part.page else ctx.t("imports.file.all")


def _count(layout: FileLayout, part: FilePart) -> Counter[CellFate]:
    """Return how many cells of a part have each fate."""
    rows: list[TableRow] = [
        line.content  # type: ignore[misc]
        for line in part.lines
        if hasattr(line.content, "cells")
    ]
    keys = (cell.place.cell_key for row in rows for cell in row.cells)
    return count_fates(layout.cells[key] for key in keys if key in layout.cells)


def _list_readings(index: ReadingIndex, lines: Sequence[FileLine]) -> list[tuple[int, Reading]]:
    """Return what was read of some lines, with its numbers."""
    if not lines:
        return []
    shown = {
        number for line in lines for number in range(line.place.line_from, line.place.line_to + 1)
    }
    found = index.list_between(lines[0].place.line_from, lines[-1].place.line_to)
    return [
        (number, reading)
        for number, reading in found
        if not shown.isdisjoint(range(reading.place.line_from, reading.place.line_to + 1))
    ]


def _show_picture(ctx: PageContext, read: Extraction, part: FilePart, label: str) -> None:
    """Show a page as it looks; large on request."""
    upload = get_upload()
    if upload is None:
        show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("imports.file.not_kept")))
        return
    pictures: dict[tuple[str, int], bytes] = st.session_state.setdefault(_PICTURES, {})
    key = (read.document.sha256, part.page)
    if key not in pictures:
        while len(pictures) >= _MOST_PICTURES:
            pictures.pop(next(iter(pictures)))
        with st.spinner(ctx.t("imports.file.drawing")):
            pictures[key] = draw_page(upload.data, part.page)
    picture = pictures[key]
    if not picture:
        show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("imports.file.no_picture")))
        return
    large = st.checkbox(ctx.t("imports.file.large"), key="import.file.large")
    packed = base64.b64encode(picture).decode()
    show_markup(
        Html(
            '<div class="hp-paper{}" tabindex="0" role="region" aria-label="{}">'
            '<img src="data:image/jpeg;base64,{}" alt="{}"></div>'
        ).format(" hp-large" if large else "", label, packed, ctx.t("imports.file.alt", part=label))
    )
    if part.page in read.document.unread_pages:
        show_markup(Html('<p class="hp-mind">{}</p>').format(ctx.t("imports.file.unread")))
