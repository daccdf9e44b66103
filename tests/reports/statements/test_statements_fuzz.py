"""Whatever a sentence holds: no crash, the balance exact, and no number that is nowhere."""

from __future__ import annotations

import math
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geocoder import get_default_geocoder
from reports.extract import extract_document
from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction_json import extraction_to_json
from reports.model.statement import FIELD_NAMES, SUBJECT_KINDS, Mood, StatementReading
from reports.narrative.prose import Sentence, split_sentences
from reports.open import open_document
from reports.statements.lexing.names import find_names
from reports.statements.sentences import read_sentences

NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")
LIST_MARK = re.compile(r"\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]")
SPEAKS = re.compile(r"\b(?:dự án|kcn|ccn|giải ngân|khởi công)\b", re.IGNORECASE)
"""What a sentence names that is never one with nothing in it for us."""

QUALIFIERS = {"exact", "about", "over", "under"}

SUBJECTS = (
    "Dự án cầu Bến Mây", "KCN Tràng Duệ 3", "CCN An Thọ", "phường Kiến An", "xã Vĩnh Bảo",
    "công trình này", "thành phố", "Ban Quản lý dự án khu vực Hải An", "24 dự án", "quốc lộ 5",
    "huyện An Dương", "tỉnh Quảng Ninh", "đường Vành đai 2", "khu nhà ở xã hội Bình Minh",
)  # fmt: skip
PREDICATES = (
    "có tổng mức đầu tư", "giải ngân", "đã giải ngân được", "phấn đấu giải ngân", "còn",
    "đã chi trả cho", "khởi công", "hoàn thành", "chậm tiến độ do", "vướng mắc về", "được giao",
    "bàn giao", "diện tích", "chưa", "không", "dự kiến", "đạt", "tăng", "yêu cầu", "lùi sang",
)  # fmt: skip
VALUES = (
    "1.250 tỷ đồng", "12,5 ha", "3/8 gói thầu", "45%", "1.226,04 m2", "quý II/2026", "19/5",
    "ngày 07/5/2026", "120 hộ dân", "từ 3 đến 5 tỷ", "36 tháng", "13 km", "2025-2027", "0,5",
    "hơn 2 nghìn tỷ đồng", "412 triệu USD", "49.5 %", "07", "1/500", "số 74/NQ-HĐND", "IV",
)  # fmt: skip
JOINTS = (" ", ", ", "; ", " và ", " (", ") ", ": ", " - ", ". ", ".\n", " trong đó ", " của ")

phrases = st.lists(
    st.one_of(*(st.sampled_from(words) for words in (SUBJECTS, PREDICATES, VALUES))),
    min_size=1,
    max_size=14,
)
texts = st.builds(
    lambda words, joints: "".join(a + b for a, b in zip(words, joints, strict=False)),
    phrases,
    st.lists(st.sampled_from(JOINTS), min_size=14, max_size=14),
)
odd = st.text(
    alphabet=st.one_of(
        st.sampled_from("0123456789.,/%()-–;:“”²³¹½\u0301\u200b\u202e\u00a0\x00\x0b\t\n🏗٣１đĐƠỷ "),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


def make_document(*paragraphs: str) -> Document:
    blocks = tuple(Paragraph(text, SourcePlace(n, n)) for n, text in enumerate(paragraphs, start=1))
    return Document("d", "", "text", 0, blocks, as_of="2026-06-30")


def check(document: Document) -> StatementReading:
    """Read a document and hold everything that is said of it against its sentences."""
    reading = read_sentences(document, get_default_geocoder())
    sentences = split_sentences(document)
    assert reading.balance.exact
    assert reading.balance.total == len(sentences)
    for one in reading.statements:
        assert one.field in FIELD_NAMES
        assert one.subject_kind in SUBJECT_KINDS
        assert one.mood in get_args(Mood)
        assert one.qualifier in QUALIFIERS
        assert isinstance(one.value, str) or math.isfinite(one.value)
        assert 0 <= one.start <= one.end <= len(one.sentence)
        assert one.stated in one.sentence
        # Words that tell of an obstacle are marked at their heart only.
        assert one.sentence[one.start : one.end] in one.stated
        assert bool(one.why) == (one.status == "ask")
    for left in reading.unread:
        assert left.left_over
        assert all(piece in left.sentence for piece in left.left_over)
    told = {one.sentence for one in (*reading.statements, *reading.unread)}
    for sentence in sentences:
        if sentence.text in told or SPEAKS.search(sentence.text):
            assert list_lost_numbers(sentence, reading) == [], sentence.text
    return reading


def list_lost_numbers(sentence: Sentence, reading: StatementReading) -> list[str]:
    """Return the numbers of a sentence that are in no statement, no name and no left-over piece."""
    text = sentence.text
    mark = LIST_MARK.match(text)
    spans = [(one.start, one.end) for one in reading.statements if one.sentence == text]
    spans += [(name.start, name.end) for name in find_names(text)]
    spans += [(0, mark.end())] if mark else []
    pieces = {piece for one in reading.unread if one.sentence == text for piece in one.left_over}
    spans += [found.span() for piece in pieces for found in re.finditer(re.escape(piece), text)]
    return [
        found.group()
        for found in NUMBER.finditer(text)
        if not any(start < found.end() and found.start() < end for start, end in spans)
    ]


@given(texts)
def test_sentences_of_the_language_are_accounted_for(text: str) -> None:
    check(make_document(text))


@given(st.lists(texts, min_size=1, max_size=4), odd, st.integers(0, 200))
def test_sentences_with_odd_letters_are_accounted_for(
    paragraphs: list[str], noise: str, at: int
) -> None:
    first = paragraphs[0]
    check(make_document(first[:at] + noise + first[at:], *paragraphs[1:]))


@given(odd)
def test_odd_texts(text: str) -> None:
    check(make_document(text))


@given(texts, st.integers(0, 120))
def test_a_sentence_cut_off(text: str, end: int) -> None:
    check(make_document(text[:end]))


@given(st.lists(texts, min_size=1, max_size=3))
def test_a_whole_document_is_accounted_for(paragraphs: list[str]) -> None:
    data = "\n\n".join(["Báo cáo về các dự án", *paragraphs]).encode()
    extraction = extract_document(open_document(data, "x.txt"))
    written = extraction_to_json(extraction)
    assert written["balance"]["exact"]
    assert len(written["statements"]) == len(extraction.reading.statements)


REPEATED = (
    "tỷ ", "xã ", "Dự án ", "KCN ", "tháng 5, ", "(", "1,", "1.", "1/", "% ", "a\u0301",
    "xã\u200d ", "\u202e5 ha", "🏗️ 5 tỷ ", "１２ ha ", "٣ ha ", "A", "\x00",
)  # fmt: skip


@pytest.mark.parametrize("unit", [*JOINTS, *SUBJECTS, *VALUES, *REPEATED])
def test_one_thing_again_and_again(unit: str) -> None:
    check(make_document(unit * (3000 // len(unit))))


@pytest.mark.slow
def test_ten_thousand_words_without_a_stop() -> None:
    words = [*SUBJECTS, *PREDICATES, *VALUES]
    text = " ".join(words[n * 7 % len(words)] for n in range(4_000))
    assert len(text.split()) > 10_000
    reading = check(make_document(text))
    assert reading.statements
