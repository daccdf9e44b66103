"""What is left of a proposal once it is held against the text: a question for a person, or nothing.

Only the choice is the second reader's. Value and unit are read anew from the words that it cites,
which must stand in the sentence; its subject must stand in the paragraph; communes are those that
our geocoder finds in words of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from geo.errors import GeocodeInputError
from geo.provinces import find_foreign
from geo.text import normalise_spelling
from reports.grammar.milestone import find_times
from reports.model.head.document_scope import read_document_scope
from reports.model.statement import FIELD_NAMES, SUBJECT_KINDS, Mood, Statement
from reports.second_reader.literal_values import LiteralValue, read_literal
from reports.second_reader.prompt import MOODS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.geocoder import Geocoder
    from reports.model.document import Document
    from reports.second_reader.sentences import OpenSentence

WHY: Final = "second_reader"
_LONGEST: Final = 400
"""Letters of a subject, a value's words, a body or a place."""
_MOST_BODIES: Final = 10
_CITY: Final = re.compile(r"thành phố|tp\b|hải phòng", re.IGNORECASE)


@dataclass(frozen=True)
class TextAround:
    """What the text says beyond the sentence: the document, and who finds communes in words."""

    document: Document
    geocoder: Geocoder


def check_proposals(
    proposals: Sequence[dict[str, Any]], batch: Sequence[OpenSentence], around: TextAround
) -> Iterator[Statement]:
    """Yield the statements that hold against the text, each to be asked about."""
    for proposal in proposals:
        number = proposal.get("sentence")
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(batch):
            continue
        statement = check_proposal(proposal, batch[number - 1], around)
        if statement is not None:
            yield statement


def check_proposal(
    proposal: dict[str, Any], sentence: OpenSentence, around: TextAround
) -> Statement | None:
    """Return a proposal as a question; ``None`` where the text does not say what it claims."""
    field, mood = proposal.get("field"), proposal.get("mood")
    subject = _find_words(proposal.get("subject"), sentence.paragraph)
    stated = _get_text(proposal, "stated")
    start = find_whole(stated, sentence.sentence)
    if field not in FIELD_NAMES or mood not in MOODS or not subject or start < 0:
        return None
    literal = read_literal(
        field, stated, proposal.get("value"), proposal.get("unit") or "", year=_year(around)
    )
    if literal is None:
        return None
    text = (
        stated if field == "located_in" else _find_words(proposal.get("place"), sentence.paragraph)
    )
    return Statement(
        subject=subject,
        subject_kind=_choose_kind(proposal.get("subject_kind"), subject),
        field=field,
        value=literal.value,
        sentence=sentence.sentence,
        place=sentence.place,
        start=start,
        end=start + len(stated),
        stated=stated,
        unit=literal.unit,
        total=literal.total,
        qualifier=literal.qualifier,
        mood=cast("Mood", mood),
        when=_find_when(proposal.get("when"), sentence.sentence),
        communes=find_communes(" ".join(filter(None, (subject, text))), sentence, around),
        bodies=_list_bodies(proposal.get("bodies"), sentence.paragraph),
        inferred=literal.inferred,
        status="ask",
        why=WHY,
        candidates=_show_values(literal),
    )


def find_whole(words: str, text: str) -> int:
    """Return where words stand in a text as words of their own, -1 where they do not.

    ``26`` does not stand in ``1.226,04``.
    """
    if not words:
        return -1
    pattern = rf"(?<!\w)(?<!\d[.,/]){re.escape(words)}(?!\w)(?![.,/]\d)"
    match = re.search(pattern, text)
    return match.start() if match else -1


def find_communes(words: str, sentence: OpenSentence, around: TextAround) -> tuple[str, ...]:
    """Return the communes that our geocoder is sure of; none in a text about elsewhere."""
    scope = read_document_scope(around.document)
    if scope.is_elsewhere or find_foreign(sentence.paragraph):
        return ()
    dated = around.document.as_of or around.document.issued
    try:
        result = around.geocoder.geocode(words, as_of=date.fromisoformat(dated) if dated else None)
    except (GeocodeInputError, ValueError):
        return ()
    if result.status != "matched":
        return ()
    return tuple(dict.fromkeys(match.code for match in result.matches))


def _get_text(proposal: dict[str, Any], name: str) -> str:
    """Return a text of a proposal in the spelling of sentences, '' where it is none."""
    value = proposal.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ""
    return normalise_spelling(value)


def _find_words(value: Any, paragraph: str) -> str:
    """Return words if they stand in the paragraph, '' otherwise."""
    words = _get_text({"words": value}, "words")
    return words if find_whole(words.casefold(), paragraph.casefold()) >= 0 else ""


def _choose_kind(kind: Any, subject: str) -> Any:
    """Return what a subject is; the city only where the words are about it."""
    if kind not in SUBJECT_KINDS or (kind == "city" and not _CITY.search(subject)):
        return "unknown"
    return kind


def _find_when(when: Any, sentence: str) -> str:
    """Return a time if the sentence names it, '' otherwise."""
    times = {time for time, _ in find_times(sentence)}
    return when if isinstance(when, str) and when in times else ""


def _list_bodies(bodies: Any, paragraph: str) -> tuple[str, ...]:
    found = (_find_words(one, paragraph) for one in (bodies if isinstance(bodies, list) else ()))
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST_BODIES]


def _year(around: TextAround) -> str:
    dated = around.document.dated or around.document.as_of or around.document.issued
    return dated[:4]


def _show_values(literal: LiteralValue) -> tuple[str, ...]:
    """Return what the value may be, the proposed one first."""
    if isinstance(literal.value, str):
        return (literal.value,)
    return tuple(f"{one:.15g} {literal.unit}".strip() for one in (literal.value, *literal.others))
