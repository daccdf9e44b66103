"""What a line of a table is: a row of its own, a group, a total, a part, or more of a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from geo.text import fold_text, normalise_spelling
from reports.tables.grid.header_rows import are_alike, is_column_numbers, position_cells
from reports.tables.grid.stitched_table import NUMBER_MARK, STATED_COUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.document import TableCell, TableRow
    from reports.tables.grid.stitched_table import StitchedTable

LineKind = Literal[
    "row", "section", "total", "part", "detail", "more", "blank", "header", "note", "unattached"
]
"""``part``: of the item above, with figures of its own; ``detail``: a line about the item;
``note``: signatures and remarks below the rows."""

_LONGEST_MARK: Final = 8
_ROMAN: Final = re.compile(r"[ivxl|1]{1,5}(?:\s?\.\s?[\dil|]{1,2})*\s?\.?")
_BULLET: Final = re.compile(r"[-+*•–]")
_LETTER: Final = re.compile(r"[a-hđ]")
_ARABIC_PART: Final = re.compile(r"(\d{1,3})(?:\.\d{1,2}){1,3}\.?")
_SUB_MARK: Final = re.compile(r"[a-zđ]\s?[.)/]|[-+*•–]")
_TOTAL: Final = re.compile(
    r"(?:tổng (?:số|cộng|hợp|các|toàn|vốn|giá trị|mức đầu tư)\b|tổng\s*(?:[:(]|$)|tổng [ivx]+\b"
    r"|cộng\s*(?:[:(.]|$)|cộng (?:mục|nhóm|phần|dồn|chung|bảng|trang|biểu|[ivx]+|[a-z])\b"
    r"|tổng [a-zđ](?=\W*[+&,]|\s*$)|(?:lũy|luỹ) kế\b|trong đó\b|(?:bình quân|trung bình)\b"
    r"|toàn (?:bộ|ngành|quốc|vùng|tỉnh|(?:thành )?phố|huyện|quận|đơn vị)\s*(?:[:(]|$))"
)
_TOTAL_WITHOUT_TONES: Final = re.compile(r"(?:tong so|tong cong|tong)\b")
_PART_NAME: Final = re.compile(
    r"(?:du an thanh phan|hop phan|tieu du an|goi thau|hang muc|phan doan|doan tuyen)\b"
)
_SIGNATURE: Final = re.compile(
    r"\W*(?:người lập|thủ trưởng|kế toán|(?:phó )?giám đốc|(?:phó )?chủ tịch|lãnh đạo|trưởng phòng"
    r"|nơi nhận|ký tên|\(ký|t[./]?m\b|k[./]?t\b|t[./]?l\b|tuq\b|đại diện)"
)
_UNIT_WORD: Final = re.compile(
    r"(?<![^\W\d_])(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|đ|vnđ|vnd|usd|ha|km|m[23]?)(?![^\W\d_])"
)
_DATED: Final = re.compile(r".{0,40}, ngày .{0,12} tháng .{0,12} năm")
_REMARK: Final = re.compile(r"\W*(?:ghi chú|chú thích|nguồn(?: số liệu)?)\s*:")
_UNFINISHED: Final = re.compile(
    r"(?:[,;:(/+–-]|\b(?:và|của|từ|đến|tại|thuộc|trên|qua|cho|với|là))$"
)
_DETAIL: Final = re.compile(
    r"\(?(?:chu dau tu|nha dau tu|dai dien chu dau tu|don vi (?:thi cong|tu van|quan ly)"
    r"|nha thau|quy mo|dien tich|dia diem|tmdt|tong muc dau tu|nguon von|thoi gian|quyet dinh"
    r"|ghi chu)[^:]{0,30}:.*",
    re.DOTALL,
)


def classify_line(  # noqa: PLR0911
    table: StitchedTable, line: TableRow, texts: Mapping[int, TableCell], *, first: bool
) -> tuple[LineKind, str]:
    """Return what a line is, and its mark (number or group) where it has one.

    ``first``: it begins a part of the table, such as a page, and may go on with the row before.
    """
    if not texts:
        return "blank", ""
    if not table.columns:
        return "unattached", ""
    if is_column_numbers(line) or _repeats_header(table, texts):
        return "header", ""
    mark_at, name_at = table.mark_column, table.name_column
    mark = texts[mark_at].text.strip() if mark_at is not None and mark_at in texts else ""
    name = texts[name_at].text if name_at in texts else ""
    others = set(texts) - {mark_at, name_at}
    if _is_total(table, mark, name, others, texts):
        return "total", ""
    if _is_note(table, mark, texts):
        return "note", ""
    if not mark:
        return _classify_unmarked(table, line, texts, first=first), ""
    if len(texts) == 1 and len(mark) >= _LONGEST_MARK and not NUMBER_MARK.fullmatch(mark):
        return "section", ""
    return _classify_marked(table, mark, name, texts)


def _repeats_header(table: StitchedTable, texts: Mapping[int, TableCell]) -> bool:
    words = " ".join(fold_text(cell.text) for cell in texts.values())
    return any(are_alike(words, pattern) for pattern in table.header_pattern)


def _is_total(
    table: StitchedTable, mark: str, name: str, others: set[int], texts: Mapping[int, TableCell]
) -> bool:
    """Return True for a line of sums; it has no number and no place of its own."""
    words = normalise_spelling(name or mark).lower().strip(" *")
    located = table.column("location")
    if NUMBER_MARK.fullmatch(mark) or (located in texts and located != table.name_column):
        return False
    alone = not others or all(_is_figure(texts[column].text) for column in others)
    if _TOTAL.match(words):
        return alone
    return not others and bool(_TOTAL_WITHOUT_TONES.match(fold_text(words)))


def _is_figure(text: str) -> bool:
    return not any(letter.isalpha() for letter in _UNIT_WORD.sub("", text.lower()))


def _is_note(table: StitchedTable, mark: str, texts: Mapping[int, TableCell]) -> bool:
    """Return True for signatures, dates of signing and remarks below the rows of a table."""
    if not any(row.kind == "row" for row in table.rows) or NUMBER_MARK.fullmatch(mark):
        return False
    words = [cell.text.strip() for cell in texts.values()]
    if _REMARK.match(words[0].lower()):
        return len(words) == 1
    if table.notes and not mark:
        return True
    signed = any(_SIGNATURE.match(text.lower()) and text[:4].isupper() for text in words)
    dated = any(_DATED.match(text.lower()) for text in words)
    return (signed or dated) and len(words) <= 3 and not any(map(_is_figure, words))  # noqa: PLR2004


def _classify_unmarked(  # noqa: PLR0911
    table: StitchedTable, line: TableRow, texts: Mapping[int, TableCell], *, first: bool
) -> LineKind:
    name_at = table.name_column
    others = set(texts) - {table.mark_column, name_at}
    last = table.rows[-1] if table.rows else None
    if _continues_merged(table, line):
        return "more"
    if table.mark_column is None:
        if name_at in texts:
            return "row" if others else "section"
        return "more"
    name = fold_text(texts[name_at].text).strip() if name_at in texts else ""
    if last is not None and last.kind == "row" and name:
        if first and texts[name_at].text.lstrip()[:1].islower():
            return "more"  # the name goes on over the page, and so does the rest
        if others and names_part(name):
            return "part"
        if not others and (is_detail(name) or not (first or _goes_on(table, texts))):
            return "detail"
    if last is None and name and not others:
        return "section"
    starts = last is not None and last.kind != "row" and name and others
    if starts or (last is None and name) or _is_new_row(table, texts):
        return "row"
    return "more"


def _goes_on(table: StitchedTable, texts: Mapping[int, TableCell]) -> bool:
    """Return True if the words in the name's column go on with the name above."""
    begin = texts[table.name_column].text.lstrip()
    before = table.rows[-1].cell(table.name_column).text.rstrip()
    return not begin[:1].isupper() or not before or bool(_UNFINISHED.search(before.lower()))


def _continues_merged(table: StitchedTable, line: TableRow) -> bool:
    """Return True if the running number above reaches down into this line: it is one row."""
    if not table.rows or table.rows[-1].kind != "row" or table.mark_column is None:
        return False
    return any(cell.merged for column, cell in position_cells(line) if column == table.mark_column)


def _is_new_row(table: StitchedTable, texts: Mapping[int, TableCell]) -> bool:
    """Return True if a line without a number is a project whose number was lost."""
    needed = [table.column(key) for key in ("name", "investment", "location")]
    return None not in needed and all(column in texts for column in needed if column is not None)


def _classify_marked(  # noqa: PLR0911
    table: StitchedTable, mark: str, name: str, texts: Mapping[int, TableCell]
) -> tuple[LineKind, str]:
    folded = fold_text(name)
    others = set(texts) - {table.mark_column, table.name_column}
    investment = table.column("investment")
    numbered = bool(NUMBER_MARK.fullmatch(mark))
    dotted = _ARABIC_PART.fullmatch(mark)
    letters = fold_text(mark).strip(" .)")
    group = bool(_ROMAN.fullmatch(fold_text(mark)) or dotted or _LETTER.fullmatch(letters))
    only_sums = others <= {investment} or all(_is_figure(texts[c].text) for c in others)
    heading = numbered and (STATED_COUNT.search(folded) or investment is None)
    if _is_part(table, mark, dotted, others, name):
        return "part", mark
    if not others and name and (group or (heading and not mark.startswith("("))):
        return "section", mark if numbered else _clean_mark(mark)
    if name and group and not numbered and only_sums and not dotted:
        return "section", _clean_mark(mark)
    if numbered:
        return "row", mark
    if name and not others and _BULLET.fullmatch(mark):
        below = bool(table.rows) and table.rows[-1].kind == "row" and mark != "*"
        return ("detail" if below else "section"), ""
    if not others and not name:
        return ("section", "") if len(mark) >= _LONGEST_MARK else ("unattached", "")
    too_long = investment is not None and len(mark) > _LONGEST_MARK
    return ("unattached", "") if too_long else ("row", mark)


def names_part(name: str) -> bool:
    """Return True if a name is that of a part: "Gói thầu số 2", "Dự án thành phần 1"."""
    return bool(_PART_NAME.match(fold_text(name).strip()))


def is_detail(text: str) -> bool:
    """Return True for a line about an item, such as "(Chủ đầu tư: …)"."""
    return bool(_DETAIL.fullmatch(fold_text(text).strip()))


def _is_part(
    table: StitchedTable, mark: str, dotted: re.Match[str] | None, others: set[int], name: str
) -> bool:
    """Return True for a part of the item above: 1.1 below 1, a) or a dash, with its figures."""
    last = table.rows[-1] if table.rows else None
    if last is None or last.kind != "row" or not (others or name):
        return False
    if dotted:
        return bool(others) and last.number is not None and int(dotted[1]) == last.number
    return bool(_SUB_MARK.fullmatch(mark)) and bool(others) and not _SUB_MARK.fullmatch(last.mark)


def _clean_mark(mark: str) -> str:
    head, *parts = [part.strip() for part in mark.rstrip(". )").split(".")]
    folded = fold_text(head)
    roman = head.upper() if _LETTER.fullmatch(folded) else re.sub(r"[L|1]", "I", folded.upper())
    return ".".join([roman, *(re.sub(r"[l|I]", "1", part) for part in parts)])
