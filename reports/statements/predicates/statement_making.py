"""The frame of a statement: its words, their place, its subject; what it says is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model.document import SourcePlace
from reports.model.statement import Statement

if TYPE_CHECKING:
    from reports.narrative.prose import Sentence
    from reports.statements.subjects import Subject


def make_statement(
    sentence: Sentence, subject: Subject | None, field: str, value: float | str, span: range
) -> Statement:
    """Return that a subject's ``field`` is ``value``, as the words of ``span`` say.

    ``span`` are the offsets of the words in the sentence; they stand as they are in ``stated``, and
    the place is the line on which they begin. Without a subject its kind is ``unknown``.
    """
    line = sentence.find_line(span.start)
    return Statement(
        subject=subject.name if subject else "",
        subject_kind=subject.kind if subject else "unknown",
        field=field,
        value=value,
        sentence=sentence.text,
        place=SourcePlace(line, line, sentence.place.page),
        start=span.start,
        end=span.stop,
        item=subject.item if subject else "",
        stated=sentence.text[span.start : span.stop],
        communes=subject.communes if subject else (),
        detail=subject.phase if subject else "",
    )
