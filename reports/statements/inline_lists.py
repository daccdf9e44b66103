"""Lists inside a sentence: "(1) Khu đất A tại xã B; (2) Dự án C", each item of its own thing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.lexing.names import NameMention, mark_beside
from reports.statements.lexing.phrases import CAPITALS

if TYPE_CHECKING:
    from reports.statements.lexing.lexed import LexedSentence

_ITEM: Final = re.compile(r"(?:(?<=[;:.,]\s)|(?<=^)|(?<=\s))\((?P<number>\d{1,2})\)\s?")
_NAME: Final = re.compile(
    rf"[{CAPITALS}][^;:(]{{2,160}}?(?=\s?(?:[,;:(]|\.?$|\.[\s;])"
    r"|\s(?:thuộc|tại|ở|do|với|để|nay là)\s)"
)
_PLACED: Final = re.compile(
    rf"[{CAPITALS}](?:[^;:()]|\([^()]*\)){{2,160}}?(?=\s?(?:[,;:]|\.?$|\.[\s;]))"
)
_THING: Final = re.compile(
    r"(?:du an|khu (?:dat|do thi|dan cu|nha o|tai dinh cu|cong nghiep)|cum cong nghiep|lo|tuyen"
    r"|cong trinh|nha may|cau|duong|toa nha|to hop)\b"
)
_OWNER: Final = re.compile(r"cong ty\b|khu dat\b")
"""What names a plot of land in a list of things: whose it is."""
_FEWEST: Final = 2
_HEAD: Final = 40


def split_items(lexed: LexedSentence) -> LexedSentence:
    """Return a sentence with each item of a list inside it as a clause that names its own thing.

    Only a list that is counted from one, and most of whose items begin with a kind of thing, is
    taken for one of things; any other is left as it is.
    """
    starts = _find_starts(lexed.text)
    if len(starts) < _FEWEST:
        return lexed
    heads = [fold_text(lexed.text[first : first + _HEAD]) for _, first in starts]
    things = [_THING.match(head) is not None for head in heads]
    if sum(things) * 2 <= len(things):
        return lexed
    # What stands before the first item may be said of all of them.
    breaks = tuple(sorted({*lexed.breaks, *(start for start, _ in starts[1:])}))
    own: list[NameMention] = []
    for (start, first), head, thing in zip(starts, heads, things, strict=True):
        name = _find_own_name(lexed, start, first) if thing or _OWNER.match(head) else None
        own += [name] if name else []
    taken = [(name.start, name.end) for name in own]
    names = [n for n in lexed.names if not any(s < n.end and n.start < e for s, e in taken)]
    names = sorted([*names, *own], key=lambda name: name.start)
    marked = tuple(
        replace(name, beside=name.beside or _is_explained(lexed.text, name.start, starts))
        for name in mark_beside(lexed.text, names)
    )
    return replace(lexed, breaks=breaks, names=marked)


def _is_explained(text: str, position: int, starts: list[tuple[int, int]]) -> bool:
    """Return True for a name in brackets behind what its item is about."""
    first = max((first for _, first in starts if first <= position), default=position)
    return text.count("(", first, position) > text.count(")", first, position)


def _find_starts(text: str) -> list[tuple[int, int]]:
    """Return where the items of a list counted from one begin, with and without their number."""
    starts: list[tuple[int, int]] = []
    for item in _ITEM.finditer(text):
        if int(item["number"]) == len(starts) + 1:
            starts.append((item.start(), item.end()))
    return starts


def _find_own_name(lexed: LexedSentence, start: int, first: int) -> NameMention | None:
    """Return what an item is about where its type word alone names nothing; its place then does."""
    known = next((n for n in lexed.names if start <= n.start <= first + 1), None)
    if known is not None and (known.item or _has_proper(known.name)):
        return None
    match = _NAME.match(lexed.text, first)
    if match and not _has_proper(match[0]):
        match = _PLACED.match(lexed.text, first) or match
    if match is None or not _has_proper(match[0]):
        return None
    kind = known.kind if known is not None else "project"
    return NameMention(kind, match[0].strip(), first, match.end())


def _has_proper(words: str) -> bool:
    """Return True if a proper noun or a number stands behind the type words of a name."""
    rest = words.split()[1:]
    capital = [w for w in rest if w[:1].isupper() or any(sign.isdigit() for sign in w)]
    return any(word not in {"Khu", "Dự", "Cụm", "Tòa"} for word in capital)
