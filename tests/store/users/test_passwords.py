"""Passwords: length over kinds of signs, argon2, the same time for a name that nobody has."""

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from store.db.errors import AccountError
from store.users import passwords
from store.users.passwords import (
    MAX_PASSWORD_CHARS,
    MIN_PASSWORD_CHARS,
    hash_password,
    make_passphrase,
    needs_rehash,
    verify_password,
)

GOOD = "một câu dài dễ nhớ"


def test_a_long_plain_sentence_will_do_and_is_kept_as_argon2() -> None:
    kept = hash_password(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert verify_password(GOOD, kept)
    assert not verify_password(GOOD + "!", kept)
    assert hash_password(GOOD) != kept


@pytest.mark.parametrize(
    "password",
    ["Aa1!Bb2@", "x" * (MIN_PASSWORD_CHARS - 1), "ababababababab", "y" * (MAX_PASSWORD_CHARS + 1)],
)
def test_signs_of_many_kinds_do_not_make_up_for_length(password: str) -> None:
    with pytest.raises(AccountError):
        hash_password(password)


def test_a_password_does_not_hold_the_name() -> None:
    with pytest.raises(AccountError):
        hash_password("xin chào NguyenVanAn nhé", name="nguyenvanan")


@pytest.mark.parametrize("name", ["an", "Binh", "12", "n-", "administrator"])
def test_a_password_that_is_made_for_an_account_is_one_that_it_may_have(name: str) -> None:
    """Words of places hold many a name: "an" stands in most sets of five."""
    for _ in range(100):
        made = make_passphrase(name)
        assert name.casefold() not in made
    assert verify_password(made, hash_password(made, name=name))


def test_vietnamese_letters_are_the_same_from_every_keyboard() -> None:
    kept = hash_password(unicodedata.normalize("NFC", GOOD))
    assert verify_password(unicodedata.normalize("NFD", GOOD), kept)


def test_what_goes_on_after_the_longest_password_is_not_cut_off() -> None:
    longest = "abcdefgh" * (MAX_PASSWORD_CHARS // 8)
    kept = hash_password(longest)
    assert verify_password(longest, kept)
    assert not verify_password(longest + "x", kept)
    assert not verify_password(longest * 50, kept)


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$m=1"])
def test_without_a_hash_no_password_is_right(kept: str) -> None:
    assert not verify_password(GOOD, kept)
    assert not verify_password("no account has this password", kept)


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same work is done for both: one check against a hash of the same cost."""
    asked: list[str] = []

    class Watching(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            asked.append(str(hash))
            return super().verify(hash, password)

    kept = hash_password(GOOD)
    monkeypatch.setattr(passwords, "_HASHER", Watching())
    assert not verify_password("một câu dài khác hẳn", kept)
    assert not verify_password("một câu dài khác hẳn", "")
    assert len(asked) == 2
    assert extract_parameters(asked[0]) == extract_parameters(asked[1])


def test_a_hash_of_weaker_settings_is_told() -> None:
    assert needs_rehash(PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD))
    assert not needs_rehash(passwords.rehash_password(GOOD))
