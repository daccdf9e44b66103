"""Passwords: long ones, kept as argon2 hashes."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geo.gazetteer import load_gazetteer
from geo.i18n import get_reader_language, t
from geo.text import fold_text
from store.db.errors import AccountError

WORDS: Final = 5
DIGITS: Final = 4


def make_passphrase(name: str) -> str:
    """Return a password of chosen words without accents and a number: some 50 bits of chance.

    Good enough for the hours until its owner changes it, for wrong tries are counted. It does not
    hold the account's ``name``, as no password may (``hash_password``).
    """
    held = name.casefold()
    words = [word for word in _list_words() if held not in word]
    while True:
        chosen = [secrets.choice(words) for _ in range(WORDS)]
        passphrase = "-".join([*chosen, f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"])
        if held not in passphrase:  # nor across words, nor in the number
            return passphrase


@cache
def _list_words() -> tuple[str, ...]:
    names = " ".join(load_gazetteer().former_units["name"])
    return tuple(
        sorted({word for word in fold_text(names).split() if word.isalpha() and len(word) > 1})
    )


MIN_PASSWORD_CHARS: Final = 12
MAX_PASSWORD_CHARS: Final = 200
_LEAST_DIFFERENT: Final = 5
_HASHER: Final = PasswordHasher()
_NOBODY: Final = (
    f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)
"""A hash that no password has, as slow to compare with as those that are made here."""


def hash_password(password: str, *, name: str = "") -> str:
    """Return a password's argon2 hash.

    Length counts, not kinds of signs. Raises ``AccountError`` for one that is too short or long,
    that repeats few signs, or that holds the account's name.
    """
    password = _normalise_password(password)
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        fault = t(
            "accounts.fault.password_length", least=MIN_PASSWORD_CHARS, most=MAX_PASSWORD_CHARS
        )
        raise AccountError(fault)
    folded = password.casefold()
    if len(set(folded)) < _LEAST_DIFFERENT or (name and name.casefold() in folded):
        raise AccountError(t("accounts.fault.password_easy", get_reader_language()))
    return _HASHER.hash(password)


def verify_password(password: str, password_hash: str) -> bool:
    """Return True if a password is the one of a hash; it takes as long where there is no hash."""
    password = _normalise_password(password[: 2 * MAX_PASSWORD_CHARS])
    if len(password) > MAX_PASSWORD_CHARS:
        password, password_hash = "", ""
    try:
        _HASHER.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Return True if a hash was made in a way that is no longer the one for new hashes."""
    return _HASHER.check_needs_rehash(password_hash)


def rehash_password(password: str) -> str:
    """Return the hash anew of a password that was found right."""
    return _HASHER.hash(_normalise_password(password))


def _normalise_password(password: str) -> str:
    """Return a password as every keyboard writes it: Vietnamese letters come in two forms."""
    return unicodedata.normalize("NFKC", password)
