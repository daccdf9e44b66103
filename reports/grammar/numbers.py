"""Numbers as reports write them, and whether one can be read in two ways.

Reports mix two styles: ``1.198.916,5`` (points group) and ``1,198,916.5`` (commas group). A
number with one separator before exactly three digits (``1,198``) is a thousand or a fraction;
only what stands around it, or the style of its column, can tell.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Style = Literal["", ".", ","]
"""The separator that groups thousands; '' when nothing tells."""

NUMBER: Final = r"\d{1,15}(?:[.,]\d{1,15}){0,6}"
_WHOLE: Final = re.compile(NUMBER)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
BLANK: Final = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""All blanks that group thousands, as a class of letters."""
SPACED: Final = rf"\d{{1,3}}(?:[{BLANK}]\d{{3}}){{1,4}}(?:,\d{{1,6}})?(?![\d.,])"
_SPACED: Final = re.compile(SPACED)
_TICKED: Final = re.compile(r"\d{1,3}(?:['’]\d{3}){1,4}(?:[.,]\d{1,2})?")
_PLAIN: Final = str.maketrans("，．＇", ",.'")


def read_number(raw: str, style: Style = "") -> tuple[Decimal, ...]:  # noqa: PLR0911
    """Return what a number may be: one value when clear, two when not, none when it is no number.

    ``style``: what groups thousands in its surroundings.
    """
    text = raw.strip().translate(_PLAIN)
    if _SPACED.fullmatch(text) or _TICKED.fullmatch(text):
        return (Decimal(re.sub(r"[\s'’]", "", text).replace(",", ".")),)
    if not _WHOLE.fullmatch(text):
        return ()
    marks = re.findall(r"[.,]", text)
    if not marks:
        return (Decimal(text),)
    if len(set(marks)) == 2:  # noqa: PLR2004
        return _read_both_separators(text, marks)
    mark = marks[0]
    grouped = _GROUPED.fullmatch(text) and not text.startswith("0")
    whole = Decimal(text.replace(mark, ""))
    if len(marks) > 1:
        return (whole,) if grouped else ()
    fraction = Decimal(text.replace(mark, "."))
    if not grouped:
        return (fraction,)
    if style:
        return (whole if style == mark else fraction,)
    return (whole, fraction)


def detect_number_style(texts: Iterable[str]) -> Style:
    """Return which separator groups thousands in several texts: told by the clear numbers alone.

    Several groups are clear (1.198.916), and so is a fraction that can be no group (1198,916;
    4572,0; 0,5) where it is all of a text but words. '' when none is clear or when they contradict
    one another.
    """
    styles: set[Style] = set()
    for text in texts:
        numbers = re.findall(rf"(?<![\d.,]){NUMBER}(?![\d])", text)
        for number in numbers:
            style = _detect_style(number, alone=len(numbers) == 1 and "%" not in text)
            if style:
                styles.add(style)
    return styles.pop() if len(styles) == 1 else ""


def _detect_style(number: str, *, alone: bool) -> Style:
    marks = re.findall(r"[.,]", number)
    if len(set(marks)) == 2:  # noqa: PLR2004
        clear = bool(_read_both_separators(number, marks))
    elif alone and len(marks) == 1 and (number[0] == "0" or not _GROUPED.fullmatch(number)):
        return "," if marks[0] == "." else "."
    else:
        clear = len(marks) > 1 and bool(_GROUPED.fullmatch(number))
    if not clear:
        return ""
    return "." if marks[0] == "." else ","


def _read_both_separators(text: str, marks: list[str]) -> tuple[Decimal, ...]:
    """Read a number with both separators: the last one parts off the fraction."""
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    if last in head or not _GROUPED.fullmatch(head):
        return ()
    other = "," if last == "." else "."
    return (Decimal(f"{head.replace(other, '')}.{tail}"),)


def format_decimal(value: Decimal) -> str:
    """Return an amount as the facts tables write it: plain digits, no trailing zeros."""
    if value == value.to_integral_value():
        return format(value, ".0f")
    return format(value.normalize(), "f")
