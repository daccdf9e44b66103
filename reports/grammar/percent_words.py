"""What the words around a percentage make of it: done, left, late, planned, grown, a range.

A remainder, a delay, a growth or a plan is never work done. ``judge_percentage`` looks at the words
right before and right after the number, folded.
"""

from __future__ import annotations

import re
from typing import Final, Literal

PercentMood = Literal[
    "done",
    "left",
    "not_yet",
    "unmet",
    "late",
    "grown",
    "planned",
    "of_plan",
    "spent",
    "from",
    "before",
]
"""``left``: a remainder that is said to be not done; ``not_yet``: a remainder that may be either.
``unmet``: a mark that was not reached. ``from``: where something went from, the state follows.
``before``: the state of an earlier time. ``of_plan``: measured against a plan."""

NO_STATE: Final = frozenset({"late", "grown", "planned", "of_plan", "before"})
"""Moods that say nothing of how much is done: asked about where nothing else says it."""

_ABOUT: Final = (
    r"(?:\s*(?:khoang|gan|hon|tren|duoi|uoc|xap xi|toi|den|muc|la|chiem|ty le|them|duoc|dat"
    r"|[~≈><≥≤±]))*[\s:(~≈=,]*$"
)
_COMPARED: Final = (
    r"(?: (?:tien do|so voi|ke hoach|muc tieu|hop dong|yeu cau|chi tieu|de ra|dat ra|chung|du kien"
    r"|duoc duyet|phe duyet|duoc giao|da|quy|nam|[ivx]{1,4}|\d{1,4}))*"
)
_STILL: Final = (
    r"con lai|con thieu|con vuong(?: mac)?|con ton(?: dong)?|con phai \w+(?: \w+)?|con|phan con lai"
)
_LEFT: Final = re.compile(
    rf"\b(?:{_STILL}|chua (?:xong|ban giao|giai phong|gpmb|thuc hien|thi cong|nhan|boi thuong"
    r"|giai toa|thu hoi|hoan thanh|giai quyet|di doi|co mat bang)(?: mat bang| duoc| xong)*"
    r"|ton dong|vuong mac|vuong)"
    r"(?: (?:dien tich|khoi luong|mat bang|ty le|so ho))?" + _ABOUT
)
_NOT_DONE: Final = re.compile(
    r"\b(?:chua|khong)\b(?! (?:ke|tinh|gom|bao gom)\b)(?:(?!\b(?:moi|chi|da|nay|nhung)\b)[^,;])*$"
)
_UNMET: Final = re.compile(r"\b(?:chua|khong) (?:dat|den|toi|duoc|qua muc|vuot)" + _ABOUT)
_WHAT: Final = (
    r"(?:dien tich|khoi luong|mat bang|so ho(?: dan)?|ho dan|cong viec|phan|dat|con lai|nha|thua"
    r"|con|van|dang|hien|cua du an|du an|xay lap|thi cong|xay dung|gpmb|phai)"
)
_UNDONE: Final = re.compile(rf"[\s,)]*(?:{_WHAT} ){{0,4}}chua\b")
_OF_HOUSEHOLDS: Final = re.compile(r"[\s,)]*(?:so )?ho\b")
"""A share of the households left is not the share of the land left."""
_UNDONE_AFTER: Final = re.compile(
    rf"[\s)]*(?:{_WHAT} ){{0,4}}(?:chua|vuong|con lai)\b(?! (?:dat|dap ung|ke|bao gom|tinh))"
)
_LATE: Final = re.compile(
    r"\b(?:cham|thieu|hut|tre|thap hon|kem(?: hon)?|giam|sut(?: giam)?|am|it hon)(?: hon)?"
    + _COMPARED
    + _ABOUT
)
_GROWN: Final = re.compile(
    r"\b(?:tang(?: truong)?|them|nang them|cao hon|nhieu hon|nhanh hon|vuot(?: (?:muc|hon|tren))?)"
    + _COMPARED
    + _ABOUT
)
_REACHED: Final = (
    r"da|hien|thuc hien|thuc te|ket qua|moi|den nay|luy ke|nhung|th\b|toi nay|chi dat|thuc dat"
)
_PLAN_WORDS: Final = (
    r"ke hoach|muc tieu|phan dau|du kien|phai (?:dat|hoan thanh)|can (?:dat|phai)|chi tieu"
    r"|yeu cau|dat ra|de ra|se\b|kh\b|quyet tam|dam bao|bao dam|theo hop dong"
)
_PLANNED: Final = re.compile(
    rf"\b(?:{_PLAN_WORDS})(?:(?!\b(?:{_REACHED}|ban giao)\b)[^,;()])*[\s(]*$"
)
_PLANNED_AHEAD: Final = re.compile(
    rf"^\W*(?:theo |den |nham |va )?(?:phan dau|du kien|muc tieu|ke hoach|yeu cau)"
    rf"(?:(?!\b(?:{_REACHED})\b)[^;()])*[\s(]*$"
)
_OF_PLAN: Final = re.compile(
    r"[\s)]*(?:so voi |cua |so |voi |khoi luong )*(?:ke hoach|muc tieu|chi tieu|kh\b|du toan)"
)
_SPENT: Final = re.compile(r"\b(?:giai ngan|thanh toan|bo tri von|cap von|tam ung|nghiem thu)\b")
_FROM: Final = re.compile(r"\btu(?: muc)?" + _ABOUT)
_GOES: Final = re.compile(
    r"[\s,]*(?:\([^()]*\)\s*)?(?:(?:trong |cua |o )?(?:quy|thang|nam|ky)(?: \w+){0,2} )?"
    r"(?:(?:giam|tang|nang|ha|dieu chinh) )?(?:xuong|len|con|ve|thanh|->|→|=>)"
    r"(?: con| den| toi| khoang| muc| thanh)*\s*[~≈]?\s*\d"
)
_WENT: Final = re.compile(r"\b(?:(?:xuong|giam|ha|tut) con|xuong|len|ve|giam xuong)" + _ABOUT)
_BEFORE: Final = re.compile(
    r"\b(?:(?:quy|ky|thang|nam|tuan|lan|bao cao|dot) truoc|cung ky|truoc do|truoc day|dau (?:nam|ky"
    r"|quy))(?: \w+){0,2}" + _ABOUT + r"|\bso voi(?: muc| so)?" + _ABOUT
)
_TIME_GONE: Final = re.compile(r"\bthoi gian (?:thuc hien|thi cong|hop dong|da|con|du an)\b[^,;]*$")
_BEFORE_AFTER: Final = re.compile(
    r"[\s)]*(?:cua |o |tai |vao )?(?:(?:quy|ky|thang|nam|tuan) truoc|cung ky)"
)


def judge_percentage(  # noqa: C901, PLR0911 - one question after the other
    left: str, right: str, *, planned: bool = False, more: bool = False
) -> PercentMood:
    """Return what a percentage is; ``planned``: it stands in a column of plans.

    ``left`` and ``right`` are the folded words from the percentage before, and to the next one;
    ``more``: there is a next one.
    """
    goes = _GOES.match(right + ("0" if more else ""))
    if goes and (_FROM.search(left) or re.search(r"[>→]", goes[0])):
        return "from"
    near = re.split(r"[,;](?!\d)", left.rstrip(" ,;(:"))[-1]
    if _WENT.search(left):
        return "done"
    if _LATE.search(left):
        return "late"
    if _GROWN.search(left):
        return "grown"
    if not planned and (_PLANNED.search(left) or _PLANNED_AHEAD.search(left)):
        return "planned"
    if _LEFT.search(left):
        surely = _UNDONE.match(right) and not _OF_HOUSEHOLDS.match(right) and "chua" not in near
        return "left" if surely else "not_yet"
    if _UNMET.search(left):
        return "unmet"
    if _BEFORE.search(left) or _TIME_GONE.search(left) or _BEFORE_AFTER.match(right):
        return "before"
    if _NOT_DONE.search(near):
        return "not_yet"
    if _UNDONE_AFTER.match(right) and not re.search(r"\b(?:dat|duoc|xong)\W*$", left):
        return "not_yet"
    if not planned and _is_of_plan(right, more=more):
        return "of_plan"
    if _SPENT.search(near):
        return "spent"
    return "done"


def _is_of_plan(right: str, *, more: bool) -> bool:
    """Return True for "85% kế hoạch"; in "45% so với kế hoạch 60%" the plan has its own number."""
    match = _OF_PLAN.match(right)
    return bool(match) and not (more and not re.search(r"[,;()]", right[match.end() :]))  # type: ignore[union-attr]
