"""A sentence with everything that was found in it: times, quantities, names, bodies, places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reports.statements.lexing.body_names import BodyMention, find_bodies
from reports.statements.lexing.names import NameMention, find_names
from reports.statements.lexing.phrases import CAPITALS
from reports.statements.lexing.places import PlaceMention, find_places
from reports.statements.lexing.quantities import Quantity, find_quantities
from reports.statements.lexing.times import TimeToken, find_times

if TYPE_CHECKING:
    from datetime import date

    from geo.geocoder import Geocoder
    from reports.grammar.numbers import Style
    from reports.narrative.prose import Sentence

_BREAK: Final = re.compile(
    rf";\s|…\s(?=[{CAPITALS}])|(?<!\b[PXHTQ])(?<!\b(?:TP|TT|ĐK|TX|Tp))(?<=\w)\.\s(?=[{CAPITALS}])"
    rf"|\s[–—]\s(?=[^\W\d_])(?![{CAPITALS}])"
)
LONGEST: Final = 4000
"""Characters of a sentence that are looked at."""


@dataclass(frozen=True)
class LexedSentence:
    """A sentence and what stands in it, each kind in order; ``breaks`` part its clauses."""

    sentence: Sentence
    text: str
    times: tuple[TimeToken, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[NameMention, ...]
    bodies: tuple[BodyMention, ...]
    places: tuple[PlaceMention, ...]
    breaks: tuple[int, ...]
    as_of: date | None = None
    """The day that the document speaks at, by which a time is past or to come."""

    def find_clause(self, offset: int) -> tuple[int, int]:
        """Return where the clause that an offset stands in begins and ends."""
        begin = max((at for at in self.breaks if at <= offset), default=0)
        end = min((at for at in self.breaks if at > offset), default=len(self.text))
        return begin, end


@dataclass(frozen=True)
class DocumentContext:
    """What a document tells of all its sentences.

    ``as_of`` is its day, ``year`` the one for days without a year, ``style`` the separator that
    groups thousands in it ('' where that is not clear), ``elsewhere`` whether it speaks of another
    province, so that no name in it is one of the city's places.
    """

    geocoder: Geocoder
    as_of: date | None = None
    year: str = ""
    style: Style = ""
    elsewhere: bool = False


def lex_sentence(sentence: Sentence, context: DocumentContext, district: str) -> LexedSentence:
    """Return a sentence with its tokens; ``district`` is the one that it stands under."""
    text = sentence.text[:LONGEST]
    times = find_times(text, context.year)
    bodies = find_bodies(text)
    spans = [(body.start, body.end) for body in bodies if body.named]
    offices = [(b.start, b.end if b.place < 0 else b.place) for b in bodies if b.named]
    names = tuple(
        name
        for name in find_names(text)
        if not any(start < name.end and name.start < end for start, end in spans)
    )
    masked = [*offices, *((n.start, n.end) for n in names if not _holds_place(text, n))]
    places = find_places(text, context.geocoder, context.as_of, masked, district)
    if context.elsewhere:
        places = tuple(replace(place, codes=(), doubtful=(), left_out=()) for place in places)
    return LexedSentence(
        sentence, text, times, find_quantities(text, times, context.style), names, bodies, places,
        tuple(match.end() for match in _BREAK.finditer(text)),
        context.as_of,
    )  # fmt: skip


def _holds_place(text: str, name: NameMention) -> bool:
    """Return True if a name itself says its ward or commune ("NƠXH phường Tràng Cát")."""
    return bool(re.search(r"(?:phường|xã|đặc khu|thị trấn)\s[A-ZĐ]", text[name.start : name.end]))
