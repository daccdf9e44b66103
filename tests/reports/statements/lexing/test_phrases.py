"""Phrases of the dictionaries: whole words, their own marks, small slips; and the dictionaries."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.paths import DATA
from geo.text import fold_text, normalise_spelling
from reports.model.errors import GrammarError
from reports.statements.lexing.phrases import (
    PhraseBook,
    check_grammar,
    find_clash,
    is_spelt,
    load_grammar,
    load_phrases,
)

DICTIONARIES = ("conditions", "moods", "names", "predicates", "relations", "units")
WORD_LISTS = {
    ("names", "body_words"),
    ("names", "generic"),
    ("names", "inner"),
    ("predicates", "events_part_of"),
    ("units", "qualifier_in_word"),
}
"""Tables whose keys are no meanings: a word may stand under several."""


def find_keys(text: str, **phrases: list[str]) -> list[str]:
    book = PhraseBook((key, phrase) for key, entries in phrases.items() for phrase in entries)
    return [match.key for match in book.find(normalise_spelling(text))]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("ước", "dự án được giao"),
        ("ước", "chiều rộng mặt nước"),
        ("quý", "quy mô hai tầng"),
        ("hộ", "hồ điều hòa"),
        ("hộ", "hỗ trợ"),
        ("gần", "giải ngân xong"),
        ("từ", "vốn đầu tư"),
        ("tháng", "chiến thắng"),
        ("bị", "bí thư"),
        ("đã", "đá hộc"),
        ("cầu", "câu hỏi"),
        ("đường", "phường Dương Kinh"),
    ],
)
def test_a_short_phrase_is_the_word_itself(phrase: str, text: str) -> None:
    assert find_keys(text, key=[phrase]) == []
    assert find_keys(f"{text}, {phrase} vậy", key=[phrase]) == ["key"]


def test_a_long_phrase_may_have_slips_or_no_marks() -> None:
    for text in (
        "giải phóng mặt bằng", "GIẢI PHÓNG MẶT BẰNG", "giai phong mat bang", "giải phòng mặt bằng",
        "giải  phóng\u00a0mặt bằng",
    ):  # fmt: skip
        assert find_keys(text, key=["giải phóng mặt bằng"]) == ["key"], text
    assert find_keys("giãi phòng mắt bằng", key=["giải phóng mặt bằng"]) == []


def test_the_longer_and_the_better_spelt_phrase_is_meant() -> None:
    assert find_keys("đã bàn giao", a=["giao"], b=["bàn giao"], c=["đã"]) == ["c", "b"]
    assert find_keys("đang lập dự án", a=["đang lấp dự án"], b=["đang lập dự án"]) == ["b"]


def test_a_gap_stands_for_a_few_words_of_the_clause() -> None:
    phrases = {"key": ["phấn đấu … giải ngân"]}
    assert find_keys("phấn đấu cả năm giải ngân hết", **phrases) == ["key"]
    assert find_keys("phấn đấu xong; giải ngân hết", **phrases) == []
    assert find_keys("phân đầu cá năm giái ngần", **phrases) == []


def test_find_keeps_to_its_window() -> None:
    book = PhraseBook([("key", "bàn giao")])
    text = "bàn giao rồi bàn giao"
    assert [match.start for match in book.find(text, 1)] == [13]
    assert [match.start for match in book.find(text, 0, 10)] == [0]


@given(st.text(max_size=60))
def test_any_text_is_searched(text: str) -> None:
    matches = list(load_phrases("moods", "moods").find(text))
    assert all(a.end <= b.end and a.start < b.end for a, b in itertools.pairwise(matches))


def _list_phrases() -> list[tuple[str, str, str, str]]:
    return [
        (name, table, key, normalise_spelling(phrase).lower())
        for name in DICTIONARIES
        for table, entries in load_grammar(name).items()
        for key, phrases in entries.items()
        for phrase in phrases
    ]


def test_no_phrase_is_found_within_words_of_another() -> None:
    """Over all pairs: a phrase inside another one stands there in whole words with their marks."""
    wanted = sorted({phrase for *_, phrase in _list_phrases() if "…" not in phrase})
    text = " | ".join(wanted)
    folded = fold_text(text)
    words = {match.start() for match in re.finditer(r"(?<!\w)\w|[^\w\s]", folded)}
    for phrase in wanted:
        for match in PhraseBook([("key", phrase)]).find(text):
            assert match.start in words
            assert match.end == len(text) or not text[match.end].isalnum() or phrase[-1] in "²%"
            assert is_spelt(text[match.start : match.end], phrase)


def test_no_phrase_can_be_taken_for_one_of_another_key() -> None:
    """Phrases of different keys that are alike but for their marks are told apart by them."""
    clashes = []
    for name in DICTIONARIES:
        for table, entries in load_grammar(name).items():
            if (name, table) in WORD_LISTS:
                continue
            by_fold: dict[str, list[tuple[str, str]]] = {}
            for key, phrases in entries.items():
                for phrase in map(normalise_spelling, phrases):
                    by_fold.setdefault(fold_text(phrase), []).append((key, phrase.lower()))
            for rows in by_fold.values():
                clashes += [
                    (name, table, a, b)
                    for a, b in itertools.combinations(rows, 2)
                    if a[0] != b[0] and (is_spelt(a[1], b[1]) or is_spelt(b[1], a[1]))
                ]
    assert clashes == []


def test_every_dictionary_is_in_its_form() -> None:
    for name in DICTIONARIES:
        for table in load_grammar(name):
            if (name, table) not in WORD_LISTS:
                load_phrases(name, table)
    assert {f"{name}.toml" for name in DICTIONARIES} <= {
        path.name for path in (DATA / "grammar").iterdir()
    }


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"moods": ["phải"]}, ["moods.toml", "“moods”"]),
        ({"moods": {"done": "đã"}}, ["moods.toml", "[moods]", "“done”"]),
        ({"moods": {"done": []}}, ["moods.toml", "[moods]", "“done”"]),
        ({"moods": {"done": ["đã", 5]}}, ["moods.toml", "[moods]", "“done”", "“5”"]),
        ({"moods": {"done": ["đã", " "]}}, ["moods.toml", "[moods]", "“done”"]),
        ({"moods": {"done": ["… rồi"]}}, ["moods.toml", "[moods]", "“done”", "“… rồi”"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tables: dict[str, object], told: list[str]) -> None:
    with pytest.raises(GrammarError) as raised:
        check_grammar("moods.toml", tables)
    assert all(part in str(raised.value) for part in told)


def test_a_phrase_under_two_keys_is_a_clash() -> None:
    assert find_clash({"a": ["đã xong"], "b": ["xong", "Đã  xong"]}) == ("a", "b", "Đã  xong")
    assert find_clash({"a": ["đã xong", "đã xong"], "b": ["đá xong"]}) is None
