"""The table with its cells open: the same rows and columns, edited where they stand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from layers.labels.reading_labels import format_exactly
from layers.tables.item_table import format_item_table
from layers.tables.table_columns import COLUMNS, PINNED
from pages.catalogue.cell_form import CELLS, list_bodies
from store.editing.validation import LONGEST_CHARS
from store.facts.labels import translate_word
from store.templates.columns import format_value
from store.templates.many_rows import MANY_ROWS, fill_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages.catalogue.cell_drafts import CellDrafts
    from pages.shell.context import PageContext
    from store.templates.columns import TemplateColumn
    from store.templates.rows import TemplateRow

_MOUNTED: Final = "items.open_table"
_LISTS: Final = frozenset({"communes", "texts"})
_IN_OTHER_UNIT: Final = frozenset({"investment_bvnd"})
"""Columns that are edited to the last digit, in the unit that is stored."""

_PEN: Final = 34
"""Pixels of the sign in the heading of a column that can be edited."""

_LEFT_CLOSED: Final = "district"
"""Former districts are worked out of communes, which have a column of their own."""


@dataclass(frozen=True, eq=False)
class _Mounted:
    """A table as its fields were filled: what they showed, and what stood for each row then."""

    frame: pd.DataFrame
    seen: dict[str, dict[str, str]]
    seals: dict[str, str]


def show_open_table(
    ctx: PageContext, table: pd.DataFrame, codes: Sequence[str], drafts: CellDrafts, row_height: int
) -> None:
    """Show the rows with the cells open that can be edited; take what was typed into the drafts.

    Drafts stand in their cells whatever the table is sorted and filtered by.
    """
    names = [str(name) for name in table.columns]
    opened = _list_open_columns(names)
    known = {row.key: row for row in fill_cells(ctx.facts, drafts.period, codes, ctx.user).rows}
    rows = {code: known.get(code) for code in codes}
    key = _make_key(ctx, drafts, names, rows)
    kept: tuple[str, _Mounted] | None = st.session_state.get(_MOUNTED)
    if kept is None or kept[0] != key or key not in st.session_state:
        kept = key, _mount(ctx, format_item_table(table, language=ctx.language), rows, drafts)
        st.session_state[_MOUNTED] = kept
    mounted = kept[1]
    pinned = set(takewhile(PINNED.__contains__, names))
    after = st.data_editor(
        mounted.frame,
        hide_index=True,
        height="stretch",
        row_height=row_height,
        key=key,
        disabled=[name for name in names if name not in opened],
        placeholder=ctx.t("pages.table.unknown"),
        alt=ctx.t("bench.table.label"),
        column_config={
            name: _configure_open(ctx, name, opened[name], pinned=name in pinned)
            if name in opened
            else _configure_closed(ctx, name, pinned=name in pinned)
            for name in names
        },
    )
    for code, cells in zip(codes, after.to_dict("records"), strict=True):
        texts = {column.key: _to_text(cells[name]) for name, column in opened.items()}
        seen = mounted.seen[code]
        drafted = drafts.cells.get(code, {})
        changed = {key: text for key, text in texts.items() if text != seen[key]}
        changed |= {key: text for key, text in drafted.items() if key not in texts}
        if changed != drafted:
            drafts.keep_row(code, changed, mounted.seals[code])


def forget_open_table() -> None:
    """Let the fields be filled anew when the table is opened again."""
    st.session_state.pop(_MOUNTED, None)


def _list_open_columns(names: Sequence[str]) -> dict[str, TemplateColumn]:
    """Return what is edited in each column of the table; a name in one column only."""
    closed = {_LEFT_CLOSED, *(["short_name"] if "name" in names else [])}
    return {name: MANY_ROWS.column(CELLS[name]) for name in names
            if name in CELLS and name not in closed}  # fmt: skip


def _make_key(
    ctx: PageContext,
    drafts: CellDrafts,
    names: Sequence[str],
    rows: Mapping[str, TemplateRow | None],
) -> str:
    """Return the key of fields that show these rows as they are now: others have another.

    Made of what is shown, so that a new page session knows its browser's fields again.
    """
    seals = [(code, row.cells["seal"] if row else "") for code, row in rows.items()]
    shown = json.dumps([drafts.period, drafts.round, ctx.language, list(names), seals])
    return f"items.open-{hashlib.sha256(shown.encode()).hexdigest()[:16]}"


def _mount(
    ctx: PageContext,
    closed: pd.DataFrame,
    rows: Mapping[str, TemplateRow | None],
    drafts: CellDrafts,
) -> _Mounted:
    """Return a table of fields: ``closed`` with the cells of ``rows`` and what was edited of it."""
    opened = _list_open_columns([str(name) for name in closed.columns])
    seen = {
        code: {column.key: _write_cell(ctx, column, row) for column in opened.values()}
        for code, row in rows.items()
    }
    columns: dict[str, Any] = {}
    for name in closed.columns:
        column = opened.get(name)
        if column is None:
            columns[name] = [str(value) for value in closed[name]]
            continue
        texts = [drafts.cells.get(code, {}).get(column.key, seen[code][column.key])
                 for code in rows]  # fmt: skip
        if column.kind in _LISTS:
            columns[name] = pd.Series([_split(text) for text in texts], dtype=object)
        else:
            columns[name] = pd.Series([text or None for text in texts], dtype="string")
    seals = {code: str(row.cells["seal"]) if row else "" for code, row in rows.items()}
    return _Mounted(pd.DataFrame(columns, index=range(len(rows))), seen, seals)


def _write_cell(ctx: PageContext, column: TemplateColumn, row: TemplateRow | None) -> str:
    """Return what a cell shows: a number as its reader writes it, anything else as templates do."""
    value = row.cells.get(column.key) if row else None
    if isinstance(value, float):
        return format_exactly(value, ctx.language)
    return _to_text(format_value(column, value, ctx.facts))


def _to_text(value: object) -> str:
    """Return a cell's content as one line of text."""
    if isinstance(value, (list, tuple)):
        return "; ".join(" ".join(str(part).split()) for part in value)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _split(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(";")) if part]


def _configure_closed(ctx: PageContext, name: str, *, pinned: bool) -> Any:
    right = COLUMNS[name].kind in {"number", "count"}
    return st.column_config.TextColumn(
        ctx.t(f"bench.column.{name}"),
        width=COLUMNS[name].width,
        pinned=pinned or None,
        alignment="right" if right else None,
    )


def _configure_open(ctx: PageContext, name: str, column: TemplateColumn, *, pinned: bool) -> Any:
    """Return the field of a column: words and places are chosen, everything else is typed."""
    section = "in_place" if name in _IN_OTHER_UNIT else "column"
    label, width = ctx.t(f"bench.{section}.{name}"), COLUMNS[name].width + _PEN
    if column.kind == "word":
        texts = {translate_word(column.section, word): word for word in column.words}
        return st.column_config.SelectboxColumn(
            label,
            width=width,
            options=list(texts),
            format_func=lambda text: translate_word(
                column.section, texts.get(str(text), ""), ctx.language
            ),
        )
    if column.kind in _LISTS:
        of_communes = column.kind == "communes"
        options = (
            sorted(ctx.facts.commune_names.values()) if of_communes else list_bodies(ctx.facts)
        )
        return st.column_config.MultiselectColumn(
            label, width=width, options=options, accept_new_options=not of_communes
        )
    return st.column_config.TextColumn(
        label,
        width=width,
        pinned=pinned or None,
        max_chars=LONGEST_CHARS,
        alignment="right" if column.kind == "number" else None,
        help=ctx.t("bench.many.when_hint") if column.kind == "when" else None,
    )
