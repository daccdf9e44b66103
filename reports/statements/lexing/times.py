"""Times in a sentence: days, months, quarters, years, ranges, with or without their year.

A day or month without a year takes that of the document and says so (``year_inferred``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.statements.lexing.parts.time_parts import (
    DAY,
    QUARTER_WORDS,
    TO_YEAR,
    YEAR,
    D,
    M,
    Q,
    TimeToken,
    is_time_spelt,
    write_day,
    write_month,
    write_quarter,
    write_year,
)  # fmt: skip
from reports.statements.lexing.parts.time_series import join_ranges, list_series, read_years
from reports.statements.lexing.phrases import load_grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TimeToken", "find_times"]

_Writer = Callable[[str, "re.Match[str]"], str]
_QY: Final = r"(?<!\w)qu[yi]\s"
_SHORT: Final = r"[1-4]\d"
_END: Final = r"(?![\w/]|[.,-]\d)"
_DAY_MONTH: Final = rf"(?P<day>{D})(?:\s?/\s?|\sthang\s|-)(?P<month>{M})"
_WEEKDAY: Final = r"(?:nay|qua|mai|thu \w+|chu nhat)"
_OF_MONTHS: Final = r"(?:\d{1,2}\sthang|nua)\s(?:dau\s|cuoi\s)?(?:cua\s)?"
_DATED: Final[tuple[tuple[re.Pattern[str], _Writer], ...]] = tuple(
    (re.compile(pattern), write)
    for pattern, write in (
        (rf"(?<![\w/.,])(?:ngay\s?)?{DAY}{TO_YEAR}(?![\w/])", write_day),
        (
            rf"(?<![\w/.,])(?:ngay\s)?(?P<day>{D})/(?P<month>{M})/(?P<year>{_SHORT}){_END}",
            write_day,
        ),
        (rf"{_QY}(?P<quarter>{Q}|{QUARTER_WORDS}){TO_YEAR}", write_quarter),
        (rf"{_QY}(?P<quarter>{Q})\s?/\s?(?P<year>{_SHORT}){_END}", write_quarter),
        (rf"(?<!\w)q\.?\s?(?P<quarter>{Q})\s?[/.-]\s?(?P<year>{YEAR}){_END}", write_quarter),
        (rf"(?<!\w)q\.?\s?(?P<quarter>{Q})/(?P<year>{_SHORT}){_END}", write_quarter),
        (
            rf"(?<!\w)(?:(?:dau|giua|cuoi)\s)?(?:het\s)?thang\s(?P<month>{M}){TO_YEAR}",
            write_month,
        ),
        (rf"(?<!\w)t\.?\s?(?P<month>{M})\s?[/.-]\s?(?P<year>{YEAR}){_END}", write_month),
    )
)
_NUMBERED: Final = re.compile(
    r"(?:so|thua|lo|quoc lo|ql|dtl?|duong|km|dieu|khoan|ty le|tl|ban do|to|ho|nha|phan khu)\s?$"
)
_SLASHED: Final = re.compile(
    rf"(?<![\w/.,])(?P<month>[0o]?[1-9]|1[0-2])\s?/\s?(?P<year>{YEAR})(?![\w/])"
)
_YEARS: Final = re.compile(
    rf"(?<!\w)(?:giai doan|thoi gian|tu nam|tu|nam|,|\()\s?(?:\w+\s){{0,3}}?"
    rf"(?P<first>{YEAR})\s?(?:-|–|—|den nam|den)\s?(?:nam\s)?(?P<last>{YEAR})(?![\w/])"
)
_ONLY_YEARS: Final = re.compile(
    rf"(?<![\w/.,-])(?P<first>{YEAR})\s?[-–—]\s?(?P<last>{YEAR})(?![\w/]|-\d)"
)
_YEAR_ALONE: Final = re.compile(
    rf"(?<!\w)(?:{_OF_MONTHS}nam|(?:(?:dau|giua|cuoi|het|trong)\s)?nam|tam nhin(?: den)?)\s?"
    rf"(?P<year>{YEAR})(?![\w/]|\s?[-–]\s?\d)"
)
_YEAR_BEHIND: Final = re.compile(
    rf"(?<!\w)(?:hoan thanh|khoi cong|khanh thanh|ket thuc|han)\s(?P<year>{YEAR})"
    r"(?![\w/]|[.,]\d|\s?[-–]\s?\d)"
)
_MORE_YEARS: Final = re.compile(
    rf"(?:,|\sva|\shoac)\s(?P<year>{YEAR})(?=$|[,;:.)](?!\d)|\s(?:va|cua|la|da|se|thi|hoac)\s)"
)
_YEARLESS: Final[tuple[tuple[re.Pattern[str], _Writer], ...]] = tuple(
    (re.compile(pattern), write)
    for pattern, write in (
        (
            rf"(?<!\w)(?<!moi\s)(?:ngay|hom|sang|chieu|toi|dem)\s(?:ngay\s)?{_DAY_MONTH}{_END}",
            write_day,
        ),
        (rf"(?<!\w){_WEEKDAY},?\s?(?P<token>\((?P<day>{D})/(?P<month>{M})\))", write_day),
        (
            rf"(?<!\w)(?:truoc|sau|den|toi|het|tu)\s(?P<token>(?P<day>{D})/(?P<month>{M})){_END}",
            write_day,
        ),
        (r"(?<!\w)qu[yi]\s(?P<quarter>i{1,3}|iv|[1-4])(?![\w/]|[.,]\d)", write_quarter),
        (r"(?<!\w)thang\s(?P<month>0?[1-9]|1[0-2])(?![\w/]|[.,]\d)", write_month),
        (r"(?<!\w)(?:(?:dau|giua|cuoi|het|trong)\s)?(?=nam\snay(?!\w))", write_year),
        (r"(?<!\w)(?:(?:dau|giua|cuoi|het|trong)\s)?(?=nam\s(?:sau|toi)(?!\w))", write_year),
    )
)
_RELATIVE: Final = re.compile(r",?\s?(?:cua\s)?nam\s(?P<which>nay|sau|toi)(?!\w)")
_DURATION: Final = re.compile(
    r"(?<![\w/.,])(?P<number>\d{1,3})\s(?P<unit>thang|nam)(?!\s?\d)(?!\w)"
)
_AS_OF: Final = re.compile(
    r"(?:(?:tinh|luy ke|so lieu)\s)?(?:den|toi)\s(?:(?:het|nay|cuoi|thoi diem|ngay)[\s,(]*)*$"
    r"|(?:tinh|luy ke)\s(?:den\s)?(?:tu\s)?$"
)
_PUT_OFF: Final = re.compile(
    r"(?:gia han|keo dai|lui|hoan(?! (?:thien|thanh|tat|chinh)\b)|dieu chinh|chuyen|thoi han|han)"
    r"[^,;.:]{0,30}(?:den|toi|sang)\s(?:het\s|cuoi\s|ngay\s)*$"
)
_BEFORE: Final = re.compile(
    r"(?:truoc|(?:cham|muon) nhat(?: la| vao| trong| den)*|khong (?:muon|cham) hon|khong qua"
    r"|han (?:chot|cuoi)(?: la)?|xong trong|chua qua)\s"
    r"(?:thoi diem\s|moc\s|ngay\s|het\s|cuoi\s|thang\s|nam\s|quy\s)*$"
)
_AFTER: Final = re.compile(r"(?:sau|ke tu)\s(?:ngay\s)?$")
_UNITS: Final = frozenset({"ha", "m", "km", "ty", "ti", "trieu", "dong", "nguoi", "phan"})


def find_times(text: str, year: str = "") -> tuple[TimeToken, ...]:
    """Return the times of a sentence in order, none inside another; ``year`` is the document's."""
    folded = fold_text(text)
    if len(folded) != len(text):
        return ()
    unmarked = text.isascii()
    taken: list[TimeToken] = []
    for token in _list_times(folded, year):
        words = text[token.start : token.end]
        if (unmarked or is_time_spelt(words)) and all(
            token.end <= other.start or token.start >= other.end for other in taken
        ):
            taken.append(token)
    taken.sort(key=lambda token: token.start)
    whole = join_ranges(folded, taken)
    return tuple(
        token if token.months else replace(token, role=_find_role(folded, token)) for token in whole
    )


def _list_times(folded: str, year: str) -> Iterator[TimeToken]:
    """Yield every reading, the more telling patterns first."""
    yield from list_series(folded)
    for pattern, write in _DATED:
        for match in pattern.finditer(folded):
            yield from _make(match, write(match["year"], match))
    yield from _list_spans(folded)
    for match in _SLASHED.finditer(folded):
        numbered = _NUMBERED.search(folded, max(0, match.start() - 12), match.start())
        if not numbered and match[0] != "1/2000":
            yield from _make(match, write_month(match["year"], match))
    yield from _list_years(folded)
    yield from _list_durations(folded)
    for pattern, write in _YEARLESS if year else ():
        for match in pattern.finditer(folded):
            yield from _make_yearless(folded, match, write, year)


def _list_spans(folded: str) -> Iterator[TimeToken]:
    for pattern in (_YEARS, _ONLY_YEARS):
        for match in pattern.finditer(folded):
            value = read_years(match["first"], match["last"])
            if value:
                yield TimeToken(value, match.start("first"), match.end())


def _list_years(folded: str) -> Iterator[TimeToken]:
    """Yield single years, and those that follow one after a comma or "và"."""
    for match in _YEAR_BEHIND.finditer(folded):
        yield TimeToken(write_year(match["year"], match), *match.span("year"))
    for match in _YEAR_ALONE.finditer(folded):
        yield from _make(match, write_year(match["year"], match))
        more = _MORE_YEARS.match(folded, match.end())
        while more:
            yield TimeToken(write_year(more["year"], more), more.start("year"), more.end())
            more = _MORE_YEARS.match(folded, more.end())


def _list_durations(folded: str) -> Iterator[TimeToken]:
    for match in _DURATION.finditer(folded):
        number = int(match["number"])
        months = number if match["unit"] == "thang" else 12 * number
        if number and not _is_of_months(folded, match):
            yield TimeToken("", match.start(), match.end(), months=months)


def _is_of_months(folded: str, match: re.Match[str]) -> bool:
    """Return True for "6 tháng đầu năm", "9 tháng năm 2025": a span of the year, no duration."""
    after = folded[match.end() : match.end() + 10]
    before = folded[max(0, match.start() - 8) : match.start()]
    return bool(re.match(r"\s(?:dau|cuoi|nam|qua)\b", after) or re.search(r"luy ke $", before))


def _make(match: re.Match[str], value: str) -> Iterator[TimeToken]:
    if value:
        yield TimeToken(value, match.start(), match.end())


def _make_yearless(
    folded: str, match: re.Match[str], write: _Writer, year: str
) -> Iterator[TimeToken]:
    """Yield a time in the document's year, or in the next one ("năm sau") where it says so."""
    relative = _RELATIVE.match(folded, match.end())
    end = relative.end() if relative else match.end()
    later = relative is not None and relative["which"] != "nay"
    value = write(str(int(year) + later), match)
    bare = "token" in match.re.groupindex
    if value and not (bare and _is_counted(folded, match.end())):
        start = match.start("token") if bare else match.start()
        yield TimeToken(value, start, end, year_inferred=True)


def _is_counted(folded: str, end: int) -> bool:
    """Return True if what follows "8/9" is what is counted ("đến 8/9 hộ")."""
    word = re.match(r"\s?([^\W\d_]+|%)", folded[end : end + 20])
    return word is not None and (word[1] in _UNITS or word[1] in _load_counted())


@cache
def _load_counted() -> frozenset[str]:
    counted: dict[str, list[str]] = load_grammar("units")["counted"]
    return frozenset(fold_text(noun).split()[0] for nouns in counted.values() for noun in nouns)


def _find_role(folded: str, token: TimeToken) -> str:
    before = folded[max(0, token.start - 40) : token.start]
    if _BEFORE.search(before):
        return "before"
    if _AFTER.search(before):
        return "after"
    return "as_of" if _AS_OF.search(before) and not _PUT_OFF.search(before) else ""
