"""A row of a report's table as the store knows it, where the report's own file was not imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE, t
from store.column_values import list_rows
from store.facts.labels import translate_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.facts.facts import Facts
    from store.facts.statements import Row

_NEXT_LINE: Final = 1
"""Parts of one row stand on the same lines or on the next one."""


@dataclass(frozen=True)
class KnownCell:
    """What was read of one cell: its heading, its words, and whether the place asked for is it."""

    heading: str
    text: str
    marked: bool


def list_known_row(
    facts: Facts,
    doc: str,
    line_from: int,
    line_to: int,
    raw: str,
    *,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[KnownCell, ...]:
    """Return the cells of the row round some lines, in the order of the lines; () for none known.

    All that was read of the row's item there is in it, the places it names and its name too.
    ``raw`` are the words of the figure asked for.
    """
    seen = facts.observations
    rows = list_rows(seen[(seen["doc"] == doc) & (seen["cell"] != "")])
    here = [row for row in rows if _touches(row, line_from, line_to)]
    cells: dict[tuple[str, str], None] = {}
    for item in dict.fromkeys(row["item"] for row in here):
        name = facts.item_rows[item]["name_raw"] or facts.item_names[item]
        cells[t("layers.known_row.name", language), name] = None
        own = _grow_row([row for row in rows if row["item"] == item], line_from, line_to)
        lines = (min(row["line_from"] for row in own), max(row["line_to"] for row in own))
        places = "; ".join(_list_places(facts, doc, item, lines))
        cells[t("layers.known_row.places", language), places] = None
        for row in sorted(own, key=lambda row: (row["cell"], row["line_from"])):
            cells[row["cell"], row["raw"]] = None
    texts = {text for _, text in cells}
    for heading, text in _list_counts(facts, doc, line_from, line_to, language):
        if text not in texts:
            cells[heading, text] = None
    return tuple(
        KnownCell(heading, text, bool(raw) and (raw in text or text in raw))
        for heading, text in cells
        if text
    )


def _touches(row: Row, line_from: int, line_to: int) -> bool:
    return bool(row["line_from"] <= line_to and row["line_to"] >= line_from)


def _grow_row(rows: list[Row], first: int, last: int) -> list[Row]:
    """Return the rows on these lines and on those that adjoin them, one after the other."""
    while True:
        own = [row for row in rows if _touches(row, first - _NEXT_LINE, last + _NEXT_LINE)]
        low, high = (min(row["line_from"] for row in own), max(row["line_to"] for row in own))
        if first <= low and high <= last:
            return own
        first, last = min(first, low), max(last, high)


def _list_places(facts: Facts, doc: str, item: str, lines: tuple[int, int]) -> list[str]:
    places = facts.places[(facts.places["doc"] == doc) & (facts.places["item"] == item)]
    inside = places["line"].between(*lines)
    return list(dict.fromkeys(str(raw) for raw in places.loc[inside, "raw"]))


def _list_counts(
    facts: Facts, doc: str, line_from: int, line_to: int, language: str
) -> Iterable[tuple[str, str]]:
    """Yield the counts and clearance statements that stand on the lines."""
    counts = facts.indicators[facts.indicators["doc"] == doc]
    for row in list_rows(counts):
        if _touches(row, line_from, line_to):
            subject = translate_word("subject", row["subject"], language)
            measure = translate_word("measure", row["measure"], language)
            yield (
                t("layers.indicator.label", language, subject=subject, measure=measure),
                row["raw"],
            )
    for row in list_rows(facts.clearance[facts.clearance["doc"] == doc]):
        if _touches(row, line_from, line_to):
            yield t("changes.field.clearance", language), row["raw"]
