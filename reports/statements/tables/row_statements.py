"""The statements of one row of a table that is understood, and what of it is left over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.text import normalise_spelling
from reports.grammar.cell_parts import says_nothing
from reports.grammar.columns.units import CURRENCY_UNITS, MONEY_UNITS, find_unit
from reports.model.statement import Statement
from reports.statements.lexing.quantities import find_quantities
from reports.statements.lexing.times import find_times
from reports.statements.tables.cells.times import has_more, is_span, read_times
from reports.statements.tables.cells.values import (
    FIELD_OF_UNIT,
    fits_unit,
    name_number,
    read_values,
    scale_value,
)
from reports.statements.tables.cells.words import (
    has_words_left,
    read_bodies,
    read_event,
    read_notes,
    read_obstacles,
    read_work,
)
from reports.statements.tables.subjects import Subject, name_about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.grammar.columns.meanings import ColumnMeaning
    from reports.model.document import TableCell
    from reports.statements.tables.cells.values import CellValue
    from reports.statements.tables.role_columns import RoleColumn
    from reports.statements.tables.row_places import RowPlace
    from reports.tables.grid.stitched_table import StitchedRow


@dataclass
class RowReading:
    """A row while it is read: its sentence, its statements, the columns that gave something."""

    row: StitchedRow
    subject: Subject
    where: RowPlace
    when: str
    detail: str = ""
    statements: list[Statement] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    partly: set[int] = field(default_factory=set)
    """Columns of which something was read, and words are left."""
    worded: set[int] = field(default_factory=set)
    """Columns that are kept in words, in which a figure may stand: the name, a trouble."""
    year: str = ""
    """The year of days that have none; that of ``when`` where it is not given."""

    def __post_init__(self) -> None:
        """Put the row's cells into one sentence and note where each begins."""
        self.year = self.year or self.when[:4]
        self.starts: dict[int, int] = {}
        texts: list[str] = []
        at = 0
        for column in sorted(self.row.cells):
            text = " ".join(self.get_cell(column).text.split())
            if text:
                self.starts[column] = at
                texts.append(text)
                at += len(text) + 3
        self.sentence = " | ".join(texts)

    def get_cell(self, column: int) -> TableCell:
        """Return a cell; numbers on lines of their own are never joined into one."""
        cell = self.row.cell(column)
        texts = [piece.text.strip() for piece in self.row.cells.get(column, []) if piece.text]
        numbers = any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(texts))
        return replace(cell, text=" ".join(texts)) if numbers else cell

    def read_column(self, column: RoleColumn, unit: str = "") -> None:
        """Read the cell of a column; ``unit`` is that of the row, where a column says it."""
        cell = self.get_cell(column.index)
        if says_nothing(cell.text) or not column.meanings:
            return
        readers = {
            "value": self._read_values, "time": self._read_times, "body": self._read_bodies,
            "note": self._read_note, "obstacle": self._read_obstacle, "work": self._read_work,
        }  # fmt: skip
        reader = readers.get(column.role)
        if reader is not None:
            reader(column, cell, unit)

    def add(self, name: str, value: float | str, column: int, stated: str, **parts: object) -> None:
        """Keep a statement that the words of a column's cell make."""
        cell = self.get_cell(column)
        text = " ".join(cell.text.split())
        stated = " ".join(stated.split())
        stated = stated if stated in text else text
        begin = self.starts.get(column, 0) + max(text.find(stated), 0)
        made = Statement(
            self.subject.name, self.subject.kind, name, value, self.sentence, cell.place,
            begin, begin + len(stated), self.subject.item, stated,
            communes=self.where.communes, province=self.where.province, when=self.when,
            detail=self.detail,
        )  # fmt: skip
        given = {key: part for key, part in parts.items() if part not in ("", None, ())}
        if "why" in given:
            given["why"] = _WHY.get(str(given["why"]), given["why"])
        made = replace(made, **given)  # type: ignore[arg-type]
        if cell.confidence < _READABLE and made.status == "sure":
            made = replace(made, status="ask", why="value", candidates=(str(value),))
        self.statements.append(made)
        self.used.add(column)

    def _read_values(self, column: RoleColumn, cell: TableCell, unit: str) -> None:
        own = " ".join(cell.text.split())
        meaning = column.meanings[0]
        values = read_values(
            own, meaning.value_class, column.unit or unit, column.style, whole=column.whole
        )
        for value in values:
            self._add_value(column, meaning, value, unit)

    def _add_value(
        self, column: RoleColumn, meaning: ColumnMeaning, value: CellValue, row_unit: str
    ) -> None:
        name, why, status = meaning.field, value.why, "sure"
        unit = value.unit or column.unit or row_unit or meaning.unit
        money = meaning.value_class == "money" and unit in {*MONEY_UNITS, *CURRENCY_UNITS, "?"}
        if meaning.value_class == "number":
            name, factor, unit = name_number(unit)
            why = why or ("" if unit else "no_unit")
            value = scale_value(value, factor)
        elif not money and value.unit and not fits_unit(value.unit, meaning):
            name = FIELD_OF_UNIT.get(value.unit, "count")
            known = any(other.field == name for other in column.meanings)
            why = why or ("" if known else "other_unit")
        elif not money and value.value is not None and not unit:
            why = why or "no_unit"
        if column.rival:
            why = why or "columns_compete"
        if meaning.key == "money" and self.subject.kind in _BUILT:
            why = why or "share_not_amount"  # of all of it, or of one year: nothing tells
        if why or value.value is None:
            status = "ask"
        number = value.value if value.value is not None else (value.readings or (0.0,))[0]
        readings = value.readings or ((number,) if value.value is not None else ())
        self.add(
            name, float(number) if readings else value.stated, column.index, value.stated,
            unit="triệu đồng" if money and unit in MONEY_UNITS else unit.replace("?", ""),
            total=value.total, qualifier=value.qualifier, mood=meaning.mood, status=status,
            why=why, candidates=tuple(_format(one) for one in readings) if status == "ask" else (),
            when=column.period or self.when,
            detail="; ".join(filter(None, (meaning.detail, self.detail))),
        )  # fmt: skip

    def _read_times(self, column: RoleColumn, cell: TableCell, _unit: str) -> None:
        meaning = column.meanings[0]
        times = read_times(cell.text, self.year)
        name = meaning.field
        ceremony = False
        if meaning.key == "time":
            name = read_event(cell.text) or self.event or "milestone"
            ceremony = name != "milestone"
        values = list(dict.fromkeys(when for when, _, _ in times))
        if not values:
            return
        mood = meaning.mood
        if name == "deadline" and is_span(cell.text, [words for _, words, _ in times]):
            name, mood, values = "works_from_to", "planned", [f"{values[0]}..{values[-1]}"]
        if mood == "measured":
            mood = "done" if ceremony and self.when and values[0] <= self.when else "planned"
        several = len(values) > 1 or column.rival
        self.add(
            name, values[0], column.index, times[0][1], mood=mood, when=values[0],
            inferred=("year",) if times[0][2] else (),
            detail="" if name != "milestone" else " ".join(column.heading.split()),
            status="ask" if several else "sure", why="several_times" if several else "",
            candidates=tuple(values) if several else (),
        )  # fmt: skip
        if name == "deadline" and has_more(cell.text, [words for _, words, _ in times]):
            self.partly.add(column.index)

    event: str = ""
    """The event of the row's ceremony, where a column says it."""

    def _read_bodies(self, column: RoleColumn, cell: TableCell, _unit: str) -> None:
        meaning = column.meanings[0]
        mood = "required" if meaning.field == "lead" else "measured"
        told = list(read_bodies(cell.text))
        for body, stated in told:
            self.add(meaning.field, body, column.index, stated, bodies=(body,), mood=mood)
        self._mark_left(column, cell, [stated for _, stated in told])

    def _read_note(self, column: RoleColumn, cell: TableCell, _unit: str) -> None:
        told: list[str] = []
        for name, value, stated, mood, when in read_notes(cell.text):
            self.add(name, value, column.index, stated, mood=mood, when=when or self.when)
            told.append(stated)
        self._mark_left(column, cell, told)

    def _read_obstacle(self, column: RoleColumn, cell: TableCell, _unit: str) -> None:
        told: list[str] = []
        for words, cause in read_obstacles(cell.text):
            value = normalise_spelling(" ".join(words.split()))
            self.add("obstacle", value, column.index, words, cause=cause)
            self.worded.add(column.index)
            told.append(words)
        self._mark_left(column, cell, told)

    def _read_work(self, column: RoleColumn, cell: TableCell, _unit: str) -> None:
        told = list(read_work(cell.text))
        for words in told:
            value = normalise_spelling(" ".join(words.split()))
            self.add("planned_work", value, column.index, words, mood="planned")
            self.worded.add(column.index)
        self._mark_left(column, cell, told)

    def _mark_left(self, column: RoleColumn, cell: TableCell, told: list[str]) -> None:
        """Note a column of which something was read and words are left."""
        if told and has_words_left(cell.text, told):
            self.partly.add(column.index)

    def read_place(self, columns: list[RoleColumn], stated: str) -> None:
        """Say where the row's subject lies, from the columns of places."""
        if not stated or not (self.where.communes or self.where.open or self.where.province):
            return
        self.add(
            "located_in", stated, columns[0].index, self.get_cell(columns[0].index).text,
            status="ask" if self.where.open else "sure",
            why="uncertain_place" if self.where.open else "",
            candidates=self.where.candidates if self.where.open else (),
            left_out=self.where.left_out,
        )  # fmt: skip
        self.used |= {column.index for column in columns if self.get_cell(column.index).text}

    def read_own_place(self, column: RoleColumn, about: str) -> None:
        """Say that what a table is about lies in the commune of the row, or ask which one it is."""
        stated = " ".join(self.get_cell(column.index).text.split())
        whole = name_about(about) if about else self.subject
        self.add(
            "located_in", stated, column.index, stated, detail="",
            status="ask" if self.where.open else "sure",
            why="uncertain_place" if self.where.open else "",
            candidates=self.where.candidates if self.where.open else (),
            left_out=self.where.left_out,
        )  # fmt: skip
        last = self.statements.pop()
        self.statements.append(
            replace(last, subject=whole.name, subject_kind=whole.kind, item=whole.item, detail="")
        )

    def list_left_over(self, ignored: set[int]) -> Iterator[str]:
        """Yield the cells that nothing used, as they stand, and figures in those kept in words."""
        for column in sorted(self.row.cells):
            text = " ".join(self.get_cell(column).text.split())
            used = column in self.used and column not in self.partly
            if text and not used and column not in ignored and not says_nothing(text):
                yield text
            elif column in self.worded:
                values = {statement.value for statement in self.statements}
                figures = find_quantities(text, find_times(text))
                yield from (text[q.start : q.end] for q in figures if q.value not in values)


_READABLE: Final = 0.6
_BUILT: Final = frozenset({"project", "park", "cluster", "housing"})
"""What an amount below "Vốn" may be the cost of, or one year's share for."""
_WHY: Final = {
    "ambiguous_number": "value",
    "cell_with_words": "value",
    "over_hundred": "value",
    "low_confidence": "value",
    "two_amounts": "value",
    "amount_range": "value",
    "rounded_amount": "value",
    "signed_amount": "value",
    "columns_compete": "field",
    "share_not_amount": "field",
    "other_unit": "field",
    "no_unit": "unit",
    "no_money_unit": "unit",
    "other_currency": "unit",
    "several_times": "time",
    "uncertain_place": "place",
}
"""Reasons of cells as those of statements (``[why]`` of ``statements.toml``)."""


def _format(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def read_row_unit(row: StitchedRow, columns: list[RoleColumn]) -> str:
    """Return the unit of a row's own column of units, as it stands if not known; '' for none."""
    texts = (" ".join(row.cell(column.index).text.split()) for column in columns)
    return next((find_unit(text) or text for text in texts if not says_nothing(text)), "")
