"""The whole of a ratio as a figure of its own: "39 tỷ trong số 85 tỷ đồng được giao"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.model.statement import Statement
    from reports.statements.lexing.lexed import LexedSentence

_WHOLE: Final = re.compile(r".*(?:/|\s(?:trên|trong)\s(?:(?:tổng\s)?số\s|tổng\s)?)\s*(?=\d)")
_PLANNED: Final = re.compile(
    r"\s(?:đồng\s)?(?:vốn\s|đã\s|được\s|theo\s)*(?:giao|ghi|bố trí|phân bổ|cấp|kế hoạch)(?!\w)",
    re.IGNORECASE,
)


def state_wholes(lexed: LexedSentence, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the money that what was spent is a part of; what it is called, or a question."""
    for statement in statements:
        whole = _WHOLE.match(statement.stated)
        if statement.field != "disbursed" or statement.total is None or whole is None:
            continue
        planned = _PLANNED.match(lexed.text, statement.end) is not None
        asked = statement.status == "ask" or not planned
        yield replace(
            statement, field="allocated" if planned else "money", value=statement.total, total=None,
            mood="measured", qualifier="exact", start=statement.start + whole.end(),
            stated=statement.stated[whole.end() :], status="ask" if asked else "sure",
            why=statement.why or ("" if planned else "unclear_field"), candidates=(),
        )  # fmt: skip
