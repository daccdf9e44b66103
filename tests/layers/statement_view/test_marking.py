"""A paragraph's words are shown whole, every candidate marked by what became of it."""

from dataclasses import replace

import pytest

from layers.statement_view.marking import MarkedRun, mark_lines
from layers.statement_view.sentences import SentenceLayout, lay_out_sentences
from reports.model.document import Document, Paragraph, SourcePlace, TableBlock, TableCell, TableRow
from reports.model.extraction import Extraction, Indicator
from reports.model.statement import Statement, StatementReading, UnreadSentence
from tests.statements_by_hand import BRIDGE, MONEY, REPORT, read_by_hand

COMMUNES = {"11413": "Phường Hải An", "11411": "Phường Đông Hải"}


def make_document(*texts: str) -> Document:
    blocks = tuple(
        Paragraph(text, SourcePlace(line, line)) for line, text in enumerate(texts, start=1)
    )
    return Document("x.txt", "0" * 64, "text", 1, blocks)


def read(*texts: str) -> Extraction:
    document = make_document(*texts)
    return Extraction(document, reading=read_by_hand(document))


def mark(layout: SentenceLayout, only: int | None = None) -> list[tuple[MarkedRun, ...]]:
    return mark_lines(layout, layout.lines, COMMUNES, only=only)


def list_marks(runs: tuple[MarkedRun, ...]) -> list[tuple[str, str, str]]:
    return [(run.text, run.candidate.kind, run.candidate.fate) for run in runs if run.candidate]


def test_values_subjects_places_and_times_are_marked_as_read() -> None:
    (runs,) = mark(lay_out_sentences(read(BRIDGE)))
    assert "".join(run.text for run in runs) == BRIDGE
    assert list_marks(runs) == [
        ("cầu Tân Hợp", "subject", "read"),
        ("1.226,04 tỷ đồng", "value", "read"),
        ("phường Hải An", "place", "read"),
        ("phường Đông Hải", "place", "read"),
        ("45%", "value", "read"),
        ("quý II/2027", "value", "read"),
    ]


def test_what_is_asked_left_over_or_used_by_nothing_is_told_apart() -> None:
    layout = lay_out_sentences(read(*REPORT.split("\n\n")))
    marks = [mark for runs in mark(layout) for mark in list_marks(runs)]
    assert ("850 tỷ đồng", "value", "asked") in marks
    assert ("UBND xã An Hưng", "body", "read") in marks
    assert ("320 tỷ đồng", "other", "left") in marks
    assert ("17", "value", "nothing") in marks
    assert layout.count_by_status() == {"all": 9, "sure": 6, "ask": 3, "unread": 1}
    assert [line.place.line_from for line in layout.list_lines("ask")] == [4, 6, 7]
    assert [line.text.endswith(MONEY) for line in layout.list_lines("unread")] == [True]


def test_one_statement_alone_is_marked_on_request() -> None:
    (runs,) = mark(lay_out_sentences(read(BRIDGE)), only=1)
    assert list_marks(runs) == [("cầu Tân Hợp", "subject", "read"), ("45%", "value", "read")]


def test_a_sentence_over_two_lines_in_another_spelling_is_marked_in_both() -> None:
    sentence = "Dự án nhà máy Hòa Lộc rộng 12,5 ha."
    statement = Statement(
        "nhà máy Hòa Lộc", "project", "area", 12.5, sentence, SourcePlace(1, 3),
        start=27, end=34, stated="12,5 ha", unit="ha",
    )  # fmt: skip
    document = make_document("Mở đầu. Dự án nhà máy Hoà", "7", "Lộc¹ rộng 12,5  ha. Hết.")
    layout = lay_out_sentences(Extraction(document, reading=StatementReading((statement,))))
    first, _, last = mark(layout)
    assert list_marks(first) == [("nhà máy Hoà", "subject", "read")]
    assert list_marks(last) == [("Lộc", "subject", "read"), ("12,5  ha", "value", "read")]


def test_rows_that_say_something_stand_among_the_lines_and_others_do_not() -> None:
    cells = (TableCell("Xã Kiến Minh"), TableCell("25 hộ"))
    rows = tuple(TableRow(cells, SourcePlace(line, line, table=1)) for line in (1, 2))
    document = replace(make_document(), blocks=(TableBlock(rows),))
    unread = UnreadSentence("Xã Kiến Minh | 25 hộ", SourcePlace(2, 2), ("25 hộ",), "row")
    layout = lay_out_sentences(Extraction(document, reading=StatementReading(unread=(unread,))))
    (line,) = layout.lines
    assert line.place.line_from == 2
    assert list_marks(mark(layout)[0]) == [("25 hộ", "other", "left")]


def test_numbers_that_another_reading_uses_are_not_shown_as_idle() -> None:
    document = make_document("1. Có 31 dự án, họp lần 2.")
    count = Indicator("key_projects", "listed", 31, None, "", "31 dự án", SourcePlace(1, 1))
    layout = lay_out_sentences(Extraction(document, indicators=(count,)))
    assert list_marks(mark(layout)[0]) == [("2", "value", "nothing")]


@pytest.mark.parametrize("sentence", ["", "Câu không có trong văn bản 9.", "x" * 5000])
def test_a_sentence_that_the_text_lacks_marks_nothing_and_breaks_nothing(sentence: str) -> None:
    statement = Statement("?", "unknown", "money", 1.0, sentence, SourcePlace(1, 1), 3, 9)
    reading = StatementReading((statement,))
    layout = lay_out_sentences(Extraction(make_document("Chữ khác."), reading=reading))
    assert [run.text for run in mark(layout)[0]] == ["Chữ khác."]
