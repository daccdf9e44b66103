"""Tasks: what is still to be done with a thing that a sentence names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reports.model.document import SourcePlace
from reports.model.statement import Statement
from reports.statements.lexing.phrases import load_phrases
from reports.statements.predicates.said_of import ITEMS
from reports.statements.subjects import make_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.statements.lexing.lexed import LexedSentence

_LONGEST: Final = 300
_MARK: Final = re.compile(r"^\W*(?:\(?[\dIVXa-zđ]{1,4}[.)]\s)?\W*")


def read_tasks(lexed: LexedSentence) -> Iterator[Statement]:
    """Yield what each clause that sets a task wants done with the things that it names."""
    starts = [0, *lexed.breaks]
    for begin, stop in zip(starts, [*lexed.breaks, len(lexed.text)], strict=True):
        lead = _MARK.match(lexed.text[begin:stop])
        first = begin + (lead.end() if lead else 0)
        verb = next(load_phrases("moods", "tasks").find(lexed.text, first, stop), None)
        if verb is None or verb.start != first:
            continue
        words = lexed.text[first:stop].strip(" ;.,")[:_LONGEST]
        for name in lexed.names:
            subject = make_subject(name)
            if begin <= name.start < stop and not name.beside and subject.kind in ITEMS:
                line = lexed.sentence.find_line(first)
                yield Statement(
                    subject=subject.name,
                    subject_kind=subject.kind,
                    field="planned_work",
                    value=words,
                    sentence=lexed.sentence.text,
                    place=SourcePlace(line, line, lexed.sentence.place.page),
                    start=first,
                    end=first + len(words),
                    item=subject.item,
                    stated=words,
                    mood="planned",
                    communes=subject.communes,
                    detail=subject.phase,
                )
