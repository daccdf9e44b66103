"""Sentences of running text: none is lost, however long it is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.model.document import Document, Paragraph, SourcePlace
from reports.narrative.prose import LONGEST_SENTENCE, split_sentences

WORDS = ["đường", "12", "km;", "thôn", "Đông,", "3,5", "ha", "và", "bến", "số", "4"]


def document(*paragraphs: str) -> Document:
    blocks = tuple(Paragraph(text, SourcePlace(n, n)) for n, text in enumerate(paragraphs, start=1))
    return Document("d", "", "text", 0, blocks)


def test_a_sentence_of_ten_thousand_words_is_read_in_pieces_to_its_end() -> None:
    text = " ".join(f"từ{n}" for n in range(10_000))
    pieces = split_sentences(document(text))
    assert all(len(piece.text) <= LONGEST_SENTENCE for piece in pieces)
    assert " ".join(piece.text for piece in pieces).split() == text.split()


def test_a_piece_begins_after_a_mark_where_there_is_one() -> None:
    text = "; ".join(f"dự án thứ {n} rộng {n},5 ha" for n in range(400))
    pieces = split_sentences(document(text))
    assert len(pieces) > 1
    assert all(before.text.endswith(";") for before, _ in pairwise(pieces))


def test_letters_without_a_blank_are_cut_too() -> None:
    pieces = split_sentences(document("a" * 3 * LONGEST_SENTENCE))
    assert [len(piece.text) for piece in pieces] == [LONGEST_SENTENCE] * 3


def test_a_piece_of_many_lines_knows_its_lines() -> None:
    lines = ["và một dòng nối tiếp không có dấu chấm nào ở cuối cả"] * 300
    pieces = split_sentences(document(*lines))
    assert len(pieces) > 1
    assert [line for piece in pieces for _, line in piece.lines[1:]] != []
    assert pieces[-1].place.line_to == 300
    for before, after in pairwise(pieces):
        assert before.place.line_to <= after.place.line_from + 1


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.integers(1, 60))
def test_no_word_is_lost(words: list[str], times: int) -> None:
    text = " ".join(words * times)
    pieces = split_sentences(document(text))
    assert " ".join(piece.text for piece in pieces).split() == text.split()
