"""What a document declares for its tables: abbreviations, units of the columns, the time.

"ĐVT: diện tích - ha; vốn - tỷ đồng; DT: diện tích; CN: công nghiệp", "Khu công nghiệp (KCN)".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.text import fold_text
from reports.grammar.columns.units import MONEY_UNITS, SIZE_UNITS, find_unit
from reports.grammar.milestone import find_times
from reports.grammar.numbers import detect_number_style
from reports.model.dates import is_day, parse_span
from reports.model.document import Paragraph
from reports.model.head.document_scope import read_document_scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.grammar.numbers import Style
    from reports.model.document import Document

_SHORT: Final = r"[A-ZĐƯ][A-Za-zĐƯđư]{0,7}\.?"
_DECLARED: Final = re.compile(rf"(?:^|[;,:(]\s*)({_SHORT})\s*[:=]\s*([^;:=]{{2,60}}?)(?=[;,.(]|$)")
_BRACKETED: Final = re.compile(rf"((?:[\w/-]+ ){{1,8}})\(({_SHORT})\)")
_UNITS: Final = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*[:(]?\s*(.{1,300})", re.IGNORECASE)
_UNIT_PART: Final = re.compile(r"(.+?)\s*(?:[-–:=]|\blà\b)\s*(.+)")
_AS_OF: Final = re.compile(
    r"\b(?:den(?: het)?|tinh den|cap nhat(?: den)?|so lieu (?:den|ngay)|den thoi diem)(?: het)?"
    r"(?: ngay)?\s*:?\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
    r"|^\W*(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\W*$"
)
_ONE_WORD: Final = 2
"""Letters of an abbreviation of one word, at most: "TT.", "P."."""
_LONGEST: Final = 400
_LONGEST_HEAD: Final = 160
_HEAD: Final = 8
"""Lines of the head in which the day is looked for."""


@dataclass(frozen=True)
class Declarations:
    """What holds for all tables of a document.

    ``units`` are by the word that they are declared for ('' for all), in order; ``as_of`` is
    the day that the figures are of, ``style`` how its prose groups thousands.
    """

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    units: Sequence[tuple[str, str]] = ()
    as_of: date | None = None
    style: Style = ""

    def find_unit(self, value_class: str, heading: str) -> str:
        """Return the declared unit of a column by its heading, else by its class; '' for none."""
        words = f" {fold_text(heading)} "
        for noun, unit in self.units:
            if noun and f" {noun} " in words and _fits(unit, value_class):
                return unit
        plain = {unit for _, unit in self.units if _fits(unit, value_class)}
        return plain.pop() if len(plain) == 1 else ""


def read_declarations(document: Document) -> Declarations:
    """Return what the paragraphs of a document declare."""
    paragraphs = (block.text for block in document.blocks if isinstance(block, Paragraph))
    texts = [line for text in paragraphs for line in text.split("\n") if line.strip()]
    abbreviations: dict[str, str] = {}
    for text in texts:
        abbreviations |= dict(_iterate_abbreviations(text))
    stated = read_document_scope(document).as_of
    as_of = date.fromisoformat(stated) if is_day(stated) else _find_as_of(texts)
    if as_of is None and (span := parse_span(stated)):
        as_of = span[1]
    style = detect_number_style(text for text in texts if len(text) < _LONGEST)
    return Declarations(abbreviations, (), as_of, style)


def read_units(titles: Sequence[str], abbreviations: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the units that the lines above a table declare, as (folded word, unit)."""
    units: list[tuple[str, str]] = []
    for title in reversed(titles):
        match = _UNITS.search(title)
        for part in re.split(r"[;,]", match[1].rstrip(" ).")) if match else ():
            whole = find_unit(part)
            pair = _UNIT_PART.fullmatch(part.strip())
            if whole:
                units.append(("", whole))
            elif pair and find_unit(pair[2]):
                noun = abbreviations.get(pair[1].strip(), pair[1].strip())
                units.append((" ".join(fold_text(noun).split()), find_unit(pair[2])))
        if units:
            return units
    plain = (find_unit(title) for title in reversed(titles))
    return [("", unit) for unit in plain if unit][:1]


def _fits(unit: str, value_class: str) -> bool:
    if value_class == "money":
        return unit in MONEY_UNITS
    if value_class == "size":
        return unit in SIZE_UNITS
    return unit == "%" if value_class == "percent" else value_class == "number"


def _iterate_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    for match in _DECLARED.finditer(text[:2000]):
        long = match[2].strip()
        if _has_initials(match[1], long.split()):
            yield match[1], long
    for match in _BRACKETED.finditer(text[:2000]):
        words, letters = match[1].split(), match[2].strip(".")
        for count in range(len(letters), 0, -1):
            if count <= len(words) and _has_initials(letters, words[-count:]):
                yield match[2], " ".join(words[-count:])
                break


def _has_initials(short: str, words: Sequence[str]) -> bool:
    letters = fold_text(short).strip(".")
    initials = "".join(fold_text(word)[:1] for word in words)
    begins = len(words) == 1 and len(letters) <= _ONE_WORD and initials == letters[:1]
    return bool(letters) and (letters == initials or begins)


def _find_as_of(texts: Sequence[str]) -> date | None:
    """Return the one day that a line of the head says the figures are of; ``None`` for none."""
    days: defaultdict[date, int] = defaultdict(int)
    for text in texts[:_HEAD]:
        if len(text) > _LONGEST_HEAD:
            continue
        for match in _AS_OF.finditer(fold_text(text)):
            day, month, year = (int(part) for part in match.groups() if part)
            try:
                days[date(year, month, day)] += 1
            except ValueError:
                continue
    return next(iter(days)) if len(days) == 1 else max(days, default=None)


def find_period(words: str) -> str:
    """Return the one time that words of a heading name ("năm 2025", "31/10/2025"); '' for none."""
    times = list(dict.fromkeys(when for when, _ in find_times(words))) if words else []
    if not times and (year := re.fullmatch(r"\D*(20\d\d)\D*", words)):
        return year[1]
    return times[0] if len(times) == 1 else ""
