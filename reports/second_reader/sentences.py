"""The sentences that a second reader is asked about: those not understood, and those asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.text import normalise_spelling
from reports.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.model.document import Document, SourcePlace
    from reports.model.extraction import Extraction
    from reports.model.statement import Statement
    from reports.second_reader.settings import ReaderSettings


@dataclass(frozen=True)
class OpenSentence:
    """A sentence that is open, in its paragraph, with what was made of it so far."""

    sentence: str
    paragraph: str
    place: SourcePlace
    left_over: tuple[str, ...] = ()
    candidates: tuple[Statement, ...] = ()


def list_open_sentences(extraction: Extraction, settings: ReaderSettings) -> list[OpenSentence]:
    """Return the sentences of which something is left over or asked about, each once, in order.

    One that is longer than may be sent is left out: cut, it would say something else.
    """
    left: dict[tuple[int, str], tuple[str, ...]] = {}
    asked: dict[tuple[int, str], list[Statement]] = {}
    places: dict[tuple[int, str], SourcePlace] = {}
    for unread in extraction.reading.unread:
        key = (unread.place.line_from, unread.sentence)
        left[key] = (*left.get(key, ()), *unread.left_over)
        places.setdefault(key, unread.place)
    for statement in extraction.reading.statements:
        if statement.status == "ask":
            key = (statement.place.line_from, statement.sentence)
            asked.setdefault(key, []).append(statement)
            places.setdefault(key, statement.place)
    longest = settings.max_paragraph_letters
    return [
        OpenSentence(
            sentence,
            find_paragraph(extraction.document, place, sentence, longest),
            place,
            left.get((line, sentence), ()),
            tuple(asked.get((line, sentence), ())),
        )
        for (line, sentence), place in sorted(places.items(), key=lambda one: one[0])
        if 0 < len(sentence) <= settings.max_sentence_letters
    ]


def find_paragraph(document: Document, place: SourcePlace, sentence: str, longest: int) -> str:
    """Return the words around a sentence: its paragraph, or as much of it as may be sent."""
    text = normalise_spelling(" ".join(block.text for block in _list_paragraphs(document, place)))
    if len(text) <= longest:
        return text or sentence
    at = max(text.find(sentence[:40]), 0)
    begin = max(0, at - (longest - min(len(sentence), longest)) // 2)
    return text[begin : begin + longest]


def _list_paragraphs(document: Document, place: SourcePlace) -> Iterator[Paragraph]:
    for block in document.blocks:
        if isinstance(block, Paragraph) and (
            block.place.line_from <= place.line_to and place.line_from <= block.place.line_to
        ):
            yield block
