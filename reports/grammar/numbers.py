"""Numbers as reports write them, and whether one can be read in two ways.

Reports mix two styles: ``1.198.916,5`` (points group) and ``1,198,916.5`` (commas group). A
number with one separator before exactly three digits (``1,198``) is a thousand or a fraction;
only what stands around it, or the style of its column, can tell: settled by the whole column, its
neighbours, then the prose.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model.document import Media

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
_POINTED: Final = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])")
_TYPED: Final = frozenset({"text", "docx", "doc", "odt", "rtf", "html", "pdf"})
"""Files whose numbers a person wrote in Vietnamese; a sheet may show those of another country."""
_COUNTED: Final = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{3}(?![\d.,])\s*(?:căn|hộ|m2|m²|người)\b")
_FEWEST: Final = 2
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


def settle_style(column: Sequence[str], neighbours: Sequence[str], prose: Style) -> Style:
    """Return what groups thousands in a column; '' where nothing tells.

    Clear numbers of the column itself tell first, then those of the other columns, then prose.
    """
    own = detect_number_style(column)
    if own or _contradict(column):
        return own
    return detect_number_style(neighbours) or _find_counted(neighbours) or prose


def _contradict(texts: Sequence[str]) -> bool:
    """Return True if the clear numbers of a column are of both styles."""
    return len({style for text in texts if (style := detect_number_style([text]))}) > 1


def _find_counted(texts: Sequence[str]) -> Style:
    """Return the style that counted things tell: "2.538 căn" has no fraction."""
    marks = {match[1] for text in texts for match in _COUNTED.finditer(text)}
    if len(marks) != 1:
        return ""
    return "." if marks == {"."} else ","


def are_grouped(column: Sequence[str], media: Media) -> bool:
    """Return True if numbers such as "2.923" are thousands though nothing contradicts or tells.

    In a text that was typed, where every number with a point has three digits after it, in two
    cells or more.
    """
    if media not in _TYPED:
        return False
    pointed = sum(bool(_POINTED.search(text)) for text in column)
    return pointed >= _FEWEST and not any(
        "," in text and re.search(r"\d,\d{3}\b", text) for text in column
    )


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
