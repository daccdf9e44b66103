"""Passwords: length over kinds of signs, argon2, the same time for a name that nobody has."""

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from store.db.errors import AccountError
from store.users import passwords
from store.users.passwords import MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, hashed, matches, outdated

GOOD = "một câu dài dễ nhớ"


def test_a_long_plain_sentence_will_do_and_is_kept_as_argon2() -> None:
    kept = hashed(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert matches(GOOD, kept)
    assert not matches(GOOD + "!", kept)
    assert hashed(GOOD) != kept


@pytest.mark.parametrize(
    "password",
    ["Aa1!Bb2@", "x" * (MIN_PASSWORD_CHARS - 1), "ababababababab", "y" * (MAX_PASSWORD_CHARS + 1)],
)
def test_signs_of_many_kinds_do_not_make_up_for_length(password: str) -> None:
    with pytest.raises(AccountError):
        hashed(password)


def test_a_password_does_not_hold_the_name() -> None:
    with pytest.raises(AccountError):
        hashed("xin chào NguyenVanAn nhé", name="nguyenvanan")


def test_vietnamese_letters_are_the_same_from_every_keyboard() -> None:
    kept = hashed(unicodedata.normalize("NFC", GOOD))
    assert matches(unicodedata.normalize("NFD", GOOD), kept)


def test_what_goes_on_after_the_longest_password_is_not_cut_off() -> None:
    longest = "abcdefgh" * (MAX_PASSWORD_CHARS // 8)
    kept = hashed(longest)
    assert matches(longest, kept)
    assert not matches(longest + "x", kept)
    assert not matches(longest * 50, kept)


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=1"])
def test_without_a_hash_no_password_is_right(kept: str) -> None:
    assert not matches(GOOD, kept)
    assert not matches("no account has this password", kept)


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same work is done for both: one check against a hash of the same cost."""
    asked: list[str] = []

    class Watching(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            asked.append(str(hash))
            return super().verify(hash, password)

    kept = hashed(GOOD)
    monkeypatch.setattr(passwords, "_HASHER", Watching())
    assert not matches("một câu dài khác hẳn", kept)
    assert not matches("một câu dài khác hẳn", "")
    assert len(asked) == 2
    assert extract_parameters(asked[0]) == extract_parameters(asked[1])


def test_a_hash_of_weaker_settings_is_told() -> None:
    assert outdated(PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD))
    assert not outdated(passwords.rehashed(GOOD))
