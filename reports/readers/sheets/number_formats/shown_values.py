"""What a cell of a spreadsheet shows of its value, by its number format."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from reports.readers.sheets.number_formats.date_text import UNSHOWABLE, show_moment
from reports.readers.sheets.number_formats.number_text import show_general, show_number, to_decimal
from reports.readers.sheets.number_formats.sections import GENERAL, choose_section, parse_format

if TYPE_CHECKING:
    from reports.readers.sheets.number_formats.sections import Section

_ALL_SECTIONS: Final = 4


def show_value(value: str | float | bool, code: str = GENERAL, *, from_1904: bool = False) -> str:
    """Return a cell's value as it is shown; '' where the format shows nothing of it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _show_text(value, code)
    sections = parse_format(code)
    section = choose_section(sections, value) if math.isfinite(value) else None
    if section is None:
        return UNSHOWABLE
    if section.kind == "date":
        return show_moment(section, value, from_1904=from_1904)
    if section.kind == "text":
        return _fill_text(section, show_general(to_decimal(value)))
    return show_number(section, to_decimal(value), signed=_needs_sign(sections, section))


def _needs_sign(sections: tuple[Section, ...], section: Section) -> bool:
    """Return whether a negative number gets a minus that its section does not write itself.

    The second section never does, whatever its condition; neither do Excel and LibreOffice.
    """
    if len(sections) > 1 and section is sections[1]:
        return False
    if section.condition is not None:
        sign, bound = section.condition
        return not (sign in {"<", "<="} and bound <= 0)
    return True


def _show_text(value: str, code: str) -> str:
    sections = parse_format(code)
    if len(sections) == _ALL_SECTIONS or sections[-1].kind == "text":
        return _fill_text(sections[-1], value)
    return value


def _fill_text(section: Section, value: str) -> str:
    return "".join(
        value if token.kind == "text" else token.text
        for token in section.tokens
        if token.kind in {"text", "literal", "space"}
    )
