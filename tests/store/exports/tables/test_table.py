"""Texts are made safe for every format, and only as far as need be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.audit.csv_guard import MARK, escape_formula, is_risky
from store.exports.tables.table import strip_unsafe_characters
from tests.hostile import HOSTILE_TEXTS

TEXTS = st.text(st.characters(codec=None), max_size=60)


@given(TEXTS)
def test_what_is_kept_can_be_written_as_xml_and_json(text: str) -> None:
    kept = strip_unsafe_characters(text)
    kept.encode("utf-8")
    assert not [one for one in kept if unicodedata.category(one) in {"Cc", "Cs"} and one != "\n"]
    assert not set(kept) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\ufffe\uffff")
    assert strip_unsafe_characters(kept) == kept


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60))
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert strip_unsafe_characters(text) == text


@given(TEXTS)
def test_a_text_in_csv_is_never_a_formula_and_comes_back(text: str) -> None:
    written = escape_formula(text)
    assert not is_risky(written)
    assert written.removeprefix(MARK) == text


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "\u00a0=1", "＝1", "＠x", "|x", "%x", "\r=1"]
)
def test_what_a_spreadsheet_may_take_for_a_formula_is_known(text: str) -> None:
    assert is_risky(text)
    assert escape_formula(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Dự án", "(=1)", "5 - 3", "a=b"])
def test_other_texts_are_not_marked(text: str) -> None:
    assert not is_risky(text)
    assert escape_formula(text) == text


def test_hostile_texts_lose_control_characters_only() -> None:
    assert [strip_unsafe_characters(text) for text in HOSTILE_TEXTS[:10]] == list(
        HOSTILE_TEXTS[:10]
    )
    assert strip_unsafe_characters("a\u202eb\u0000c\r\nd\te\ud800") == "abc\nd e"
