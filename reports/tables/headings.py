"""What the headings of a table say: of its columns and, for groups, of funding and phase.

A column is known by its heading whatever the spelling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from geo.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.tables.stitched_table import StitchedRow

PROJECT_KEYS: Final = ("name", "investment", "location")
"""A table with these columns is one of projects."""

_LIKE: Final = 88
"""How alike (0 to 100) a heading and a known one must be: a scan's wrong letters pass."""

_HEADINGS: Final = (
    ("no", ("stt", "tt", "so tt")),
    ("investment", ("tong muc dau tu", "tong von dau tu", "von dau tu")),
    ("location", ("dia diem", "vi tri thuc hien", "dia ban")),
    ("forecast", ("kha nang hoan thanh muc tieu", "du bao kha nang hoan thanh")),
    ("request", ("kien nghi, de xuat", "kien nghi", "de xuat, kien nghi")),
    ("actual", ("ket qua thuc hien", "tom tat ket qua", "kho khan vuong mac")),
    ("planned", ("tien do thuc hien", "du kien den het", "muc tieu den het")),
    ("note", ("ghi chu",)),
    ("when", ("thoi han", "thoi gian thuc hien", "thoi gian thuc hien/hoan thanh")),
    ("lead", ("co quan chu tri", "don vi chu tri")),
    ("support", ("co quan phoi hop", "don vi phoi hop", "co quan, don vi phoi hop")),
    ("directs", ("co quan chi dao", "tham quyen")),
    ("product", ("ket qua/san pham", "san pham")),
    ("name", ("danh muc du an", "ten du an", "danh muc cong trinh", "du an", "nhiem vu cu the")),
    ("name", ("nhiem vu", "chi tieu", "cong trinh", "ten cong trinh, du an", "noi dung")),
    ("unit", ("don vi tinh", "don vi")),
)
_NUMBER_HEADINGS: Final = frozenset({"stt", "tt", "so tt"})
_OF_MONEY: Final = (
    (re.compile(r"trieu (dong|vnd)|tr\.? ?d"), 1.0),
    (re.compile(r"nghin ty"), 1_000_000.0),
    (re.compile(r"ty (dong|vnd)|\bty\b|\bti dong"), 1000.0),
    (re.compile(r"\bdong\b|\bvnd\b"), 0.000001),
)


def find_column_key(heading: str) -> str:
    """Return what a column is (``investment``, ``location`` …); '' for a heading not known."""
    words = " ".join(fold_text(heading).split())
    if not words:
        return ""
    best, score = "", 0.0
    for key, headings in _HEADINGS:
        for known in headings:
            if words == known:
                return key
            if known in _NUMBER_HEADINGS or len(words) < len(known) - 2:
                continue
            alike = fuzz.partial_ratio(known, words)
            if alike >= _LIKE and alike * (len(known) + 20) > score:
                best, score = key, alike * (len(known) + 20)
    return best


def find_column_keys(headings: Sequence[str]) -> tuple[str, ...]:
    """Return the key of each column; a key is given once, to the first column that has it."""
    keys: list[str] = []
    for heading in headings:
        key = find_column_key(heading)
        keys.append("" if key in keys else key)
    return tuple(keys)


def is_number_heading(text: str) -> bool:
    """Return True if a cell is the heading of the running number (STT, TT)."""
    return fold_text(text).strip(" .") in _NUMBER_HEADINGS


def read_money_unit(heading: str) -> float | None:
    """Return how many million VND one unit of a money column is; ``None`` where none is told."""
    words = fold_text(heading)
    return next((factor for sign, factor in _OF_MONEY if sign.search(words)), None)


_FUNDINGS: Final = (
    ("ngoai ngan sach", "non_budget"),
    ("doi tac cong tu", "ppp"),
    ("ngan sach thanh pho", "city_budget"),
    ("ngan sach trung uong", "state"),
    ("von nha nuoc", "state"),
)
_PHASES: Final = (
    ("khanh thanh nam", "inaugurate_2026"),
    ("khoi cong nam", "start_2026"),
    ("chuyen tiep", "ongoing"),
    ("dang trien khai", "ongoing"),
)


def find_phase(title: str) -> str:
    """Return the phase that a group heading names; '' where it names none."""
    words = fold_text(title)
    return next((phase for sign, phase in _PHASES if sign in words), "")


@dataclass
class TableGroup:
    """Where the reading of a table is: the group's mark, titles, and what they tell."""

    mark: str = ""
    title: str = ""
    funding: str = "unknown"
    phase: str = ""
    top: str = ""

    def enter_group(self, row: StitchedRow) -> None:
        """Go on into the group that a heading opens."""
        words = fold_text(row.title)
        self.mark, self.title = row.mark, row.title
        phase = find_phase(row.title)
        funding = next((funding for sign, funding in _FUNDINGS if sign in words), "")
        top = row.mark.split(".")[0]
        if phase or top != self.top:
            self.phase = phase
        self.funding = funding or (self.funding if top == self.top and not phase else "unknown")
        self.top = top
