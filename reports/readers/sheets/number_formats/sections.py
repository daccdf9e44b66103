"""Number formats of spreadsheets (ECMA-376, 18.8.30-31) taken apart into sections and tokens.

``ssf`` on PyPI does it too, but has had no release since 2020, needs seven more libraries and
writes in the file's locale; here everything is written the Vietnamese way (``number_text``).
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

TokenKind = Literal[
    "literal", "space", "digit", "point", "comma", "percent", "exponent", "general", "text",
    "date", "elapsed", "half_day",
]  # fmt: skip
SectionKind = Literal["general", "number", "date", "text", "words"]


@dataclass(frozen=True)
class Token:
    """One piece of a format; ``bare`` is a literal that is neither quoted nor escaped."""

    kind: TokenKind
    text: str
    bare: bool = False


@dataclass(frozen=True)
class Section:
    """One of a format's sections: when it holds, and what it shows."""

    kind: SectionKind
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None

    def holds(self, value: float) -> bool:
        """Return whether the section's own condition is met; False where it has none."""
        return self.condition is not None and _OPERATORS[self.condition[0]](
            value, self.condition[1]
        )


GENERAL: Final = "General"
MAX_LENGTH: Final = 300
"""Excel writes at most 255 characters; what is longer is no format."""

BUILT_IN: Final[dict[int, str]] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '#,##0\\ "₫";-#,##0\\ "₫"', 6: '#,##0\\ "₫";[Red]-#,##0\\ "₫"',
    7: '#,##0.00\\ "₫";-#,##0.00\\ "₫"', 8: '#,##0.00\\ "₫";[Red]-#,##0.00\\ "₫"',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy h:mm",
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_-* #,##0\\ _₫_-;-* #,##0\\ _₫_-;_-* "-"\\ _₫_-;_-@_-',
    42: '_-* #,##0\\ "₫"_-;-* #,##0\\ "₫"_-;_-* "-"\\ "₫"_-;_-@_-',
    43: '_-* #,##0.00\\ _₫_-;-* #,##0.00\\ _₫_-;_-* "-"??\\ _₫_-;_-@_-',
    44: '_-* #,##0.00\\ "₫"_-;-* #,##0.00\\ "₫"_-;_-* "-"??\\ "₫"_-;_-@_-',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "dd/mm/yyyy"),
}  # fmt: skip
"""The formats that a workbook names by number only, as Vietnamese Excel shows them."""

_OPERATORS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.?)
    | _(?P<space>.?) | \*(?P<fill>.?)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General)
    | (?P<half_day>AM/PM|A/P)
    | (?P<exponent>E[+-])
    | (?P<digit>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@)
    | (?P<date>y+|m+|d+|h+|s+|e+|g+|b+)
    | (?P<end>;)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(
    r"\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)\s*", re.IGNORECASE
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_MAX_SECTIONS: Final = 4


@lru_cache(maxsize=2000)
def parse_format(code: str) -> tuple[Section, ...]:
    """Return the format's sections, at least one; what is no format is taken for General."""
    if not code or len(code) > MAX_LENGTH:
        code = GENERAL
    sections: list[Section] = []
    tokens: list[Token] = []
    condition: tuple[str, float] | None = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "end":
            sections.append(_make_section(tokens, condition))
            tokens, condition = [], None
        elif kind == "bracket":
            stated = _CONDITION.fullmatch(match["bracket"])
            if stated:
                condition = (stated[1], float(stated[2]))
            else:
                tokens.extend(_read_bracket(match["bracket"]))
        elif kind is not None and kind != "fill":
            tokens.append(_make_token(kind, match[kind]))
    sections.append(_make_section(tokens, condition))
    return tuple(sections[:_MAX_SECTIONS])


def choose_section(sections: tuple[Section, ...], value: float) -> Section | None:
    """Return the section that shows a number; ``None`` where no condition is met."""
    numeric = sections[:3]
    if len(numeric) > 1 and len(sections) < _MAX_SECTIONS and numeric[-1].kind == "text":
        numeric = numeric[:-1]
    first, second, third = (*numeric, *numeric[:1] * 2)[:3]
    if len(numeric) == 2:  # noqa: PLR2004 - positive and zero; negative
        third = first
    if first.condition is None and second.condition is None:
        return first if value > 0 else second if value < 0 else third
    for section in numeric[:2]:
        if section.holds(value):
            return section
    if len(numeric) == 1:
        return first
    if second.condition is None and len(numeric) == 2:  # noqa: PLR2004
        return second
    if second.condition is None and value < 0:
        return second
    return numeric[2] if len(numeric) > 2 else None  # noqa: PLR2004


def _make_token(kind: str, text: str) -> Token:
    if kind in {"quoted", "escaped"}:
        return Token("literal", text)
    if kind == "other":
        return Token("literal", text, bare=True)
    if kind == "space":
        return Token("space", " ")
    return Token(kind, text)  # type: ignore[arg-type]


def _read_bracket(words: str) -> list[Token]:
    """Return what a bracket shows: a currency's sign or elapsed time; colours show nothing."""
    if words.startswith("$"):
        sign = words[1:].partition("-")[0]
        return [Token("literal", sign)] if sign else []
    return [Token("elapsed", words.lower())] if _ELAPSED.fullmatch(words) else []


def _make_section(tokens: list[Token], condition: tuple[str, float] | None) -> Section:
    kinds = {token.kind for token in tokens}
    seconds = False
    placeholders = False
    for token in tokens:
        if token.kind in {"date", "elapsed"}:
            seconds = token.text.lower().startswith("s")
        placeholders = placeholders or (token.kind == "digit" and not seconds)
    dated = bool(kinds & {"date", "elapsed"}) and not placeholders and "general" not in kinds
    kind: SectionKind
    if dated:
        return Section("date", tuple(tokens), condition)
    # letters of an unquoted word ("triệu") are no days or months beside digits
    plain = tuple(
        Token("literal", token.text, bare=True)
        if token.kind in {"date", "elapsed", "half_day"}
        else token
        for token in tokens
    )
    if "general" in kinds:
        kind = "general"
    elif "text" in kinds:
        kind = "text"
    else:
        kind = "number" if placeholders else "words"
    return Section(kind, plain, condition)
