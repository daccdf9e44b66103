"""The columns of a table: what each holds, and which one counts where several hold the same.

Two columns of one meaning (two amounts, last quarter's results and this quarter's) are decided by
the words of their headings: the period, "điều chỉnh", "tổng số", "lũy kế". Where these decide
nothing, no column is taken and all are asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from reports.grammar.columns.meanings import find_meaning
from reports.tables.grid.headings import (
    ColumnTopic,
    find_column_key,
    find_topic,
    fold_heading,
    read_money_unit,
    states_percent,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.extraction import ColumnChoice

State = Literal["taken", "passed_over", "competing", "unknown"]
"""``passed_over``: of this meaning, but another column says it better; ``competing``: open."""

_OF_PROJECTS: Final = frozenset({"name", "investment", "location", "note"})
"""Meanings that the reader of project tables has by these names."""
_PROGRESS: Final = frozenset({"planned", "actual"})
_TOPICAL: Final = frozenset({"planned", "actual", "obstacles"})
_SHARED: Final = frozenset({"location", "request", "note", "obstacles", "no"})
"""Several columns of these are read together, one after the other."""
_YEAR: Final = re.compile(r"\b(20\d\d)\b")
_QUARTER: Final = re.compile(r"\b(?:quy|q) ?(iv|iii|ii|i|[1-4])\b")
_HALF: Final = re.compile(r"\b6 thang (dau|cuoi)|\b(6|9) thang\b")
_MONTH: Final = re.compile(r"\bthang (0?[1-9]|1[0-2])\b|\b30/(0?\d|1[0-2])\b|\b31/(0?\d|1[0-2])\b")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_THIS: Final = re.compile(r"\b(?:ky|quy|thang|tuan) (?:nay|bao cao)\b|\bhien (?:nay|tai)\b")
_BEFORE: Final = re.compile(r"\b(?:ky|quy|thang|tuan|nam) truoc\b|\bcung ky\b")
_ADJUSTED: Final = re.compile(
    r"\b(?:dieu chinh|moi nhat|hien (?:nay|tai|hanh)|cap nhat|lan cuoi|sau cung|lan [2-9])\b"
)
_FIRST: Final = re.compile(
    r"\b(?:ban dau|lan dau|lan (?:1|thu nhat)|da duyet|phe duyet|duoc duyet|cu|chu truong"
    r"|truoc dieu chinh|goc)\b"
)
_TOTAL: Final = re.compile(r"\b(?:tong (?:so|cong)|toan bo|tat ca)\b")
_PART: Final = re.compile(
    r"\b(?:trong do|ngan sach|nsnn|nstp|nstw|nsdp|nsx|von vay|oda|von khac|doi ung|thiet bi"
    r"|chi phi|du phong|gpmb|boi thuong|xay lap|chia ra)\b"
)
_TO_DATE: Final = re.compile(r"\b(?:luy ke|cong don|den (?:nay|het|ngay|thoi diem)|tu dau)\b")
_IN_PERIOD: Final = re.compile(r"\btrong (?:ky|quy|thang)\b|\bphat sinh\b")


@dataclass(frozen=True)
class Column:
    """A column (from 0): its heading, what it holds, its part of the works, its unit.

    ``unit`` is how many million VND one unit is, for money; ``percent`` that bare numbers are
    percentages. ``rank`` orders columns of one meaning, the best first.
    """

    index: int
    heading: str
    key: str = ""
    topic: ColumnTopic = ""
    unit: float | None = None
    percent: bool = False
    state: State = "unknown"
    rank: int = 0
    meaning: str = ""
    """What a person said that it is, where no project table has such a column: a key of
    ``grammar.columns.meanings``; ``ignore`` for a column that is not wanted."""
    unit_name: str = ""
    """The unit that a person said."""


def describe_columns(
    headings: Sequence[str], period: str = "", choices: Sequence[ColumnChoice] = ()
) -> tuple[Column, ...]:
    """Return the columns of a table by their headings.

    ``period`` is the document's (``2026-Q2``), ``choices`` what a person said of headings before.
    """
    columns = [_describe_column(index, heading) for index, heading in enumerate(headings)]
    columns = _settle_progress(columns)
    chosen = {fold_heading(choice.heading): choice for choice in choices}
    given = {
        column.index: chosen[fold_heading(column.heading)]
        for column in columns
        if fold_heading(column.heading) in chosen
    }
    columns = [
        _apply_choice(column, given[column.index]) if column.index in given else column
        for column in columns
    ]
    groups: defaultdict[tuple[str, str], list[Column]] = defaultdict(list)
    for column in columns:
        if column.key:
            groups[column.key, column.topic].append(column)
    decided: dict[int, Column] = {}
    for (key, _), members in groups.items():
        named = [column for column in members if column.index in given]
        for column in _decide(key, named or members, period):
            decided[column.index] = column
        for column in members:
            decided.setdefault(column.index, replace(column, state="passed_over"))
    return tuple(decided.get(column.index, column) for column in columns)


def _describe_column(index: int, heading: str) -> Column:
    key = find_column_key(heading)
    progress = key in _PROGRESS or key == "progress"
    topic = find_topic(heading) if progress or key == "obstacles" else ""
    unit = read_money_unit(heading) if key == "investment" else None
    percent = progress and states_percent(heading)
    return Column(index, heading, key, topic, unit, percent)


def _settle_progress(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with ``progress`` settled: planned where results stand beside it."""
    done = any(column.key == "actual" for column in columns)
    planned = any(column.key == "planned" for column in columns)
    topics = {column.topic for column in columns if column.key == "actual"}
    settled: list[Column] = []
    for column in columns:
        if column.key != "progress":
            settled.append(column)
            continue
        beside = column.topic in topics or (done and not column.topic and not column.percent)
        key = "planned" if beside and not planned else "actual"
        settled.append(replace(column, key=key))
    return settled


def _apply_choice(column: Column, choice: ColumnChoice) -> Column:
    """Return the column as a person said."""
    if choice.key not in _OF_PROJECTS and find_meaning(choice.key):
        meaning = choice.key
        return replace(column, key="", state="unknown", meaning=meaning, unit_name=choice.unit)
    key, _, share = choice.key.partition("_")
    unit = read_money_unit(choice.unit) if choice.unit else column.unit
    percent = choice.unit == "%" or bool(share) or column.percent
    if key in {"ignore", ""}:
        return replace(column, key="", state="passed_over", meaning="ignore")
    topic = share or (column.topic if key in _TOPICAL else "")
    said = replace(
        column, key=key, unit=unit, percent=percent, unit_name=choice.unit, meaning=choice.key
    )
    return replace(said, topic=topic)  # type: ignore[arg-type]


def _decide(key: str, columns: Sequence[Column], period: str) -> list[Column]:
    """Return columns of one meaning with the state that the words of their headings give."""
    if len(columns) == 1 or key in _SHARED:
        older = re.compile(r"\bcu\b|\btruoc (?:sap nhap|day)\b")
        newer = [c for c in columns if not older.search(fold_heading(c.heading))]
        kept = columns if key != "location" or not newer else newer
        return [replace(column, state="taken") for column in kept]
    if key in {"owner", "group", "unit", "when", "lead", "support", "name"}:
        return [replace(columns[0], state="taken")]
    ranked = _rank_money(columns) if key == "investment" else _rank_periods(columns, period)
    best = max(column.rank for column in ranked)
    first = [column for column in ranked if column.rank == best]
    if len(first) > 1:
        return [replace(column, state="competing") for column in first]
    if key != "investment":
        return [replace(first[0], state="taken")]
    # An amount that was never adjusted stands in the column of the first approval alone.
    backup = [column for column in ranked if 0 <= column.rank < best]
    second = max((column.rank for column in backup), default=-1)
    last = [column for column in backup if column.rank == second]
    return [
        replace(column, state="taken") for column in (*first, *(last if len(last) == 1 else ()))
    ]


def _rank_money(columns: Sequence[Column]) -> list[Column]:
    ranked: list[Column] = []
    for column in columns:
        words = fold_heading(column.heading)
        rank = 1
        if _TOTAL.search(words):
            rank = 2
        if _PART.search(words) and not _TOTAL.search(words):
            rank = -1
        elif re.search(r"\btruoc (?:khi )?dieu chinh\b", words):
            rank = 0
        elif _ADJUSTED.search(words):
            rank += 2
        elif _FIRST.search(words):
            rank -= 1
        ranked.append(replace(column, rank=rank))
    return ranked


def _rank_periods(columns: Sequence[Column], period: str) -> list[Column]:
    """Return the columns ranked: this period's first, the sum to date before the period's own."""
    periods = [find_heading_period(column.heading) for column in columns]
    stated = [p for p in periods if p]
    latest = max(stated, default=(0, 0, 0))
    wanted = next((p for p in stated if _matches(p, period)), latest)
    ranked: list[Column] = []
    for column, own in zip(columns, periods, strict=True):
        words = fold_heading(column.heading)
        rank = 0
        if own:
            rank = 4 if own == wanted else -4
        if _THIS.search(words):
            rank += 3
        if _BEFORE.search(words):
            rank -= 3
        if _TO_DATE.search(words):
            rank += 1
        if _IN_PERIOD.search(words):
            rank -= 1
        ranked.append(replace(column, rank=rank))
    return ranked


def find_heading_period(heading: str) -> tuple[int, int, int] | None:
    """Return (year or 0, months to its end, months that it spans) of a period; ``None``: none."""
    words = fold_heading(heading)
    year = int(years[-1]) if (years := _YEAR.findall(words)) else 0
    quarter = _QUARTER.findall(words)
    if quarter:
        return year, 3 * _ROMAN[quarter[-1]], 3
    half = _HALF.search(words)
    if half:
        return year, {"dau": 6, "cuoi": 12}.get(half[1] or "", int(half[2] or 12)), 6
    month = _MONTH.search(words)
    if month:
        return year, int(month[1] or month[2] or month[3]), 1
    return (year, 12, 12) if year else None


def _matches(own: tuple[int, int, int], period: str) -> bool:
    year, _, part = period.partition("-")
    if own[0] and year and own[0] != int(year):
        return False
    if part.startswith("Q"):
        return own[1:] == (3 * int(part[1]), 3)
    if part.startswith("H"):
        return own[1] == 6 * int(part[1]) and own[2] == 6  # noqa: PLR2004
    return own[1] == int(part) if part.isdigit() else False
