"""Passwords made for people: words of the city's own names, long and easy to read out."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from geo.gazetteer import load_gazetteer
from geo.text import fold

WORDS: Final = 5
DIGITS: Final = 4


def made_passphrase() -> str:
    """Return a password of chosen words without accents and a number: some 50 bits of chance.

    Good enough for the hours until its owner changes it, for wrong tries are counted.
    """
    words = [secrets.choice(_words()) for _ in range(WORDS)]
    return "-".join([*words, f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"])


@cache
def _words() -> tuple[str, ...]:
    names = " ".join(load_gazetteer().former_units["name"])
    return tuple(sorted({word for word in fold(names).split() if word.isalpha() and len(word) > 1}))
