"""A column of amounts whose figures are those known of their items in another unit: asked once.

The answer holds for the whole column. Rows that fit neither unit are asked about alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import format_number, t
from reports.tables.grid.headings import fold_heading
from store.audit.rows import format_cell
from store.imports.plan.review_rows import COLUMN_UNIT, ReviewRow, strip_origin
from store.imports.questions.column_cells import UNITS, list_amount_cells
from store.imports.questions.plausibility import collect_history, find_before, hold_unusual

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model.extraction import ColumnUse, Extraction
    from store.audit.changes import RowChange
    from store.audit.rows import Content, Row
    from store.imports.questions.column_cells import AmountCell

EACH: Final = "each"
"""The answer that every row of the column is to be asked about for itself."""

KEY: Final = "investment"
"""What a column of amounts is taken for (``ColumnUse.key``)."""

_FEWEST: Final = 3
"""Rows of another unit from which it is the column's."""

_SAMPLES: Final = 3


@dataclass
class HeldColumns:
    """What of a plan is left beside its columns in another unit, and the questions about these."""

    changes: list[RowChange]
    asked: list[ReviewRow]
    columns: list[ReviewRow] = field(default_factory=list)


@dataclass(frozen=True)
class StoreKnowledge:
    """What the store knows: its figures, the order of periods, what items are called."""

    stored: Sequence[Row]
    ranks: Mapping[str, int]
    names: Mapping[str, str]


@dataclass(frozen=True)
class OddColumn:
    """A column that seems to be in another unit than its ``own``, '' where it states none."""

    use: ColumnUse
    unit: str
    cells: tuple[AmountCell, ...]

    @property
    def own(self) -> str:
        """The unit that the column states, '' for none that money has."""
        return self.use.unit if self.use.unit in UNITS else ""

    def is_held(self, cell: AmountCell, choice: str) -> bool:
        """Return whether an answer decides a cell, or '' holds it back.

        What nothing is known of waits too, and is read in the unit that is answered. What cannot
        be kept as it is written is asked about alone.
        """
        if cell.read_in(self.unit) is not None:
            return choice in {"", self.unit} or bool(cell.read_as_written(self.own, self.unit))
        return not choice and not cell.before and bool(cell.scale(self.own, self.unit))


def hold_columns(
    read: Extraction,
    changes: Sequence[RowChange],
    asked: Sequence[ReviewRow],
    known: StoreKnowledge,
    *,
    source: Content,
    decisions: Mapping[str, str],
) -> HeldColumns:
    """Return a plan's changes and questions without the rows of columns in another unit.

    A column is in another unit where at least three, and
    at least half, of the amounts that something is known of are near that in one other unit, and
    more than in its own. With the answer that it is, rows that fit neither are read in it too.
    """
    held = HeldColumns(list(changes), list(asked))
    for column in _find_odd_columns(read, changes, asked, known, source):
        question = make_question(read, column, known, source)
        choice = decisions.get(question.fingerprint, "")
        held.columns.append(replace(question, payload=_fill(question, column, choice, known)))
        if choice == EACH:
            continue
        for cell in column.cells:
            scaled = cell.scale(column.own, column.unit) if choice == column.unit else ""
            if column.is_held(cell, choice):
                held.changes = [one for one in held.changes if one is not cell.change]
                held.asked = [one for one in held.asked if one is not cell.question]
            elif scaled and cell.change is not None:
                changed = replace(cell.change, after=cell.row | {"value": scaled})
                held.changes = [changed if one is cell.change else one for one in held.changes]
    return held


def list_column_answers(review: ReviewRow, as_read: str) -> tuple[str, ...]:
    """Return what may be answered: another unit, the column's own, and each row for itself."""
    own = (as_read,) if review.payload["own"] else ()
    return (review.payload["unit"], *own, EACH)


def list_column_rows(review: ReviewRow, choice: str) -> list[tuple[str, Row]]:
    """Return the rows of a column as an answer has them, each with its table.

    In another unit, or as they were read.
    """
    other = choice == review.payload["unit"]
    entries: Sequence[Mapping[str, Any]] = review.payload["add"]
    if choice == EACH:  # what nothing is unusual of stands as it was read
        entries = [entry for entry in entries if not entry["alone"]]
    rows = []
    for entry in entries:
        if _is_statement(entry):  # stands as it says itself, or with what the unit changes
            changed = entry["changed"] if other else {}
        else:
            changed = {"value": entry["scaled" if other else "value"]}
        if changed.get("value", entry):
            rows.append((str(entry["table"]), entry["content"] | changed))
    return rows


def list_left_rows(review: ReviewRow, choice: str) -> list[ReviewRow]:
    """Return the questions about single rows that an answer about their column leaves open."""
    if choice == review.payload["unit"]:
        return []
    left = [
        entry
        for entry in review.payload["add"]
        if choice == EACH or not (entry["value"] or _is_statement(entry))
    ]
    return [ReviewRow(**question) for entry in left for question in entry["alone"]]


def _is_statement(entry: Mapping[str, Any]) -> bool:
    return "changed" in entry


def _find_odd_columns(
    read: Extraction,
    changes: Sequence[RowChange],
    asked: Sequence[ReviewRow],
    known: StoreKnowledge,
    source: Content,
) -> list[OddColumn]:
    columns = {fold_heading(one.heading): one for one in reversed(read.columns) if one.key == KEY}
    history = collect_history(known.stored, known.ranks)
    cells: dict[str, list[AmountCell]] = {}
    for cell in list_amount_cells(changes, asked, list(columns.values()), source):
        before = find_before(cell.row, history, known.ranks)
        cell.before = Decimal(before) if before else None
        cells.setdefault(fold_heading(str(cell.row["cell"])), []).append(cell)
    units = {heading: find_unit(cells[heading], columns[heading].unit) for heading in cells}
    return [
        OddColumn(columns[heading], unit, tuple(cells[heading]))
        for heading, unit in units.items()
        if unit
    ]


def find_unit(cells: Sequence[AmountCell], own: str) -> str:
    """Return the unit that most of a column is in where that is not its own, '' otherwise."""
    known = [cell for cell in cells if cell.before]
    counts = Counter(unit for cell in known for unit in UNITS if cell.read_in(unit) is not None)
    best = max((unit for unit in UNITS if unit != own), key=lambda unit: counts[unit])
    enough = counts[best] >= _FEWEST and 2 * counts[best] >= len(known)
    return best if enough and counts[best] > counts[own] else ""


def make_question(
    read: Extraction, column: OddColumn, known: StoreKnowledge, source: Content
) -> ReviewRow:
    """Return the question about a column, without its rows."""
    use, unit, document = column.use, column.unit, read.document
    fitting = [cell for cell in column.cells if cell.read_in(unit) is not None]
    shift = UNITS[unit] / UNITS.get(column.own, Decimal(1))
    detail = t(
        f"store.column_unit.{'of' if column.own else 'of_no_unit'}",
        heading=" ".join(use.heading.split()),
        table=use.table,
        document=document.title or document.name,
        count=len(fitting),
        factor=format_number(float(max(shift, 1 / shift))),
        unit=unit,
    )
    samples = [
        {
            "name": known.names.get(str(cell.row["item"]), str(cell.row["item"])),
            "raw": str(cell.row["raw"]),
            "number": str((cell.read_in(unit) or 0) / UNITS[unit]),
            "before": format_cell(float(cell.before or 0)),
        }
        for cell in fitting[:_SAMPLES]
    ]
    return ReviewRow(
        reason=COLUMN_UNIT,
        raw=use.heading,
        doc=str(source["doc"]),
        period=str(source["period"]),
        detail=detail,
        place=vars(use.place),
        payload={
            "samples": samples,
            "unit": unit,
            "own": column.own,
            "heading": fold_heading(use.heading),
            "issuer": document.issuer,
        },
    )


def _fill(
    question: ReviewRow, column: OddColumn, choice: str, known: StoreKnowledge
) -> dict[str, Any]:
    """Return what a question about a column carries, with the rows that its answer decides."""
    rows = [
        {
            "table": "observations",
            "content": strip_origin(cell.row),
            "value": cell.read_as_written(column.own, column.unit),
            "scaled": cell.scale(column.own, column.unit),
            "alone": [asdict(one) for one in _ask_alone(cell, known)],
        }
        for cell in column.cells
        if column.is_held(cell, choice)
    ]
    return question.payload | {"add": rows}


def _ask_alone(cell: AmountCell, known: StoreKnowledge) -> list[ReviewRow]:
    """Return the question about one row of a column by itself, none where nothing is unusual."""
    if cell.question is not None:
        return [cell.question]
    changes = [] if cell.change is None else [cell.change]
    return hold_unusual(changes, known.stored, known.ranks, known.names)[1]
