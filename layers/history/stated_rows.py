"""What documents state beside the facts, period beside period, as rows of the matrix."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layers.details.stated_lines import describe_narrowing
from layers.history.period_matrix import CellValue, MatrixRow, PeriodColumn, make_empty_cells
from layers.labels.reading_labels import format_reading, translate_term
from store.facts_cache import cache_on_reports
from store.imports.item_statements import list_all_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.facts import Facts
    from store.imports.item_statements import ShownStatement


@cache_on_reports(most=1)
def group_statements(facts: Facts) -> dict[str, list[ShownStatement]]:
    """Return the statements of every period by item, and those that name none by commune."""
    groups: dict[str, list[ShownStatement]] = defaultdict(list)
    for shown in list_all_statements(facts):
        for key in (shown.item,) if shown.item else shown.statement.communes:
            groups[key].append(shown)
    return dict(groups)


def build_stated_rows(
    facts: Facts,
    keys: Iterable[str],
    columns: tuple[PeriodColumn, ...],
    language: str,
    *,
    named: bool = False,
) -> tuple[MatrixRow, ...]:
    """Return a row for everything that is stated of items or communes, in the order of its field.

    ``keys`` are items' or communes' codes; ``named``: each row names its commune.
    """
    groups = group_statements(facts)
    rows = []
    for key in keys:
        by_row: dict[tuple[str, ...], list[ShownStatement]] = defaultdict(list)
        for shown in groups.get(key, ()):
            said = shown.statement
            by_row[said.field, shown.about, said.detail, said.part_of, said.mood].append(shown)
        name = facts.commune_names.get(key, "")
        rows += [
            _build_row(facts, by_row[row], columns, language, name=name, named=named)
            for row in sorted(by_row)
        ]
    return tuple(rows)


def _build_row(
    facts: Facts,
    members: Sequence[ShownStatement],
    columns: tuple[PeriodColumn, ...],
    language: str,
    *,
    name: str,
    named: bool,
) -> MatrixRow:
    cells = make_empty_cells(columns)
    first = members[0]
    before: tuple[int, str] | None = None
    for shown in members:
        rank = facts.period_ranks[shown.period]
        text = format_reading(shown.statement, language)
        if any(text == value.text for value in cells[rank]):
            continue
        differs = before is not None and before[0] < rank and before[1] != text
        cells[rank].append(
            CellValue(
                text=text,
                sources=(shown.source,),
                change="changed" if differs else "",
                before=before[1] if before and differs else "",
            )
        )
        before = rank, text
    narrowed = describe_narrowing(first, language, called=name, timed=False)
    notes = (
        name if named else "",
        narrowed,
        translate_term("mood", first.statement.mood, language),
    )
    return MatrixRow(
        key=f"stated.{first.statement.field}",
        label=translate_term("field", first.statement.field, language),
        note=" · ".join(note for note in notes if note),
        cells=tuple(tuple(cell) for cell in cells),
    )
