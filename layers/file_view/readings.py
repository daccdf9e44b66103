"""What was read of a document, thing by thing in the order of the file, each with its questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.model.document import CellKey, SourcePlace
    from reports.model.extraction import (
        ClearanceStatement,
        ExtractedValue,
        Extraction,
        Indicator,
        PlacedCommune,
        QueueEntry,
    )

ReadingKind = Literal["project", "task", "park", "indicator", "clearance", "question"]


@dataclass
class Reading:
    """One thing that was read, or that only a question was made of."""

    kind: ReadingKind
    title: str
    place: SourcePlace
    values: tuple[ExtractedValue, ...] = ()
    communes: tuple[PlacedCommune, ...] = ()
    count: Indicator | None = None
    problem: ClearanceStatement | None = None
    questions: list[QueueEntry] = field(default_factory=list)

    def iterate_places(self) -> Iterator[SourcePlace]:
        """Yield where its values, communes and questions stand."""
        yield from (value.place for value in self.values)
        yield from (commune.place for commune in self.communes)
        yield from (question.place for question in self.questions)


@dataclass(frozen=True)
class ReadingIndex:
    """All readings in order; ``by_cell`` and ``by_line`` say which one a place belongs to."""

    readings: tuple[Reading, ...]
    by_cell: Mapping[CellKey, int]
    by_line: Mapping[int, int]

    def list_between(self, first: int, last: int) -> Iterator[tuple[int, Reading]]:
        """Yield the readings, with their numbers, that have to do with some lines."""
        for number, reading in enumerate(self.readings):
            if reading.place.line_from <= last and reading.place.line_to >= first:
                yield number, reading


def index_readings(extraction: Extraction) -> ReadingIndex:
    """Return what was read in the order of the file, questions with what they are about."""
    readings = sorted(_iterate_readings(extraction), key=lambda one: one.place.line_from)
    lines: dict[int, int] = {}
    for number, reading in enumerate(readings):
        for line in _range(reading.place):
            lines.setdefault(line, number)
    turned = [
        (number, reading.place)
        for number, reading in enumerate(readings)
        if reading.place.column and not reading.place.row
    ]
    for question in extraction.queue:
        owner = _find_turned(question.place, turned)
        number = lines.get(question.place.line_from, -1) if owner is None else owner
        if number < 0:
            number = len(readings)
            readings.append(Reading("question", question.raw, question.place))
            lines |= {line: number for line in _range(question.place) if line not in lines}
        readings[number].questions.append(question)
    return _number_anew(readings)


def _find_turned(place: SourcePlace, turned: Sequence[tuple[int, SourcePlace]]) -> int | None:
    """Return the number of the item of a turned table, a column of it, that holds a place."""
    for number, own in turned:
        if own.column == place.column and own.line_from <= place.line_from <= own.line_to:
            return number
    return None


def _number_anew(readings: list[Reading]) -> ReadingIndex:
    ordered = sorted(readings, key=lambda one: one.place.line_from)
    by_line: dict[int, int] = {}
    by_cell: dict[CellKey, int] = {}
    for number, reading in enumerate(ordered):
        for line in _range(reading.place):
            by_line.setdefault(line, number)
        for place in reading.iterate_places():
            if place.column and place.row:
                by_cell.setdefault(place.cell_key, number)
    return ReadingIndex(tuple(ordered), by_cell, by_line)


def _iterate_readings(extraction: Extraction) -> Iterator[Reading]:
    covered: set[int] = set()
    for row in extraction.projects:
        covered.update(_range(row.place))
        title = f"{row.no}. {row.name}" if row.no else row.name
        yield Reading("project", title, row.place, row.values, row.communes)
    for task in extraction.tasks:
        title = f"{task.no}. {task.name}" if task.no else task.name
        yield Reading("task", title, task.place, task.values)
    for park in extraction.parks:
        yield Reading("park", park.name, park.place, park.values, park.communes)
    for indicator in extraction.indicators:
        yield Reading("indicator", indicator.raw, indicator.place, count=indicator)
    for statement in extraction.clearance:
        if statement.place.line_from not in covered:
            yield Reading("clearance", statement.statement, statement.place, problem=statement)


def _range(place: SourcePlace) -> range:
    return range(place.line_from, place.line_to + 1)
