"""The geocoder on damaged names: how many are read right, and how few silently wrong."""

import random

import pytest

from benchmarks.geocode_texts import wrong_letters, wrong_spaces
from geo.gazetteer import load_gazetteer
from geo.geocoder import get_default_geocoder
from tests.hostile import mostly_slow

ROWS = list(load_gazetteer().communes.itertuples())


def shares(texts: list[tuple[str, str]]) -> tuple[float, float]:
    """Return the shares of strings read right and silently wrong."""
    right = wrong = 0
    for text, code in texts:
        result = get_default_geocoder().geocode(text)
        if result.status == "matched":
            correct = [match.code for match in result.matches] == [code]
            right, wrong = right + correct, wrong + (not correct)
    return right / len(texts), wrong / len(texts)


@pytest.mark.parametrize(
    ("letters", "least_right", "most_wrong"), mostly_slow([(1, 0.985, 0.001), (2, 0.85, 0.003)], 1)
)
def test_wrong_letters_meet_the_targets(
    letters: int, least_right: float, most_wrong: float
) -> None:
    """Over the full names, letters taken for others, lost or put in, seeded."""
    chance = random.Random(f"wrong letters {letters}")  # noqa: S311
    texts = [
        (wrong_letters(chance, row.name, letters), row.code) for row in ROWS for _ in range(50)
    ]
    right, wrong = shares(texts)
    assert right >= least_right
    assert wrong <= most_wrong


def test_joined_and_split_words_do_no_harm() -> None:
    """Spaces lost and put in are no letters: nearly every name is read right, none wrong."""
    chance = random.Random("spaces")  # noqa: S311
    texts = [(wrong_spaces(chance, row.name), row.code) for row in ROWS for _ in range(5)]
    right, wrong = shares([(text, code) for text, code in texts if text])
    assert right >= 0.99
    assert wrong == 0


def test_a_name_that_became_anothers_is_that_others() -> None:
    """One wrong letter may make another real name: nobody could tell, so it is not asked for."""
    assert get_default_geocoder().geocode("Xã Tân Kỳ").matches[0].name == "Xã Tân Kỳ"


def test_a_wrong_digit_is_not_a_wrong_letter() -> None:
    """``Đông Hải 3`` never was; the digit is part of the name."""
    result = get_default_geocoder().geocode("phường Đông Hải 3")
    assert result.status != "matched"
