"""Tokens to pieces: where a text says a type, a known name, a connective or something else."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from geo.geocoding.lexing.elsewhere import load_other_districts, load_other_provinces
from geo.geocoding.lexing.lexicon import (
    ABBREVIATIONS,
    CITY,
    DIRECTIONS,
    DISTRICT_TYPES,
    PROVINCE,
    TYPE_NAMES,
    TYPE_WORDS,
    ZONE_TYPES,
    WordClass,
    classify_word,
)
from geo.geocoding.lexing.tokenizer import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.geocoding.name_index import NameIndex


class ChunkKind(Enum):
    """What a piece of text is."""

    NAME = "name"  # a known name, perhaps with its type word
    TYPE = "type"
    WORD = "word"
    MARK = "mark"  # a separator
    HERE = "here"  # the city or the former province itself
    ELSEWHERE = "elsewhere"  # another province, or a district of one
    OTHER = "other"  # the name of a road, board or company


class Chunk(NamedTuple):
    """A stretch of tokens, from ``start`` to before ``end``."""

    kind: ChunkKind
    start: int
    end: int
    key: str = ""  # of a name, without its type
    type: str = ""
    word: WordClass = WordClass.PLAIN
    mark: TokenKind = TokenKind.WORD
    exact: bool = True  # of a type: written as it should be


_WITHIN: Final = frozenset({TokenKind.WORD, TokenKind.NUMBER, TokenKind.LINE, TokenKind.POINT})
_LONGEST_TYPE: Final = 4
_LONGEST_PROVINCE: Final = 4
_LONGEST_DISTRICT: Final = 5
_TYPES_IN_FULL: Final = frozenset(name.replace(" ", "") for name in TYPE_NAMES.values()) | {"tỉnh"}


def split_chunks(
    tokens: Sequence[Token], names: NameIndex, others: Sequence[tuple[int, int]] = ()
) -> list[Chunk]:
    """Return the pieces of a text, covering every token, in order.

    ``others`` are the stretches of the text (offsets) that are names of other things.
    """
    bare = all(token.low.isascii() for token in tokens)
    chunks: list[Chunk] = []
    index = 0
    while index < len(tokens):
        stop = _find_end_of_other(tokens, index, others)
        piece = (
            Chunk(ChunkKind.OTHER, index, stop)
            if stop
            else _read_chunk(tokens, index, names, chunks, bare=bare)
        )
        chunks.append(piece)
        index = piece.end
    return chunks


def _find_end_of_other(
    tokens: Sequence[Token], index: int, others: Sequence[tuple[int, int]]
) -> int:
    """Return the token behind the name of another thing that begins here; 0: none does."""
    for start, end in others:
        if start <= tokens[index].start < end:
            stop = index + 1
            while stop < len(tokens) and tokens[stop].start < end:
                stop += 1
            return stop
    return 0


def _read_chunk(
    tokens: Sequence[Token], index: int, names: NameIndex, before: list[Chunk], *, bare: bool
) -> Chunk:
    if tokens[index].mark not in {TokenKind.WORD, TokenKind.NUMBER}:
        return Chunk(ChunkKind.MARK, index, index + 1, mark=tokens[index].mark)
    type_word = _read_type_word(tokens, index, names, before, bare=bare)
    name_end, key = names.walk(tokens, index)
    if key and (_cuts_type(tokens, name_end) or _crosses_point(tokens, index, type_word)):
        key = ""
    if key in names.typed_parts:
        whole = _read_typed_name(tokens, index, name_end, names, type_word)
        if whole:
            return whole
    elif key and not (type_word and type_word.end >= name_end):
        return Chunk(ChunkKind.NAME, index, name_end, key)
    if type_word:
        return _find_province_behind(tokens, type_word, names) or type_word
    province = _match_province(tokens, index)
    behind_type = bool(before) and before[-1].kind is ChunkKind.TYPE
    if province and (province.key == CITY or (province.key != PROVINCE and not behind_type)):
        return province
    return Chunk(ChunkKind.WORD, index, index + 1, word=_classify_word_at(tokens, index, bare=bare))


def _read_type_word(
    tokens: Sequence[Token], index: int, names: NameIndex, before: list[Chunk], *, bare: bool
) -> Chunk | None:
    """Return the type word that begins here.

    A common word that looks like one without its marks (``quân``, ``phương``, ``tính``) counts at
    the beginning of a segment only; a cooperative (``hợp tác xã``) is no commune.
    """
    end, kind = _match_type(tokens, index, names)
    if not kind or (kind == "xa" and index and tokens[index - 1].plain == "tac"):
        return None
    exact = bare or _is_written_in_full(tokens[index:end], kind)
    if not exact and not _starts_segment(before):
        return None
    return Chunk(ChunkKind.TYPE, index, end, type=kind, exact=exact)


def _read_typed_name(
    tokens: Sequence[Token], index: int, end: int, names: NameIndex, type_word: Chunk | None
) -> Chunk | None:
    """Return a name with its type word in one piece, where they cannot be taken apart.

    That is so where a scan joined them or split the type word.
    """
    kind, key = names.typed_parts["".join(t.plain for t in tokens[index:end])]
    if type_word is None:
        looks_typed = _match_type(tokens, index, names)[1]  # but is a common word, see above
        return None if looks_typed else Chunk(ChunkKind.NAME, index, end, key, kind)
    apart = tokens[type_word.end].mark not in _WITHIN if type_word.end < len(tokens) else False
    if apart or names.walk(tokens, type_word.end)[0] == end:
        return None
    return Chunk(ChunkKind.NAME, index, end, key, kind)


def _find_province_behind(
    tokens: Sequence[Token], type_word: Chunk, names: NameIndex
) -> Chunk | None:
    """Return the province, city or foreign district that a type word stands before."""
    if type_word.type in DISTRICT_TYPES:
        end = _match_other_district(tokens, type_word.end)
        if end and end >= names.walk(tokens, type_word.end)[0]:
            return Chunk(ChunkKind.ELSEWHERE, type_word.start, end)
    if type_word.type not in {"tinh", "thanh_pho"}:
        return None
    province = _match_province(tokens, type_word.end)
    if province and (type_word.type == "tinh" or province.key != PROVINCE):
        return province._replace(start=type_word.start)
    return None


def _is_written_in_full(tokens: Sequence[Token], kind: str) -> bool:
    written = "".join(token.low for token in tokens)
    return (
        kind in ZONE_TYPES
        or written in _TYPES_IN_FULL
        or written in ABBREVIATIONS
        or any(token.mark is TokenKind.POINT for token in tokens)
    )


def _cuts_type(tokens: Sequence[Token], end: int) -> bool:
    """Return True if a name that ends here takes the first word of a type: công an | thành phố."""
    if end >= len(tokens) or tokens[end - 1].capital:
        return False
    return tokens[end - 1].low + tokens[end].low in _TYPES_IN_FULL


def _crosses_point(tokens: Sequence[Token], index: int, type_word: Chunk | None) -> bool:
    """Return True behind an abbreviation with its point: ``T. Hải Dương`` is no Thái Dương."""
    pointed = index + 1 < len(tokens) and tokens[index + 1].mark is TokenKind.POINT
    return type_word is not None and pointed


def _match_type(tokens: Sequence[Token], index: int, names: NameIndex) -> tuple[int, str]:
    """Return the end and the kind of a type word that begins here; ``(index, "")``: none."""
    end, kind, joined = index, "", ""
    for position in range(index, min(len(tokens), index + _LONGEST_TYPE)):
        if tokens[position].mark is not TokenKind.WORD:
            break
        joined += tokens[position].plain
        if joined in TYPE_WORDS:
            end, kind = position + 1, TYPE_WORDS[joined]
    if kind:
        return end, kind
    return _match_abbreviation(tokens, index, names)


def _match_abbreviation(tokens: Sequence[Token], index: int, names: NameIndex) -> tuple[int, str]:
    kind = ABBREVIATIONS.get(tokens[index].plain, "")
    after = index + 1
    if not kind or after >= len(tokens):
        return index, ""
    pointed = tokens[after].mark is TokenKind.POINT
    after += pointed
    if kind == "phuong" and _says_side(tokens, after):
        return index, ""
    if after < len(tokens):
        named = bool(names.walk(tokens, after)[1]) or bool(_match_province(tokens, after))
        if named or (pointed and kind != "tinh" and tokens[after].capital):
            return after, kind
    return index, ""


def _says_side(tokens: Sequence[Token], index: int) -> bool:
    """Return True for a side of something: ``P. Bắc giáp``, ``P. Nam;``."""
    if index >= len(tokens) or tokens[index].plain not in DIRECTIONS:
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is None or not following.capital


def _match_province(tokens: Sequence[Token], index: int) -> Chunk | None:
    """Return the city, its former province or another one, where a token begins its name."""
    joined, chunk = "", None
    for position in range(index, min(len(tokens), index + _LONGEST_PROVINCE)):
        if tokens[position].mark is not TokenKind.WORD:
            break
        joined += tokens[position].plain
        if joined in {CITY, PROVINCE}:
            chunk = Chunk(ChunkKind.HERE, index, position + 1, joined)
        elif joined in load_other_provinces():
            chunk = Chunk(ChunkKind.ELSEWHERE, index, position + 1, joined)
    return chunk


def _match_other_district(tokens: Sequence[Token], index: int) -> int:
    """Return the end of the name of another province's district; 0: none begins here."""
    joined, end = "", 0
    for position in range(index, min(len(tokens), index + _LONGEST_DISTRICT)):
        token = tokens[position]
        if token.mark not in {TokenKind.WORD, TokenKind.NUMBER}:
            break
        joined += token.plain
        if joined in load_other_districts():
            end = position + 1
    if end == index + 1 and end < len(tokens) and tokens[end].capital:
        return 0  # Vinh is a city, Vinh Quang none
    return end


def _classify_word_at(tokens: Sequence[Token], index: int, *, bare: bool) -> WordClass:
    token = tokens[index]
    if token.mark is TokenKind.NUMBER:
        return WordClass.NOT_PLACE
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.plain == "s" and following is not None and following.mark is TokenKind.POINT:
        return WordClass.NOT_PLACE  # s. Văn Úc: sông
    if token.low == "trước" or (bare and token.plain == "truoc"):
        behind = following.plain if following is not None else ""
        return WordClass.BEFORE if behind in {"day", "kia", "la"} else WordClass.PLAIN
    if token.plain == "dia" and index + 1 < len(tokens) and tokens[index + 1].plain == "ban":
        return WordClass.INSIDE  # địa bàn
    return classify_word(token.low, bare=bare)


def _starts_segment(before: list[Chunk]) -> bool:
    """Return True if a segment begins behind these pieces."""
    return not before or before[-1].kind is ChunkKind.MARK or before[-1].word is WordClass.AND
