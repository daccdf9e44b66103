"""One stretch of words between separators: which names stand in it, exactly or nearly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.geocoding.candidates import CandidateFinder, Candidates
from geo.geocoding.edit_distance import SpellingQuery, make_query
from geo.geocoding.lexing.chunks import Chunk, ChunkKind
from geo.geocoding.lexing.lexicon import PROVINCE, ZONE_PREFIXES, ZONE_TYPES, WordClass
from geo.geocoding.lexing.tokenizer import Token, TokenKind
from geo.geocoding.lexing.word_shape import WordShape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoding.name_index import NameIndex

_OTHER_KIND: Final = 1.2  # what it weighs that no place of a known name is of the type
_JOINED_MARKS: Final = 1.0  # marks wrong in words that only joined make a name


@dataclass(slots=True)
class FoundName:
    """A name in a segment: where, of which type, and what it may be."""

    start: int
    end: int
    hit: Candidates
    loose: bool = False
    guess: bool = False  # a damaged name without a type word


class UnknownName(NamedTuple):
    """Tokens that look like a place and are none that is known."""

    start: int
    end: int
    typed: bool
    kind: str = ""  # of its type word


@dataclass(slots=True)
class SegmentParser:
    """Reads the segments of one text."""

    tokens: Sequence[Token]
    search: CandidateFinder
    look: WordShape
    unknown: list[UnknownName] = field(default_factory=list)

    @classmethod
    def of(cls, tokens: Sequence[Token], names: NameIndex) -> SegmentParser:
        """Return the reader of a text."""
        return cls(tokens, CandidateFinder(tokens, names), WordShape.of(tokens))

    def read(self, segment: Sequence[Chunk], governing: str) -> list[FoundName]:
        """Return the names of a segment, which may begin with a type.

        ``governing`` is the type that an earlier name of the same list bears.
        """
        first = segment[0]
        kind = first.type if first.kind is ChunkKind.TYPE else ""
        rest = segment[1:] if kind else segment
        if not rest:
            return []
        if all(piece.kind is ChunkKind.NAME for piece in rest):
            return self._read_names_only(first.start, kind, rest, governing)
        names = (
            self._read_behind_type(first, rest)
            if kind
            else self._find_damaged_name(first.start, rest)
        )
        return names or self._find_among_words(kind, first.start, rest, governing)

    def _read_names_only(
        self, start: int, kind: str, rest: Sequence[Chunk], governing: str
    ) -> list[FoundName]:
        if not kind and self._is_oddly_joined(rest):
            whole = self.search.alone(start, rest[-1].end)
            if whole and not whole.weak:
                return [FoundName(start, rest[-1].end, whole)]
        names = []
        for position, piece in enumerate(rest):
            item = self._known(piece, "" if position else kind, governing)
            typed = item.hit.type
            small = self.look.cased and not self.look.has_capitals(piece) and not item.hit.zone
            if small and not typed and not self._is_short_and_exact(item.hit):
                continue
            if small and typed and not (self.look.short or _is_of_kind(item.hit, typed)):
                continue
            item.loose |= small and not (typed and self.look.short)
            names.append(item)
        if names and kind:
            names[0].start = start
        return names

    def _is_short_and_exact(self, hit: Candidates) -> bool:
        return self.look.short and not _has_other_marks(hit)

    def _known(self, piece: Chunk, kind: str, governing: str = "") -> FoundName:
        """Return a known name; the marks alone may differ."""
        query = self.search.asked(piece.start, piece.end)
        if governing in ZONE_TYPES and not (kind or piece.type):
            keys = (prefix + piece.key for prefix in ZONE_PREFIXES[governing])
            key = next((key for key in keys if key in self.search.names.exact), "")
            if key:
                hit = Candidates(self.search.exact(key, None), bare=query.bare, type=governing)
                return FoundName(piece.start, piece.end, hit)
        if kind in ZONE_TYPES:  # an unknown park of a known name: never the commune of that name
            return FoundName(piece.start, piece.end, Candidates((), query.bare, type=kind))
        if piece.type:
            query = _make_query_behind(query, len(piece.type.replace("_", "")))
        hit = self.search.known(piece.key, query, piece.type or kind)
        return FoundName(piece.start, piece.end, hit, loose=self._is_other_number(piece))

    def _is_other_number(self, piece: Chunk) -> bool:
        """Return True if a number behind a name would be part of it: ``Đông Hải 3`` never was."""
        behind = self.tokens[piece.end] if piece.end < len(self.tokens) else None
        numbered = behind is not None and behind.mark is TokenKind.NUMBER and len(behind.text) == 1
        return numbered and piece.key in self.search.names.numbered

    def _read_behind_type(self, type_word: Chunk, rest: Sequence[Chunk]) -> list[FoundName]:
        """Return the name behind a type word, damaged or followed by other words."""
        start, kind, first = type_word.start, type_word.type, rest[0]
        token = self.tokens[first.start]
        if first.kind is ChunkKind.WORD and not self.look.may_begin_name(rest):
            return []
        end = self.look.find_name_end(rest)
        best = self._find_best_window(type_word, rest, end)
        if first.kind is ChunkKind.NAME:
            left = self.look.weigh_leftover(first.end, end)
            known = self._known(first, kind)
            other = 0.0 if _is_of_kind(known.hit, kind) else _OTHER_KIND
            if best is None or best[0] >= left + other:
                return [FoundName(start, first.end, known.hit, loose=left > 0 or known.loose)]
        if best is not None:
            _, stop, hit = best
            return [FoundName(start, stop, hit, loose=self.look.weigh_leftover(stop, end) > 0)]
        if kind in ZONE_TYPES:
            return [FoundName(start, end, Candidates((), bare=False, type=kind))]
        named = token.capital if self.look.cased else self.look.short and token.low != "hội"
        if kind != "tinh" and named and type_word.exact:
            self.unknown.append(UnknownName(start, end, typed=True, kind=kind))
        return []

    def _find_best_window(
        self, type_word: Chunk, rest: Sequence[Chunk], end: int
    ) -> tuple[float, int, Candidates] | None:
        """Return how far off the nearest name behind a type word is, where it ends, and it."""
        best: tuple[float, int, Candidates] | None = None
        for stop in reversed([piece.end for piece in rest if piece.end <= end]):
            hit = self.search.find_behind_type(type_word.start, rest[0].start, stop, type_word.type)
            if hit and hit.nears:
                cost = hit.cost + self.look.weigh_leftover(stop, end)
                if best is None or cost < best[0]:
                    best = (cost, stop, hit)
            if best and best[0] <= 1.0 and best[1] == end:
                break
        return best

    def _find_damaged_name(self, start: int, rest: Sequence[Chunk]) -> list[FoundName]:
        """Return the one name that the whole segment is, type word and all, if it is one."""
        end = rest[-1].end
        if rest[0].word is WordClass.NOT_PLACE and rest[1:] and rest[1].kind is ChunkKind.NAME:
            return []
        if not self.look.may_be_name(start, end):
            return []
        hit = self.search.alone(start, end)
        if hit is None or (hit.weak and any(piece.kind is ChunkKind.NAME for piece in rest)):
            return []
        if not hit.type and not self.look.is_worth_guessing(start, end):
            return []
        return [FoundName(start, end, hit, guess=not hit.type or hit.weak)]

    def _find_among_words(
        self, kind: str, start: int, rest: Sequence[Chunk], governing: str
    ) -> list[FoundName]:
        """Return the known names that stand among other words; note what looks unknown."""
        names = []
        for position, piece in enumerate(rest):
            if piece.kind is not ChunkKind.NAME:
                continue
            if not piece.type and self._is_part_of_other(rest[:position]):
                continue
            item = self._known(piece, "", governing)
            small = self.look.cased and not self.look.has_capitals(piece) and not item.hit.zone
            differs = _has_other_marks(item.hit) and not self.look.short
            if not piece.type and (differs or small):
                continue
            if piece.key == PROVINCE and not piece.type:
                continue  # the old province or its city, in the name of something
            item.loose |= not piece.type
            names.append(item)
        if not names and not kind and self.look.looks_like_name(rest):
            self.unknown.append(UnknownName(start, rest[-1].end, typed=False))
        return names

    def _is_part_of_other(self, before: Sequence[Chunk]) -> bool:
        """Return True if the words before a name make it a street's, a river's, a person's name."""
        for piece in reversed(before):
            if piece.word is WordClass.NOT_PLACE:
                return True
            if not self.tokens[piece.start].capital:
                break
        return False

    def _is_oddly_joined(self, rest: Sequence[Chunk]) -> bool:
        """Return True if names stand side by side, or one is a single word with wrong marks."""
        if len(rest) > 1:
            return True
        query = self.search.asked(rest[0].start, rest[0].end)
        nears = self.search.exact(rest[0].key, query) if not rest[0].type else ()
        return bool(nears) and nears[0].gap.cost > _JOINED_MARKS


def _make_query_behind(query: SpellingQuery, letters: int) -> SpellingQuery:
    return make_query(query.low[letters:], query.raw[letters:], bare=query.bare)


def _is_of_kind(hit: Candidates, kind: str) -> bool:
    known = (near for near in hit.nears if not near.gap.letters)
    return kind in ZONE_TYPES or any(near.spelling.unit.kind == kind for near in known)


def _has_other_marks(hit: Candidates) -> bool:
    return not hit.bare and bool(hit.nears) and hit.nears[0].gap.edits > 0
