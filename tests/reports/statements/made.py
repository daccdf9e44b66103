"""Statements made by hand, as a reader would give them of sentences of our own."""

from dataclasses import replace

from reports.model.document import SourcePlace
from reports.model.extraction import Extraction
from reports.model.statement import (
    SentenceBalance,
    Statement,
    StatementReading,
    SubjectKind,
    UnreadSentence,
)
from tests.store.small_reports import report

BRIDGE = "Dự án đầu tư xây dựng cầu Bến Mây"
SENTENCE = f"{BRIDGE} có tổng mức đầu tư 1.250 tỷ đồng, đã thi công 45% khối lượng."


def state(
    subject: str,
    kind: SubjectKind,
    field: str,
    value: float | str,
    line: int = 3,
    **parts: object,
) -> Statement:
    sentence = str(parts.pop("sentence", SENTENCE))
    made = Statement(subject, kind, field, value, sentence, SourcePlace(line, line))
    return replace(made, **parts)


def press(
    *statements: Statement, period: str = "2031-Q1", issued: str = "2031-04-05"
) -> Extraction:
    """Return a press text's reading with these statements and one sentence not understood."""
    unread = UnreadSentence("Còn 12 việc khác.", SourcePlace(9, 9), ("12",))
    read = report("Tin về các dự án", period)
    asked = sum(one.status == "ask" for one in statements)
    balance = SentenceBalance(len(statements) + 1, len(statements) - asked + 1, asked, 0)
    document = replace(read.document, issued=issued, issuer="Báo Thử Nghiệm")
    return replace(
        read, document=document, reading=StatementReading(statements, (unread,), balance)
    )


INVESTMENT = state(
    BRIDGE, "project", "investment", 1_250_000.0, unit="triệu đồng", stated="1.250 tỷ đồng",
    start=SENTENCE.index("1.250"), end=SENTENCE.index("1.250") + 13,
)  # fmt: skip
BUILT = state(
    BRIDGE, "project", "construction_pct", 45.0, unit="%", mood="done", stated="45%",
    start=SENTENCE.index("45%"), end=SENTENCE.index("45%") + 3,
)  # fmt: skip
