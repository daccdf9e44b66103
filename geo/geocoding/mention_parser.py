"""A whole text to its mentions: lists, clauses, what is said beside each name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.geocoding.candidates import LEVELS
from geo.geocoding.lexing.chunks import Kind, Piece, pieces_of
from geo.geocoding.lexing.lexicon import PROVINCE, ZONE_PREFIXES, Word
from geo.geocoding.lexing.tokenizer import Mark, Token, tokenize
from geo.geocoding.mentions import Link, Mention
from geo.geocoding.place_index import Level
from geo.geocoding.segment_parser import Found, Reader

if TYPE_CHECKING:
    from geo.geocoding.name_index import Names

_ENDS_SEGMENT: Final = frozenset({Word.AND, Word.INSIDE, Word.NOW, Word.OLD})
_LINKS: Final = {
    Mark.COMMA: Link.COMMA,
    Mark.LINE: Link.COMMA,
    Mark.OPEN: Link.OPEN,
    Mark.CLOSE: Link.BESIDE,
    Mark.DASH: Link.DASH,
    Mark.POINT: Link.BESIDE,
}
_PROSE: Final = 3  # plain words in a clause from which a bare name needs a reason


@dataclass(slots=True)
class Scan:
    """What stands in a text."""

    mentions: list[Mention] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # what looks like a place
    elsewhere: list[str] = field(default_factory=list)  # other provinces, the city itself


def scan(text: str, names: Names) -> Scan:
    """Return the mentions of a text (as ``plain_text`` returns it) in order."""
    tokens = tokenize(text)
    return _Scanner(text, tokens, Reader.of(tokens, names)).run(pieces_of(tokens, names))


@dataclass(slots=True)
class _Scanner:
    """Walks over the pieces of one text and remembers what governs the next name."""

    text: str
    tokens: list[Token]
    reader: Reader
    result: Scan = field(default_factory=Scan)
    clause: int = 0
    segment: list[Piece] = field(default_factory=list)
    governing: str = ""
    link: Link = Link.FIRST
    stated: bool = False
    words_since: bool = False  # other words stand behind the last place
    prose: list[int] = field(default_factory=lambda: [0])  # plain words of each clause

    def run(self, pieces: list[Piece]) -> Scan:
        """Return what the pieces say."""
        for at, piece in enumerate(pieces):
            following = pieces[at + 1] if at + 1 < len(pieces) else None
            self._take(piece, following)
        self._flush()
        self._settle()
        return self.result

    def _settle(self) -> None:
        """Drop what only looked like a place, now that the whole text is known."""
        result, prose = self.result, sum(self.prose)
        for mention in result.mentions:
            if not mention.type:
                apart = mention.link in {Link.DASH, Link.OPEN, Link.FAR}
                mention.loose |= apart and self.prose[mention.clause] >= _PROSE
                mention.loose |= prose > 0 and not self.reader.look.cased and not mention.is_zone
        solid = [m for m in result.mentions if not m.guess]
        clauses = {m.clause for m in solid if not m.loose}
        if prose:
            listed = {Link.COMMA, Link.AND}
            result.mentions = [
                m
                for m in result.mentions
                if not m.guess or (m.clause in clauses and m.link in listed)
            ]
            result.elsewhere = []
        result.unknown = [
            self._surface(item.start, item.end)
            for item in self.reader.unknown
            if item.typed or (not prose and (solid or item.end - item.start > 1))
        ]

    def _take(self, piece: Piece, following: Piece | None) -> None:
        if piece.kind is Kind.MARK:
            self._separate(piece.mark)
        elif piece.kind is Kind.TYPE:
            self._flush()
            self.segment = [piece]
        elif piece.kind is Kind.WORD and self._ends_segment(piece, following):
            self._connect(piece.word)
        elif piece.kind in {Kind.HERE, Kind.ELSEWHERE}:
            self._flush()
            self._province(piece)
        else:
            if piece.kind is Kind.NAME and piece.type:
                self._flush()
            self.segment.append(piece)

    def _ends_segment(self, piece: Piece, following: Piece | None) -> bool:
        if piece.word not in _ENDS_SEGMENT:
            return False
        if self.segment and self.tokens[piece.start].capital and self.reader.look.cased:
            return False  # part of a name that a scan damaged
        if piece.word is Word.NOW:
            word = self.tokens[following.start].plain if following else ""
            named = following is not None and following.kind in {Kind.NAME, Kind.TYPE}
            return named or word in {"la", "thuoc"}
        return True

    def _separate(self, mark: Mark) -> None:
        if mark is Mark.POINT and self.segment:
            return
        self._flush()
        if mark is Mark.BREAK:
            self.clause += 1
            self.prose.append(0)
            self.link, self.governing, self.stated = Link.FIRST, "", False
            return
        if mark is Mark.OPEN:
            self.governing = ""
        elif mark is Mark.CLOSE:
            self.stated = False
        if self.link is not Link.FIRST and mark in _LINKS and self.link is not Link.AND:
            self.link = _LINKS[mark]

    def _connect(self, word: Word) -> None:
        self._flush()
        if word is Word.OLD:
            if self.result.mentions:
                self.result.mentions[-1].old = True
            return
        if word is Word.NOW:
            self.stated, self.governing = True, ""
        elif word is Word.AND:
            self.link = Link.AND
        else:
            self.governing = ""
            if self.link not in {Link.FIRST, Link.AND}:
                self.link = Link.INSIDE

    def _province(self, piece: Piece) -> None:
        """Note that what stands before lies in a province."""
        mentions = self.result.mentions
        attached = self.link in {Link.COMMA, Link.OPEN, Link.DASH, Link.BESIDE, Link.INSIDE}
        if piece.kind is Kind.HERE and piece.key == PROVINCE:
            for mention in mentions:
                if mention.clause == self.clause and not mention.province:
                    mention.province = PROVINCE
        elif piece.kind is Kind.ELSEWHERE and attached and not (self.stated or self.words_since):
            for mention in mentions:
                mention.elsewhere |= mention.clause == self.clause
        if piece.kind is Kind.ELSEWHERE or not mentions:
            self.result.elsewhere.append(self._surface(piece.start, piece.end))
        self.governing = ""
        if self.link is not Link.FIRST:
            self.link = Link.FAR

    def _flush(self) -> None:
        segment, self.segment = self.segment, []
        if not segment:
            return
        unknown_before = len(self.reader.unknown)
        found = self.reader.read(segment, self.governing)
        for item in found:
            self._mention(item)
        plain = sum(piece.kind is Kind.WORD for piece in segment)
        if not found:
            self.governing, self.words_since = "", True
            if self.link is not Link.FIRST:
                self.link = Link.FAR
        nothing = not found and len(self.reader.unknown) == unknown_before
        if nothing or any(item.loose for item in found):
            self.prose[self.clause] += plain

    def _mention(self, item: Found) -> None:
        hit = item.hit
        kind, inherited = hit.type, False
        levels = {near.spelling.unit.level for near in hit.nears if not near.gap.letters}
        if not kind and self.governing and not item.loose and levels & LEVELS[self.governing]:
            kind, inherited = self.governing, True
        mention = Mention(
            text=self._surface(item.start, item.end),
            clause=self.clause,
            link=self.link,
            type=kind,
            inherited=inherited,
            nears=hit.nears,
            bare=hit.bare,
            real_words=self.reader.look.real_words(item.start, item.end),
            loose=item.loose or hit.weak,
            guess=item.guess,
            stated=self.stated,
        )
        self.result.mentions.append(mention)
        self.words_since = False
        if hit.type:
            self.governing = hit.type
        elif levels == {Level.ZONE}:
            self.governing = _zone_type(
                "".join(t.plain for t in self.tokens[item.start : item.end])
            )
        self.link = Link.BESIDE

    def _surface(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


def _zone_type(plain: str) -> str:
    """Return the type that the name of a zone begins with."""
    starts = (kind for kind, words in ZONE_PREFIXES.items() if plain.startswith(words))
    return next(starts, "")
