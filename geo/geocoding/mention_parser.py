"""A whole text to its mentions: lists, clauses, what is said beside each name."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.geocoding.candidates import LEVELS
from geo.geocoding.lexing.chunks import Chunk, ChunkKind, split_chunks
from geo.geocoding.lexing.lexicon import DISTRICT_TYPES, PROVINCE, ZONE_PREFIXES, WordClass
from geo.geocoding.lexing.tokenizer import Token, TokenKind, tokenize
from geo.geocoding.mentions import Mention, MentionLink
from geo.geocoding.other_names import find_other_names
from geo.geocoding.place_index import PlaceLevel
from geo.geocoding.segment_parser import FoundName, SegmentParser

if TYPE_CHECKING:
    from geo.geocoding.name_index import NameIndex

_ENDS_SEGMENT: Final = frozenset(
    {WordClass.AND, WordClass.INSIDE, WordClass.NOW, WordClass.OLD, WordClass.BEFORE}
)
_LINKS: Final = {
    TokenKind.COMMA: MentionLink.COMMA,
    TokenKind.LINE: MentionLink.COMMA,
    TokenKind.OPEN: MentionLink.OPEN,
    TokenKind.CLOSE: MentionLink.BESIDE,
    TokenKind.DASH: MentionLink.DASH,
    TokenKind.POINT: MentionLink.BESIDE,
}
_PROSE: Final = 3  # plain words in a clause from which a bare name needs a reason


@dataclass(slots=True)
class ParsedMentions:
    """What stands in a text."""

    mentions: list[Mention] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # what looks like a place
    elsewhere: list[str] = field(default_factory=list)  # other provinces, the city itself
    unknown_district: bool = False  # a district is named that nobody knows


def parse_mentions(text: str, names: NameIndex) -> ParsedMentions:
    """Return the mentions of a text (as ``plain_text`` returns it) in order."""
    tokens = tokenize(text)
    return _MentionParser(text, tokens, SegmentParser.of(tokens, names)).run(
        split_chunks(tokens, names, find_other_names(text))
    )


@dataclass(slots=True)
class _MentionParser:
    """Walks over the pieces of one text and remembers what governs the next name."""

    text: str
    tokens: list[Token]
    reader: SegmentParser
    result: ParsedMentions = field(default_factory=ParsedMentions)
    clause: int = 0
    segment: list[Chunk] = field(default_factory=list)
    governing: str = ""
    link: MentionLink = MentionLink.FIRST
    stated: bool = False
    comment: bool = False  # what follows tells what the place before was
    words_since: bool = False  # other words stand behind the last place
    prose: list[int] = field(default_factory=lambda: [0])  # plain words of each clause

    def run(self, pieces: list[Chunk]) -> ParsedMentions:
        """Return what the pieces say."""
        for position, piece in enumerate(pieces):
            following = pieces[position + 1] if position + 1 < len(pieces) else None
            self._take_chunk(piece, following)
        self._flush_segment()
        self._drop_false_places()
        return self.result

    def _drop_false_places(self) -> None:
        """Drop what only looked like a place, now that the whole text is known."""
        result, prose = self.result, sum(self.prose)
        for mention in result.mentions:
            if not mention.type:
                apart = mention.link in {MentionLink.DASH, MentionLink.OPEN, MentionLink.FAR}
                mention.loose |= apart and self.prose[mention.clause] >= _PROSE
                mention.loose |= prose > 0 and not self.reader.look.cased and not mention.is_zone
        self._doubt_pairs()
        solid = [m for m in result.mentions if not m.guess]
        clauses = {m.clause for m in solid if not m.loose}
        if prose:
            listed = {MentionLink.COMMA, MentionLink.AND}
            result.mentions = [
                m
                for m in result.mentions
                if not m.guess or (m.clause in clauses and m.link in listed)
            ]
            result.elsewhere = []
        result.unknown_district = any(item.kind in DISTRICT_TYPES for item in self.reader.unknown)
        result.unknown = [
            self._get_surface(item.start, item.end)
            for item in self.reader.unknown
            if item.typed or (not prose and (solid or item.end - item.start > 1))
        ]

    def _doubt_pairs(self) -> None:
        """Doubt bare names with a dash between them: a park, a road or a line is called so."""
        for first, second in pairwise(self.result.mentions):
            paired = second.link is MentionLink.DASH and first.clause == second.clause
            if paired and not (first.type or second.type or first.is_zone or second.is_zone):
                first.loose = second.loose = True

    def _take_chunk(self, piece: Chunk, following: Chunk | None) -> None:
        if piece.kind is ChunkKind.MARK:
            self._read_separator(piece.mark)
        elif piece.kind is ChunkKind.TYPE:
            self._flush_segment()
            self.segment = [piece]
        elif piece.kind is ChunkKind.WORD and self._ends_segment(piece, following):
            self._read_connective(piece.word)
        elif piece.kind in {ChunkKind.HERE, ChunkKind.ELSEWHERE}:
            self._flush_segment()
            self._note_province(piece)
        elif piece.kind is ChunkKind.OTHER:
            self._flush_segment()
            self._pass_words(piece.end - piece.start)
        else:
            if piece.kind is ChunkKind.NAME and piece.type:
                self._flush_segment()
            self.segment.append(piece)

    def _ends_segment(self, piece: Chunk, following: Chunk | None) -> bool:
        if piece.word not in _ENDS_SEGMENT:
            return False
        if self.segment and self.tokens[piece.start].capital and self.reader.look.cased:
            return False  # part of a name that a scan damaged
        if piece.word is WordClass.NOW:
            word = self.tokens[following.start].plain if following else ""
            named = following is not None and following.kind in {ChunkKind.NAME, ChunkKind.TYPE}
            return named or word in {"la", "thuoc"}
        return True

    def _read_separator(self, mark: TokenKind) -> None:
        if mark is TokenKind.POINT and self.segment:
            return
        self._flush_segment()
        if mark is TokenKind.BREAK:
            self.clause += 1
            self.prose.append(0)
            self.link, self.governing, self.stated = MentionLink.FIRST, "", False
            self.comment = False
            return
        if mark is TokenKind.OPEN:
            self.governing = ""
        elif mark is TokenKind.CLOSE:
            self.stated = self.comment = False
        if (
            self.link is not MentionLink.FIRST
            and mark in _LINKS
            and self.link is not MentionLink.AND
        ):
            self.link = _LINKS[mark]

    def _read_connective(self, word: WordClass) -> None:
        self._flush_segment()
        if word is WordClass.OLD:
            if self.result.mentions:
                self.result.mentions[-1].old = True
            return
        if word is WordClass.BEFORE:
            self.comment, self.governing = True, ""
        elif word is WordClass.NOW:
            self.stated, self.comment, self.governing = True, False, ""
        elif word is WordClass.AND:
            self.link = MentionLink.AND
        else:
            self.governing = ""
            if self.link not in {MentionLink.FIRST, MentionLink.AND}:
                self.link = MentionLink.INSIDE

    def _note_province(self, piece: Chunk) -> None:
        """Note that what stands before lies in a province."""
        mentions = self.result.mentions
        attached = self.link in {
            MentionLink.COMMA,
            MentionLink.OPEN,
            MentionLink.DASH,
            MentionLink.BESIDE,
            MentionLink.INSIDE,
        }
        if piece.kind is ChunkKind.HERE:
            for mention in mentions:
                if mention.clause == self.clause:
                    mention.anchored = True
                    if piece.key == PROVINCE and not mention.province:
                        mention.province = PROVINCE
        elif attached and not (self.stated or self.words_since):
            self._send_elsewhere()
        if piece.kind is ChunkKind.ELSEWHERE or not mentions:
            self.result.elsewhere.append(self._get_surface(piece.start, piece.end))
        self.governing = ""
        if self.link is not MentionLink.FIRST:
            self.link = MentionLink.FAR

    def _send_elsewhere(self) -> None:
        """Note that the places just named lie in another province, back to one that is ours."""
        commune = False
        for mention in reversed(self.result.mentions):
            done = mention.anchored or (commune and mention.is_district)
            if done or mention.clause != self.clause:
                return
            mention.elsewhere = True
            commune |= not mention.is_district

    def _flush_segment(self) -> None:
        segment, self.segment = self.segment, []
        if not segment:
            return
        unknown_before = len(self.reader.unknown)
        names = self.reader.read(segment, self.governing)
        for item in names:
            self._add_mention(item)
        plain = sum(piece.kind is ChunkKind.WORD for piece in segment)
        if not names:
            self._pass_words(0)
        nothing = not names and len(self.reader.unknown) == unknown_before
        if nothing or any(item.loose for item in names):
            self.prose[self.clause] += plain

    def _pass_words(self, plain: int) -> None:
        """Note that words stand here that name no place."""
        self.governing, self.words_since = "", True
        self.prose[self.clause] += plain
        if self.link is not MentionLink.FIRST:
            self.link = MentionLink.FAR

    def _add_mention(self, item: FoundName) -> None:
        hit = item.hit
        kind, inherited = hit.type, False
        levels = {near.spelling.unit.level for near in hit.nears if not near.gap.letters}
        if not kind and self.governing and not item.loose and levels & LEVELS[self.governing]:
            kind, inherited = self.governing, True
        mention = Mention(
            text=self._get_surface(item.start, item.end),
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
            old=self.comment,
            comment=self.comment,
        )
        self.result.mentions.append(mention)
        self.words_since = False
        if hit.type:
            self.governing = hit.type
        elif levels == {PlaceLevel.ZONE}:
            self.governing = _find_zone_type(
                "".join(t.plain for t in self.tokens[item.start : item.end])
            )
        self.link = MentionLink.BESIDE

    def _get_surface(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]


def _find_zone_type(plain: str) -> str:
    """Return the type that the name of a zone begins with."""
    starts = (kind for kind, words in ZONE_PREFIXES.items() if plain.startswith(words))
    return next(starts, "")
