"""A document's lines, and which statements and sentences not understood stand in each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reports.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reports.model.document import SourcePlace
    from reports.model.extraction import Extraction
    from reports.model.statement import StatementReading

LineFilter = Literal["all", "sure", "ask", "unread"]

CELL_BREAK: Final = " │ "
"""What stands between the cells of a table's row where it is shown as a line."""


@dataclass(frozen=True)
class SentenceLine:
    """A paragraph or a row of a table: where it stands, its words, what is said in it.

    ``statements`` and ``unread`` are numbers in the reading.
    """

    place: SourcePlace
    text: str
    statements: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True)
class SentenceLayout:
    """A document's lines in order, and what was read of them."""

    lines: tuple[SentenceLine, ...]
    reading: StatementReading
    used: Mapping[int, tuple[str, ...]]
    """Words that other readings use, by the line that they begin in."""
    starts: tuple[int, ...]
    """The lines that something begins in, in order."""

    def find_lines(self, place: SourcePlace) -> tuple[SentenceLine, ...]:
        """Return the lines that a sentence goes over, those with a mere page number left out."""
        first = max(bisect_right(self.starts, place.line_from) - 1, 0)
        last = bisect_right(self.starts, place.line_to)
        return tuple(line for line in self.lines[first:last] if not line.text.strip().isdecimal())

    def list_lines(self, shown: LineFilter = "all") -> list[SentenceLine]:
        """Return the lines of prose and of rows that say something, or those of one status."""
        if shown == "all":
            return list(self.lines)
        if shown == "unread":
            return [line for line in self.lines if line.unread]
        return [
            line
            for line in self.lines
            if any(self.reading.statements[number].status == shown for number in line.statements)
        ]

    def count_by_status(self) -> dict[LineFilter, int]:
        """Return how many statements there are of each status, and sentences not understood."""
        statuses = [statement.status for statement in self.reading.statements]
        return {
            "all": len(statuses),
            "sure": statuses.count("sure"),
            "ask": statuses.count("ask"),
            "unread": len(self.reading.unread),
        }


def lay_out_sentences(extraction: Extraction) -> SentenceLayout:
    """Return the paragraphs of a document, and those rows of its tables that say something."""
    reading = extraction.reading
    statements = _group_by_line(statement.place for statement in reading.statements)
    unread = _group_by_line(sentence.place for sentence in reading.unread)
    lines = []
    for place, text, is_row in _iterate_lines(extraction):
        own = range(place.line_from, place.line_to + 1)
        said = tuple(dict.fromkeys(n for line in own for n in statements.get(line, ())))
        left = tuple(dict.fromkeys(n for line in own for n in unread.get(line, ())))
        if text.strip() and (not is_row or said or left):
            lines.append(SentenceLine(place, text, said, left))
    lines.sort(key=lambda line: line.place.line_from)
    starts = tuple(line.place.line_from for line in lines)
    return SentenceLayout(tuple(lines), reading, _list_used_words(extraction), starts)


def _group_by_line(places: Iterable[SourcePlace]) -> dict[int, list[int]]:
    """Return the numbers of what stands somewhere by each line that it goes over."""
    found: dict[int, list[int]] = {}
    for number, place in enumerate(places):
        for line in range(place.line_from, place.line_to + 1):
            found.setdefault(line, []).append(number)
    return found


def _iterate_lines(extraction: Extraction) -> Iterator[tuple[SourcePlace, str, bool]]:
    for block in extraction.document.blocks:
        if isinstance(block, Paragraph):
            mark = f"{block.footnote} " if block.footnote else ""
            yield block.place, mark + block.text, False
            continue
        for row in block.rows:
            cells = (" ".join(cell.text.split()) for cell in row.cells)
            yield row.place, CELL_BREAK.join(cell for cell in cells if cell), True


def _list_used_words(extraction: Extraction) -> dict[int, tuple[str, ...]]:
    """Return the words that counts, parks and clearance problems were read from, by their line."""
    found: dict[int, list[str]] = {}
    for indicator in extraction.indicators:
        found.setdefault(indicator.place.line_from, []).append(indicator.raw)
    for problem in extraction.clearance:
        found.setdefault(problem.place.line_from, []).append(problem.statement)
    for park in extraction.parks:
        for value in park.values:
            found.setdefault(value.place.line_from, []).append(value.raw)
    return {line: tuple(words) for line, words in found.items()}
