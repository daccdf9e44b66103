"""What the columns of a table are: whom its rows are about, and what each other column says.

A heading proposes, the cells below decide: a column of values whose cells hold none is not what
its heading says.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.cell_parts import says_nothing
from reports.grammar.columns.meanings import (
    ColumnMeaning,
    find_meaning,
    understand_heading,
)
from reports.grammar.columns.units import (
    COUNT_UNITS,
    CURRENCY_UNITS,
    MONEY_UNITS,
    SIZE_UNITS,
    find_unit,
)
from reports.grammar.numbers import are_grouped, settle_style
from reports.statements.tables.cells.times import read_times
from reports.statements.tables.cells.values import FIELD_OF_UNIT, read_values
from reports.statements.tables.declarations import find_period
from reports.statements.tables.role_columns import RoleColumn, TableRoles
from reports.tables.cell_balance import list_read_keys
from reports.tables.project_rows import is_project_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.document import Media
    from reports.statements.tables.declarations import Declarations
    from reports.tables.grid.columns import Column
    from reports.tables.grid.stitched_table import StitchedTable

_SUBJECTS: Final = ("name", "place", "body")
_GENERAL_NAMES: Final = ("content", "position", "body")
"""Keys of names that stand back where another column names the rows."""
_TALKING: Final = frozenset({"value", "time", "body", "note", "obstacle", "place", "ceremony"})
_OF_LISTS: Final = frozenset({"investment", "location"})
_PROGRESS: Final = frozenset({"planned", "actual", "forecast", "obstacles"})
_PLAIN_FIGURES: Final = frozenset({"allocated", "money"})
"""Keys of columns that are figures of any kind where a column of units stands beside them."""
_SAID: Final = {
    "name": "project",
    "location": "place",
    "obstacles": "obstacle",
    "actual_clearance": "clearance_pct",
    "actual_construction": "construction_pct",
}
"""Keys that a person may say of columns, as this reader names them."""


def describe_roles(table: StitchedTable, declared: Declarations, media: Media) -> TableRoles | None:
    """Return the roles of a table's columns; ``None`` for a table that is not understood."""
    if not table.columns or table.inside is not None:
        return None
    texts = _list_texts(table)
    columns = [_describe_column(table, column, declared) for column in table.columns]
    columns = [find_units_column(column, texts[column.index]) for column in columns]
    columns = [find_positions(column, texts[column.index]) for column in columns]
    counted = any(column.role == "unit" for column in columns)
    columns = [_settle_numbers(c, texts, declared, media, counted=counted) for c in columns]
    columns = [check_contents(column, texts[column.index]) for column in columns]
    if any(column.key == "person" for column in columns):
        return None
    columns = _settle_rates(_settle_plans(columns))
    columns = _find_rivals(columns)
    subject = _choose_subject(columns, project=is_project_table(table))
    if subject is None or _is_behind_unknown(subject, columns, texts):
        return None
    others = [c for c in columns if c.role in _TALKING and c is not subject and not c.taken]
    if not others:
        return None
    return TableRoles(subject, tuple(columns))


def _list_texts(table: StitchedTable) -> list[list[str]]:
    """Return by column what the cells of its rows hold, those that say nothing left out."""
    texts: list[list[str]] = []
    for column in table.columns:
        cells = [row.cell(column.index).text for row in table.rows if row.kind == "row"]
        texts.append([text for text in cells if not says_nothing(text)])
    return texts


def _describe_column(table: StitchedTable, column: Column, declared: Declarations) -> RoleColumn:
    known = column.state == "taken" and column.key in list_read_keys(table)
    taken = is_project_table(table) and known
    if taken and column.key in _OF_LISTS and not _PROGRESS & table.keys:
        taken = False  # a list of works and their size: nothing of it is progress
    said = _SAID.get(column.meaning, column.meaning)
    reading = understand_heading(column.heading, declared.abbreviations)
    if said == "ignore":
        return RoleColumn(column.index, column.heading, ignored=True)
    meaning = find_meaning(said) if said else None
    if meaning is None and not reading.meanings and column.key and column.state == "taken":
        meaning = find_meaning(_SAID.get(column.key, column.key))
    meanings = (meaning,) if meaning else reading.meanings
    if is_project_table(table) and column.state in {"passed_over", "competing"}:
        meanings = ()
    value_class = meanings[0].value_class if meanings else ""
    unit = column.unit_name or reading.unit
    unit = unit or declared.find_unit(value_class, _expand(column.heading, declared))
    period = find_period(reading.period)
    return RoleColumn(column.index, column.heading, meanings, unit, "", False, period, taken)


def _expand(heading: str, declared: Declarations) -> str:
    words = heading.split()
    return " ".join(f"{word} {declared.abbreviations.get(word, '')}" for word in words)


def _settle_numbers(
    column: RoleColumn,
    texts: Sequence[Sequence[str]],
    declared: Declarations,
    media: Media,
    *,
    counted: bool,
) -> RoleColumn:
    """Return the column with how it writes numbers, its class told by its unit."""
    if column.role != "value":
        return column
    meanings = column.meanings
    plain = len(meanings) == 1 and not column.unit and meanings[0].key in _PLAIN_FIGURES
    if counted and plain:
        planned = meanings[0].key == "allocated"
        meaning = find_meaning("value_planned" if planned else "value_done")
        meanings = (meaning,) if meaning else ()
    elif len(meanings) == 1 and not _is_unit_of(column.unit, meanings[0]):
        own_meaning = find_meaning(FIELD_OF_UNIT.get(column.unit, ""))
        meanings = (own_meaning,) if own_meaning and meanings[0].key == "area" else ()
    own = texts[column.index]
    others = [text for index, more in enumerate(texts) if index != column.index for text in more]
    style = settle_style(own, others, declared.style)
    whole = not style and are_grouped(own, media)
    return replace(column, meanings=meanings, style=style, whole=whole)


def _is_unit_of(unit: str, meaning: ColumnMeaning) -> bool:
    """Return True if a unit can be that of a meaning, or none is stated."""
    fitting = {
        "money": frozenset({*MONEY_UNITS, *CURRENCY_UNITS}),
        "size": SIZE_UNITS,
        "percent": frozenset({"%"}),
        "count": COUNT_UNITS,
    }
    if not unit or meaning.value_class not in fitting:
        return True
    return unit in fitting[meaning.value_class]


def _settle_plans(columns: Sequence[RoleColumn]) -> list[RoleColumn]:
    """Return the columns; "Kế hoạch năm 2026" beside what is disbursed is money, no progress."""
    if not any(column.key == "disbursed" for column in columns):
        return list(columns)
    return [replace(c, taken=False) if c.key == "allocated" else c for c in columns]


def _is_behind_unknown(
    subject: RoleColumn, columns: Sequence[RoleColumn], texts: Sequence[Sequence[str]]
) -> bool:
    """Return True if words of an unknown column stand before a place or body: its rows' names."""
    if subject.role == "name":
        return False
    return any(
        not column.meanings
        and not column.ignored
        and any(letter.isalpha() for text in texts[column.index] for letter in text)
        for column in columns[: subject.index]
    )


def _settle_rates(columns: Sequence[RoleColumn]) -> list[RoleColumn]:
    """Return the columns; a bare "Tỷ lệ (%)" beside what is disbursed is of disbursement."""
    keys = {column.key for column in columns}
    done = {
        c.meanings[0].key for c in columns if c.role == "value" and c.meanings[0].mood == "done"
    }
    if done - {"pct"} != {"disbursed"} or "disbursed_pct" in keys:
        return list(columns)
    meaning = find_meaning("disbursed_pct")
    return [replace(c, meanings=(meaning,)) if c.key == "pct" and meaning else c for c in columns]


def _find_rivals(columns: Sequence[RoleColumn]) -> list[RoleColumn]:
    """Return the columns, with those that say the same of the same time marked."""
    keys = Counter((c.key, c.unit, c.period) for c in columns if c.role in {"value", "time"})
    return [
        replace(c, rival=True)
        if c.role in {"value", "time"} and keys[c.key, c.unit, c.period] > 1
        else c
        for c in columns
    ]


def _choose_subject(columns: Sequence[RoleColumn], *, project: bool) -> RoleColumn | None:
    if project:
        named = (c for c in columns if c.taken and c.role == "name")
        return next(named, None) or next((c for c in columns if c.role == "name"), None)
    for role in _SUBJECTS:
        found = [column for column in columns if column.role == role]
        best = [column for column in found if column.key not in _GENERAL_NAMES]
        if found:
            return (best or sorted(found, key=lambda c: _GENERAL_NAMES.index(c.key)
                                   if c.key in _GENERAL_NAMES else 0))[0]  # fmt: skip
    return None


_ENOUGH: Final = 0.5
_LONGEST_UNIT: Final = 15
_POSITION: Final = re.compile(
    r"\W*(?:(?:vi tri|phan khu|khu|lo|o|vt)\s?(?:dat )?(?:so )?)?[a-z]{0,3}[-. ]?\d{1,3}\W*"
)


def find_units_column(column: RoleColumn, texts: Sequence[str]) -> RoleColumn:
    """Return a column "Đơn vị" as one of units where its cells are units, else as of bodies."""
    if column.key not in {"unit", "body"} or not texts:
        return column
    units = sum(bool(find_unit(text)) or _looks_like_unit(text) for text in texts)
    key = "unit" if units >= _ENOUGH * len(texts) else "body"
    meaning = find_meaning(key)
    return replace(column, meanings=(meaning,) if meaning else ())


def _looks_like_unit(text: str) -> bool:
    """Return True for a short word in small letters ("cọc", "m3"): no body is written so."""
    return len(text) <= _LONGEST_UNIT and text[:1].islower()


def find_positions(column: RoleColumn, texts: Sequence[str]) -> RoleColumn:
    """Return a column of places as one of plots where its cells are "VT1", "Lô CN-02"."""
    if column.key != "place" or not texts:
        return column
    if sum(bool(_POSITION.fullmatch(fold_text(text))) for text in texts) < _ENOUGH * len(texts):
        return column
    meaning = find_meaning("position")
    return replace(column, meanings=(meaning,) if meaning else ())


def check_contents(column: RoleColumn, texts: Sequence[str]) -> RoleColumn:
    """Return the column, without its meanings where its cells are not of them."""
    if column.taken or not texts or column.role not in {"value", "time", "unit"}:
        return column
    if column.role == "value":
        value_class = column.meanings[0].value_class
        read = (read_values(text, value_class, column.unit, column.style) for text in texts)
        fits = [any(value.why != "cell_with_words" for value in values) for values in read]
    elif column.role == "time":
        fits = [bool(read_times(text, "2000")) for text in texts]
    else:
        fits = [bool(find_unit(text)) or _looks_like_unit(text) for text in texts]
    return column if sum(fits) >= _ENOUGH * len(texts) else replace(column, meanings=())
