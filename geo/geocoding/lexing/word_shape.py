"""How words are written: whether they may be a name that a scan damaged."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.geocoding.lexing.chunks import Chunk, ChunkKind
from geo.geocoding.lexing.lexicon import TYPE_WORDS, WordClass, classify_word
from geo.geocoding.lexing.tokenizer import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence


_ONSETS: Final = (
    "ngh|ng|nh|gh|gi|kh|ch|th|tr|ph|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"  # the last: none
)
_RHYMES: Final = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in "
    "inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe "
    "oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât "
    "uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt "
    "uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh "
    "eng êc uơ iên"
)
_SYLLABLE: Final = re.compile(rf"(?:{_ONSETS})(?:{'|'.join(sorted(set(_RHYMES.split())))})")
_STOPPED: Final = re.compile(r"(?:p|t|c|ch)$")
_RISING: Final = {"", "\u0301", "\u0323"}  # a closing p, t, c bears sắc or nặng (or lost it)
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Return True if a word (small letters, canonical) is spelled like a Vietnamese syllable."""
    parts = unicodedata.normalize("NFD", word)
    tones = [mark for mark in parts if mark in _TONES]
    if len(tones) > 1:
        return False
    letters = unicodedata.normalize("NFC", "".join(m for m in parts if m not in _TONES))
    if _SYLLABLE.fullmatch(letters) is None:
        return False
    return not _STOPPED.search(letters) or (tones[0] if tones else "") in _RISING


_LONGEST_NAME: Final = 6  # words of a damaged name, for a scan splits some
_SHORT: Final = 8  # words of a text that is likely nothing but places
_LEFT_OVER: Final = 1.5  # what a word weighs that a name leaves unexplained
_SHORTEST_JOINED: Final = 7  # letters of a single word that may be a whole name
_ALIKE: Final = 3  # letters of a word that may be any type word


@dataclass(frozen=True, slots=True)
class WordShape:
    """The tokens of a text and what their writing tells."""

    tokens: Sequence[Token]
    cased: bool  # capitals say something here
    short: bool  # few words

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> WordShape:
        """Return how the tokens of a text are written."""
        words = [token for token in tokens if token.mark is TokenKind.WORD]
        capitals = any(token.capital for token in words)
        upper = all(token.text.isupper() for token in words)
        return cls(tokens, capitals and not upper, len(words) <= _SHORT)

    def has_capitals(self, piece: Chunk) -> bool:
        """Return True if all words of a name have capitals."""
        words = self.tokens[piece.start : piece.end]
        return all(token.capital or token.mark is not TokenKind.WORD for token in words)

    def is_worth_guessing(self, start: int, end: int) -> bool:
        """Return True if words without a type may be a damaged name: not if written otherwise."""
        words = [token for token in self.tokens[start:end] if token.mark is TokenKind.WORD]
        if len(words) == 1 and len(words[0].plain) < _SHORTEST_JOINED:
            return False
        capitals = all(token.capital for token in words[1:])  # the first may be the damaged one
        return capitals or not self.cased or not self.real_words(start, end)

    def weigh_leftover(self, stop: int, end: int) -> float:
        """Return what the words weigh that a name leaves over: capitals and non-words."""
        return _LEFT_OVER * sum(
            (token.capital and self.cased) or not is_syllable(token.low)
            for token in self.tokens[stop:end]
            if token.mark is TokenKind.WORD
        )

    def real_words(self, start: int, end: int) -> bool:
        """Return True if tokens are all Vietnamese syllables: then no scan has damaged them."""
        words = self.tokens[start:end]
        return all(is_syllable(token.low) for token in words if token.mark is TokenKind.WORD)

    def find_name_end(self, rest: Sequence[Chunk]) -> int:
        """Return where the name behind a type word ends at the latest."""
        end = rest[0].end
        for piece in rest[1:]:
            token = self.tokens[piece.start]
            too_long = piece.end - rest[0].start > _LONGEST_NAME
            if too_long or (not token.capital and self._ends_name(piece)):
                break
            end = piece.end
        return end

    def _ends_name(self, piece: Chunk) -> bool:
        """Return True if a word in small letters ends the name behind a type word."""
        if self.short:
            return piece.word not in {WordClass.PLAIN, WordClass.NOT_PLACE}
        return self.cased or piece.word is not WordClass.PLAIN

    def may_begin_name(self, rest: Sequence[Chunk]) -> bool:
        """Return True if the pieces behind a type word begin like a name."""
        first = self.tokens[rest[0].start]
        if first.mark is not TokenKind.WORD:
            return False
        if first.capital and self.cased:
            return True
        if rest[0].word is WordClass.PLAIN:
            return self.short or not self.cased
        return self.short and len(rest) > 1 and self.tokens[rest[1].start].capital

    def may_be_name(self, start: int, end: int) -> bool:
        """Return True if all of some tokens may be one damaged name with its type word."""
        if end - start > _LONGEST_NAME + 2:
            return False
        words = [token for token in self.tokens[start:end] if token.mark is not TokenKind.LINE]
        if self.short or not self.cased:
            return len(words) <= _SHORT
        head, tail = words[0], words[1:]
        return (head.capital or _is_like_type(head)) and all(
            token.capital or token.mark is TokenKind.NUMBER for token in tail
        )

    def looks_like_name(self, rest: Sequence[Chunk]) -> bool:
        """Return True if unknown words look like the name of a place."""
        tokens = [self.tokens[piece.start] for piece in rest]
        return (
            self.cased
            and all(piece.kind is ChunkKind.WORD for piece in rest)
            and all(t.capital and len(t.text) > 1 and t.mark is TokenKind.WORD for t in tokens)
            and not all(token.text.isupper() for token in tokens)
            and classify_word(tokens[0].low, bare=False) is WordClass.PLAIN
            and len(tokens) <= _LONGEST_NAME
        )


def _is_like_type(token: Token) -> bool:
    """Return True if a word may be a damaged type word."""
    plain = token.plain
    return not is_syllable(token.low) and any(
        len(plain) <= _ALIKE or (abs(len(plain) - len(word)) <= 2 and plain[0] == word[0])  # noqa: PLR2004
        for word in TYPE_WORDS
    )
