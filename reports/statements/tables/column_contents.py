"""What the cells below a heading decide: units or bodies, plots or places, values or not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.columns.meanings import find_meaning
from reports.grammar.columns.units import find_unit
from reports.statements.tables.cells.times import read_times
from reports.statements.tables.cells.values import read_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.statements.tables.role_columns import RoleColumn

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
