"""What the words around a percentage make of it: done, left, late, planned, grown, a range.

A remainder, a delay, a growth or a plan is never work done. ``judge_percentage`` looks at the words
right before and right after the number, folded.
"""

from __future__ import annotations

import re
from typing import Final, Literal

PercentMood = Literal[
    "done", "left", "not_yet", "late", "grown", "planned", "of_plan", "spent", "from"
]
"""``left``: a remainder that is said to be not done; ``not_yet``: a remainder that may be either.
``from``: where something went from, the state follows. ``of_plan``: measured against a plan."""

_ABOUT: Final = r"(?:\s*(?:khoang|gan|hon|tren|duoi|uoc|xap xi|toi|den|muc|~|>|<|≥|≤))*[\s:(~,]*$"
_LEFT: Final = re.compile(
    r"\b(?:con|con lai|con thieu|con vuong|con ton|chua (?:xong|dat))" + _ABOUT
)
_UNDONE: Final = re.compile(
    r"[\s,)]*(?:dien tich |khoi luong |mat bang |so ho |cong viec )?(?:con )?chua\b"
    r"|[\s,)]*(?:dien tich|khoi luong|mat bang) chua\b"
)
_LATE: Final = re.compile(
    r"\b(?:cham|thieu|hut|tre|thap hon|kem|giam|sut)"
    r"(?: (?:tien do|so voi (?:ke hoach|tien do|muc tieu)|ke hoach|so voi|la))*" + _ABOUT
)
_GROWN: Final = re.compile(r"\b(?:tang|tang them|tang truong|nang them|cao hon)" + _ABOUT)
_OVER: Final = re.compile(r"\bvuot(?: (?:ke hoach|tien do|muc tieu|muc))*" + _ABOUT)
_PLANNED: Final = re.compile(
    r"\b(?:ke hoach|muc tieu|phan dau|du kien|phai dat|can dat|chi tieu|yeu cau|dat ra|se dat|giao"
    r"|kh)"
    r"(?:\s+(?!da\b|hien\b|thuc\b|ket\b|moi\b)[\w/]+){0,5}" + _ABOUT
)
_OF_PLAN: Final = re.compile(
    r"[\s)]*(?:so voi |cua |khoi luong )?(?:ke hoach|muc tieu|chi tieu|kh\b|du toan|ke hoach von)"
)
_SPENT: Final = re.compile(r"\b(?:giai ngan|thanh toan|bo tri von|cap von)\b")
_FROM: Final = re.compile(r"\btu" + _ABOUT)
_GOES: Final = re.compile(
    r"\s*(?:xuong|len|con|->|→)(?: con| den| toi| khoang| muc| thanh)*\s*~?\s*\d"
)


def judge_percentage(  # noqa: PLR0911
    left: str, right: str, *, planned: bool = False
) -> PercentMood:
    """Return what a percentage is; ``planned``: it stands in a column of plans.

    ``left`` and ``right`` are the folded words from the percentage before, and to the next one.
    """
    if _FROM.search(left) and _GOES.match(right + "0"):
        return "from"
    if _LEFT.search(left):
        return "left" if _UNDONE.match(right) else "not_yet"
    if _LATE.search(left):
        return "late"
    if _GROWN.search(left) or _OVER.search(left):
        return "grown"
    if not planned and _PLANNED.search(left):
        return "planned"
    if not planned and _OF_PLAN.match(right):
        return "of_plan"
    if _SPENT.search(left[-60:]) and "thi cong" not in left[-60:]:
        return "spent"
    return "done"
