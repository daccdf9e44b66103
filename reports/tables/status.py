"""How far a project has come, as the words of its results say; nothing where they do not."""

from __future__ import annotations

import re
from typing import Final

from geo.text import fold_text
from reports.grammar.clauses import split_clauses

_SIGNS: Final = (
    ("inaugurated", re.compile(r"da khanh thanh|da dua vao (?:su dung|van hanh)")),
    ("started", re.compile(r"da khoi cong")),
    ("not_started", re.compile(r"chua co dat|chua khoi cong|chua trien khai")),
    ("under_construction", re.compile(r"^(?:\W*dang )thi cong xay dung")),
    (
        "preparing",
        re.compile(
            r"thu tuc|tham dinh|chu truong|chuan bi (?:dau tu|khoi cong|de trien khai)|quy hoach"
            r"|lap du an|lua chon|tham van|phuong an thiet ke|quy dat doi ung"
        ),
    ),
    (
        "under_construction",
        re.compile(r"thi cong|xay lap|dtxd|dt xd|giai ngan|dao, dap|khoan nhoi|lap dat"),
    ),
)


def find_status(text: str) -> tuple[str, str] | None:
    """Return (``reports.model.schema.STATUSES`` word, the clause that says so) or ``None``."""
    for status, sign in _SIGNS:
        for clause in split_clauses(text):
            if sign.search(fold_text(clause.text)):
                return status, clause.text
    return None
