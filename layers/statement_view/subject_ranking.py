"""Which known items a sentence may be about, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from reports.statements.facts.item_kinds import strip_generic_words
from store.imports.plan.matching import normalise_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMED_NEAR: Final = 0.9
"""The likeness of an item whose name stands in the lines round a sentence that names none."""

_PART: Final = 0.92
"""The likeness of a name that is a part of another."""

_SHARED: Final = 0.65
"""How much words count that two names have in common, in whatever order."""

_OTHER_WORD: Final = 0.85
"""What is left of a likeness where a word is another: one word tells two schools apart."""

_LEAST: Final = 0.45
_SHORTEST: Final = 2
"""Words of a name that are enough to find it in a text."""


@dataclass(frozen=True)
class RankedItem:
    """An item by its id and name, and how like the subject it is, from 0 to 1.

    ``near``: the sentence does not name it, a line near it does.
    """

    item: str
    name: str
    score: float
    near: bool = False


def rank_items(
    subject: str, context: str, names: Mapping[str, str], *, known: str = "", most: int = 8
) -> list[RankedItem]:
    """Return the items that a subject may be, the likeliest first.

    ``names`` are items' names by id; ``context`` the words round the sentence, for sentences that
    name nothing themselves ("dự án này"); ``known`` the item that the sentence was taken for.
    """
    wanted = strip_generic_words(subject)
    around = f" {normalise_name(context)} "
    ranked = []
    for item, name in names.items():
        own = strip_generic_words(name)
        score = _compare(wanted, own) if wanted else 0.0
        near = not wanted and len(own.split()) >= _SHORTEST and f" {own} " in around
        if near:
            score = _NAMED_NEAR
        if item == known:
            score, near = 1.0, False
        if score >= _LEAST:
            ranked.append(RankedItem(item, name, min(score, 1.0), near))
    return sorted(ranked, key=lambda one: (-one.score, one.name))[:most]


def _compare(wanted: str, own: str) -> float:
    """Return how like two names are; one that stands whole in the other is very like."""
    whole = float(fuzz.ratio(wanted, own)) / 100
    shared = float(fuzz.token_set_ratio(wanted, own)) / 100
    short, long = sorted((wanted, own), key=len)
    if len(short.split()) >= _SHORTEST and f" {short} " in f" {long} ":
        return max(whole, _PART)
    if sorted(wanted.split()) != sorted(own.split()):
        whole *= _OTHER_WORD
    return max(whole, _SHARED * shared)
