"""Cells and sentences cut into clauses, each with the part of the works that it stands under."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = (
    "Đang|Đã|Thi công|Khởi công|Tổng|Hoàn thành|Hoàn thiện|Triển khai|Lũy kế|Tiến độ|Số|Các|GPMB"
    "|Công tác|Đào|Đắp|Đề nghị|UBND|Sở|Ban"
)
_CUT: Final = re.compile(
    r"\s*(?:;|\n|(?<=[\w)%½])\.(?=\s+[A-ZÀ-ỸĐ*+\-])|\.\s*$"
    r"|(?<=[.;:])\s+(?=[-+*•]\s?\S)|\s(?=\*\s?Phần\b)"
    rf"|\s(?=[-+]\s(?:{_VERBS})\b))\s*"
)
"""List items that a scan put on one line are known by their signs and the words they begin with."""
_LONGEST: Final = 4000
"""Characters of a clause that are read: more is no clause, and time stays bounded."""
_GAP: Final = re.compile(r"\s{20,}")
"""Blanks that only fill a line: they would take time that grows with their square."""
_BULLET: Final = re.compile(r"^[-+*•–\s]+")
_PART: Final = re.compile(r"^[-+*•–\s]*(phan [a-z0-9 ]{2,40}|hang muc [a-z0-9 ]{2,40}):\s*")


def split_clauses(text: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses of a text: parted by lines, semicolons and full stops, without bullets.

    Each comes with the part of the works that it stands under ("Phần cầu"), '' without one.
    """
    part = ""
    text = _GAP.sub(lambda gap: "\n" if "\n" in gap[0] else " ", text)
    for piece in _CUT.split(text):
        match = _PART.match(fold_text(piece))
        if match:
            part = piece[match.start(1) : match.end(1)].strip()
            piece = piece[match.end() :]  # noqa: PLW2901
        plain = _BULLET.sub("", piece).strip()
        if plain:
            yield plain[:_LONGEST], part
