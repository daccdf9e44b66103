"""Numbers in a sentence: in digits, in words, with the slips of scans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.grammar.numbers import SPACED, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS: Final = (
    r"\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,6})?|\d{1,3}(?:,\d{3}){1,4}\.\d{1,6}"
    r"|\d{1,3}(?:,\d{3}){2,4}"
)
_SIZED: Final = r"(?=\s?(?:ha|m2|m²|km|%))"
_DIGITS: Final = re.compile(
    rf"(?<![\w.,])(?:(?P<spaced>{SPACED})|(?P<grouped>{_GROUPS})"
    rf"|(?P<parted>\d{{1,6}}(?:\s,\d{{1,4}}|,\s\d{{1,4}}{_SIZED}))"
    rf"|(?P<broken>\d{{1,2}}\s\d{{1,3}},\d{{1,4}}{_SIZED})"
    r"|(?P<plain>\d{1,15}(?:[.,]\d{1,6})?))(?![\d]|[.,]\d)"
)
_SLIPPED: Final = re.compile(
    r"(?<![\w.,])(?=[\dlIO]*\d)(?=\d*[lIO])[\dlIO]{2,6}(?:[.,]\d{1,4})?"
    r"(?=\s?(?:ha|m2|m²|km|%|hộ)(?!\w))"
)
_SLIPS: Final = str.maketrans("lIO", "110")
_NUMBERED: Final = re.compile(
    r"(?:giai doan|thu|so|goi(?: thau)?|khu|dot|lan|to|thon|phuong|quan|quoc lo|ql|dt|km|dieu|khoan"
    r"|muc|nhom|phu luc|bieu|vanh dai|cau|lo|quy|thang|nam|ngay) ?$"
)
_REACH: Final = 16
_SPELT: Final = {
    "một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín",
    "mười", "mươi", "trăm", "linh", "lẻ", "nghìn", "ngàn",
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST_WORDS: Final = 9


@dataclass(frozen=True)
class NumberToken:
    """A number where it stands, with what it may be; more than one value where it is unclear.

    ``worded`` is True for a number in words, ``slipped`` where letters stand for digits.
    """

    start: int
    end: int
    values: tuple[float, ...]
    raw: str
    worded: bool = False
    slipped: bool = False


def find_numbers(text: str, folded: str) -> Iterator[NumberToken]:
    """Yield the numbers of a text, left to right."""
    tokens = [*_list_digits(text, folded), *_list_slipped(text), *_list_worded(text)]
    reach = 0
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if token.start >= reach:
            yield token
            reach = token.end


def _list_digits(text: str, folded: str) -> Iterator[NumberToken]:
    position = 0
    while match := _DIGITS.search(folded, position):
        start, position = match.span()
        first = match[0].split()[0].rstrip(",")
        if len(first) < len(match[0]) and is_numbered(folded, start):
            position = start + len(first)  # "giai đoạn 1 200 ha"
            yield NumberToken(start, position, (float(first.replace(",", ".")),), first)
            continue
        yield NumberToken(start, position, _read(match), text[start:position])


def _read(match: re.Match[str]) -> tuple[float, ...]:
    """Return what digits may be: points group, a comma parts off the fraction."""
    plain = re.sub(r"\s", "", match[0])
    if match["spaced"] or match["grouped"]:
        if match["grouped"] and plain.startswith("0"):
            return (float(plain.replace(",", ".")),) if plain.count(".") == 1 else ()
        return tuple(float(value) for value in read_number(plain, "."))
    if match["broken"]:
        last = match[0].split()[-1]
        return (float(plain.replace(",", ".")), float(last.replace(",", ".")))
    whole = float(plain.replace(",", "."))
    if match["parted"] and re.search(r",\s", match[0]):
        return (whole, float(plain.split(",")[1]))
    return (whole,)


def _list_slipped(text: str) -> Iterator[NumberToken]:
    for match in _SLIPPED.finditer(text):
        value = float(match[0].translate(_SLIPS).replace(",", "."))
        yield NumberToken(*match.span(), (value,), match[0], slipped=True)


def _list_worded(text: str) -> Iterator[NumberToken]:
    run: list[re.Match[str]] = []
    for match in [*_WORD.finditer(text), None]:
        word = match[0].lower() if match else ""
        joined = bool(run) and match is not None and text[run[-1].end() : match.start()] == " "
        if match is not None and word in _SPELT and (joined or not run) and len(run) < _MOST_WORDS:
            run.append(match)
            continue
        if run:
            value = read_number_words([part[0].lower() for part in run])
            start, end = run[0].start(), run[-1].end()
            if value is not None:
                yield NumberToken(start, end, (float(value),), text[start:end], worded=True)
        run = [match] if match is not None and word in _SPELT else []


def read_number_words(words: list[str]) -> int | None:
    """Return the number that words stand for, ``None`` where they are none."""
    total, hundreds, digit = 0, 0, None
    for word in words:
        value = _DIGIT_WORDS.get(word)
        if value is not None:
            if digit is not None:
                return None
            digit = value
        elif word == "mười" and digit is None:
            hundreds, digit = hundreds + 10, None
        elif word == "mươi" and digit:
            hundreds, digit = hundreds + 10 * digit, None
        elif word == "trăm" and digit and not hundreds:
            hundreds, digit = 100 * digit, None
        elif word in {"nghìn", "ngàn"} and not total and (hundreds or digit):
            total, hundreds, digit = 1000 * (hundreds + (digit or 0)), 0, None
        elif word in {"linh", "lẻ"} and (hundreds or total) and digit is None:
            continue
        else:
            return None
    return total + hundreds + (digit or 0) or None


_DIGIT_WORDS: Final = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def is_numbered(folded: str, start: int) -> bool:
    """Return True if a number is the name of a thing ("giai đoạn 2", "quốc lộ 5")."""
    return _NUMBERED.search(folded[max(0, start - _REACH) : start]) is not None
