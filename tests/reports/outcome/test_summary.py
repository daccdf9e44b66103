"""That nothing is lost is said only where it is so; else what was not read, pages first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.model.document import Document, Paragraph, SourcePlace
from reports.model.extraction import ColumnUse, Extraction, Indicator, LineBalance
from reports.model.statement import SentenceBalance, Statement, StatementReading, UnreadSentence
from reports.outcome.summary import (
    describe_outcome,
    describe_rest,
    format_summary,
    gave_nothing,
    is_all_read,
)

PLACE = SourcePlace(1, 1, 1)
DOCUMENT = Document("x", "0" * 64, "pdf", 9, (Paragraph("a", PLACE),), title="Báo cáo")
WHOLE = Extraction(
    DOCUMENT,
    indicators=(Indicator("key_projects", "listed", 5, None, "", "5", PLACE),),
    balance=LineBalance(3, 2, 1, 0, cells=9, cells_used=8, cells_asked=1, pages=9),
)
UNUSED = ColumnUse(1, 4, "Chủ đầu tư", "", "", "unused", 3, (), PLACE)


def test_nothing_is_lost_where_everything_was_read_or_is_asked() -> None:
    assert is_all_read(WHOLE)
    assert describe_rest(WHOLE) == "Không dòng nào bị mất."
    assert describe_outcome(WHOLE).startswith("Trang: đọc 9/9 · Dòng bảng: 3 = 2")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"document": replace(DOCUMENT, unread_pages=(2, 5))}, "trang 2, 5"),
        ({"columns": (UNUSED,)}, "“Chủ đầu tư”"),
        ({"balance": replace(WHOLE.balance, cells_used=7, cells_unused=1)}, "1 ô"),
        ({"balance": replace(WHOLE.balance, table_lines=4)}, "không khớp"),
        (
            {"balance": replace(WHOLE.balance, table_lines=4, in_other_periods=1)},
            "1 dòng là của kỳ khác",
        ),
        ({"indicators": ()}, "Chưa đọc được số liệu nào"),
    ],
)
def test_else_what_was_not_read_is_named(change: dict, said: str) -> None:
    read = replace(WHOLE, **change)
    assert not is_all_read(read)
    assert said in describe_rest(read)
    assert "bị mất" not in format_summary(read)


def test_unread_pages_come_first_and_sheets_have_their_names() -> None:
    document = replace(DOCUMENT, unread_pages=(2,), sheets=("Quý I", "Quý II"))
    read = replace(WHOLE, document=document, reading=StatementReading(unread=(UNREAD,)))
    assert describe_rest(read).startswith("Chưa đọc được, hoặc chưa đọc hết trang tính Quý II.")


UNREAD = UnreadSentence("Bố trí thêm 5 tỷ đồng.", PLACE, ("5 tỷ đồng",))
SAID = Statement("cầu", "project", "area", 5.0, "Cầu rộng 5 ha.", PLACE)
BALANCE = SentenceBalance(9, 3, 1, 5)


def test_sentences_are_counted_in_one_line_and_those_left_over_are_named() -> None:
    read = replace(WHOLE, reading=StatementReading((SAID,), (), BALANCE))
    line = "Câu: 9 = 3 đọc + 1 hỏi + 5 không có gì cho bản đồ"
    assert line in describe_outcome(read)
    assert is_all_read(read)
    left = replace(read, reading=replace(read.reading, unread=(UNREAD,)))
    line = "Câu: 9 = 3 đọc + 1 hỏi + 1 chưa hiểu + 4 không có gì cho bản đồ"
    assert describe_outcome(left).endswith(f"{line} · Câu, hàng chưa hiểu hết: 1")
    assert describe_rest(left).startswith("1 câu hoặc hàng còn số liệu")
    assert not is_all_read(left)


def test_sentences_that_do_not_add_up_are_told() -> None:
    reading = StatementReading((SAID,), (), replace(BALANCE, read=4))
    assert "không khớp" in describe_rest(replace(WHOLE, reading=reading))


def test_a_document_without_a_figure_gave_nothing() -> None:
    assert gave_nothing(Extraction(DOCUMENT))
    assert not gave_nothing(WHOLE)
    assert not gave_nothing(Extraction(DOCUMENT, reading=StatementReading((SAID,))))
