"""Numbers as texts: written as the language does, sorted by their letters as by their values."""

from hypothesis import given
from hypothesis import strategies as st

from geo.i18n import LANGUAGES
from layers.tables.aligned_numbers import align_numbers

NUMBERS = st.one_of(st.none(), st.floats(0, 1e9), st.integers(0, 10**9))


def test_numbers_are_written_as_the_language_does_and_unknown_is_said() -> None:
    assert align_numbers([178012, 1198.916, None], language="vi") == [
        "178.012,0",
        "  1.198,9",
        "         chưa rõ",
    ]
    assert align_numbers([178012, 1198.916], language="en") == ["178,012.0", "  1,198.9"]


def test_whole_numbers_have_no_decimals() -> None:
    assert align_numbers([12, 3.0, float("nan")]) == ["12", " 3", "  chưa rõ"]


def test_nothing_at_all_is_nothing() -> None:
    assert align_numbers([]) == []
    assert align_numbers([None], language="en") == ["unknown"]


@given(st.lists(NUMBERS), st.sampled_from(LANGUAGES))
def test_the_texts_sort_as_the_numbers_do(values: list[float | None], language: str) -> None:
    pairs = [
        (value, text)
        for value, text in zip(values, align_numbers(values, language=language), strict=True)
        if value is not None
    ]
    assert len({len(text) for _, text in pairs if text}) <= 1
    unknown = align_numbers([*values, None], language=language)[-1]
    assert all(unknown < text for _, text in pairs)
    by_text = [text for _, text in sorted(pairs, key=lambda pair: pair[1])]
    by_value = [text for _, text in sorted(pairs, key=lambda pair: (pair[0], pair[1]))]
    assert by_text == by_value
