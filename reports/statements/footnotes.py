"""Footnotes that list things: what the sentence that cites them says holds for each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.said_of import ITEMS
from reports.statements.subjects import make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.narrative.prose import Sentence
    from reports.statements.lexing.lexed import LexedSentence
    from reports.statements.subjects import Subject

_LIST: Final = re.compile(r"\(\d{1,2}\)\s|;\s")
_MEANT: Final = frozenset({"planned", "proposed", "required", "forecast"})
_LONGEST: Final = 300


@dataclass(frozen=True)
class Citation:
    """The words of a sentence that a footnote's mark stands behind."""

    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        """Return them as they stand."""
        return self.sentence.text[self.start : self.end]


def list_citations(sentences: Sequence[Sentence]) -> dict[str, Citation]:
    """Return for each footnote's mark the words that cite it first."""
    citations: dict[str, Citation] = {}
    for sentence in sentences:
        begin = 0
        for mark, position in sentence.cites:
            part = sentence.text[begin:position]
            start = begin + len(part) - len(part.lstrip(" ,;."))
            citations.setdefault(mark, Citation(sentence, start, position))
            begin = position
    return citations


def read_footnote(lexed: LexedSentence, citation: Citation | None) -> Iterator[Statement]:
    """Yield what the citing words say of each thing that a footnote lists."""
    names = [name for name in lexed.names if not name.beside]
    listed = len(names) > 1 or _LIST.search(lexed.text)
    if citation is None or not names or not listed:
        return
    status = next(load_phrases("conditions", "status").find(citation.words), None)
    moods = {match.key for match in load_phrases("moods", "moods").find(citation.words)}
    task = next(load_phrases("moods", "tasks").find(citation.words), None)
    for subject in map(make_subject, names):
        if subject.kind not in ITEMS:
            continue
        if status is not None:
            start = citation.start + status.start
            end = citation.start + status.end
            yield _make(subject, citation, "status", status.key, (start, end))
        elif moods & _MEANT or task is not None:
            span = (citation.start, min(citation.end, citation.start + _LONGEST))
            words = citation.sentence.text[span[0] : span[1]].strip()
            yield _make(subject, citation, "planned_work", words, span)


def _make(
    subject: Subject, citation: Citation, field: str, value: str, span: tuple[int, int]
) -> Statement:
    line = citation.sentence.find_line(span[0])
    text = citation.sentence.text
    return Statement(
        subject=subject.name,
        subject_kind=subject.kind,
        field=field,
        value=value,
        sentence=text,
        place=SourcePlace(line, line, citation.sentence.place.page),
        start=span[0],
        end=span[1],
        item=subject.item,
        stated=text[span[0] : span[1]],
        mood="planned" if field == "planned_work" else "done",
        communes=subject.communes,
        detail=subject.phase,
    )
