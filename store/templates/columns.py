"""The columns of a filled template: what a cell shows, and what a text in it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import t
from geo.text import fold_text
from reports.grammar.milestone import find_times
from reports.grammar.typed_numbers import read_typed_number
from reports.model.dates import parse_span
from store.db.errors import EditError
from store.editing.validation import clean_text
from store.facts.labels import format_when, translate_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.grammar.numbers import Style
    from reports.grammar.typed_numbers import Unit
    from store.facts.facts import Facts

Value = str | float | tuple[str, ...] | None
"""What a cell holds: text or a program's word, a number, several of them, nothing."""

ColumnKind = Literal[
    "key", "shown", "new", "text", "number", "word", "words", "texts", "when", "communes", "seal"
]
"""``key`` says which row it is and ``seal`` what it was filled with; ``shown`` is for reading only.

``new`` is a text of a new row, for reading only in the others. ``words`` and ``texts`` are several
with semicolons; ``when`` a day, month, quarter or year.
"""

FIXED: Final = frozenset({"key", "shown", "seal"})
UNSEALED: Final = FIXED | {"new"}
"""Kinds of column that no row's seal is made of: nothing of them is changed."""

_UNITS: Final = re.compile(r"\s*(?:%|triệu đồng|triệu|ha|héc-?ta|hộ)\s*$", re.IGNORECASE)
"""What may stand behind a number whose column does not say what it counts in."""

_LONGEST: Final = 32_000
"""Letters of a text that surely fit into a cell of a workbook."""


@dataclass(frozen=True)
class TemplateColumn:
    """One column: ``key`` names its heading in the catalogue, ``field`` what of the facts it is.

    ``table`` is where ``field`` stands: a column of that table, or of ``observations`` a field.
    ``words`` are the program's words that a ``word`` may be, each with its text in ``section``.
    """

    key: str
    kind: ColumnKind
    width: int = 16
    table: str = ""
    field: str = ""
    words: tuple[str, ...] = ()
    section: str = ""

    @property
    def heading(self) -> str:
        """The heading, its unit included."""
        return t(f"templates.column.{self.key}")


def format_value(column: TemplateColumn, value: Value, facts: Facts) -> str:
    """Return a value as a cell shows it; '' for nothing."""
    if value is None or value in {"", ()}:
        return ""
    if isinstance(value, tuple):
        return "; ".join(_format_part(column, part, facts) for part in value)
    if isinstance(value, float):
        return format_plain(value)
    if column.kind == "when":
        return format_when(value)
    return _format_part(column, value, facts)


def _format_part(column: TemplateColumn, part: str, facts: Facts) -> str:
    if column.kind == "communes":
        return facts.commune_names.get(part, part)
    if column.kind in {"word", "words"}:
        return translate_word(column.section, part)
    return clean_text(part)


def format_plain(number: float, mark: str = ",") -> str:
    """Return a number without grouping, with a decimal comma (or another mark)."""
    text = format(Decimal(repr(number)).normalize(), "f")
    return text.replace(".", mark)


def is_untouched(column: TemplateColumn, text: str, value: Value, facts: Facts) -> bool:
    """Return True if a cell's text is what the value was shown as."""
    shown = clean_text(format_value(column, value, facts))
    return shown == text or (len(shown) > _LONGEST and text[:_LONGEST] == shown[:_LONGEST])


def parse_value(column: TemplateColumn, text: str, facts: Facts, style: Style = ".") -> Value:
    """Return what a cell's text means. ``style``: what groups thousands in the file.

    Raises ``EditError`` that says what cannot be understood, and what would be.
    """
    if not text:
        return () if column.kind in {"words", "texts", "communes"} else None
    if column.kind in {"words", "texts", "communes"}:
        return _parse_parts(column, text, facts)
    if column.kind == "number":
        return _parse_number(column, text, style)
    if column.kind == "when":
        return _parse_when(text)
    return _parse_word(column, text) if column.kind == "word" else text


def _parse_parts(column: TemplateColumn, text: str, facts: Facts) -> tuple[str, ...]:
    parts = [part for part in (clean_text(part) for part in text.split(";")) if part]
    if column.kind == "words":
        parts = [_parse_word(column, part) for part in parts]
    if column.kind == "communes":
        return tuple(sorted({_parse_commune(part, facts) for part in parts}))
    return tuple(dict.fromkeys(parts))


def _parse_number(column: TemplateColumn, text: str, style: Style) -> float:
    """Return a number in what its column counts in; another unit behind it is reckoned over."""
    unit = find_unit(column.field)
    bare = (text if unit else _UNITS.sub("", text)).rstrip(",.")
    value = read_typed_number(bare, unit, "vi" if style == "." else "en").value
    if value is None:
        raise EditError(t("templates.fault.number", value=text[:60]))
    return value


def find_unit(field: str) -> Unit:
    """Return what a field of figures counts in."""
    if field.endswith("_mvnd"):
        return "mvnd"
    return "percent" if field.endswith("_pct") else "ha" if field.endswith("_ha") else ""


def _parse_when(text: str) -> str:
    if parse_span(text):
        return text
    times = list(find_times(text))
    if len(times) != 1 or len(times[0][1]) != len(text) or not parse_span(times[0][0]):
        raise EditError(t("templates.fault.when", value=text[:60]))
    return times[0][0]


def _parse_word(column: TemplateColumn, text: str) -> str:
    folded = fold_text(text)
    for word in column.words:
        if folded == fold_text(translate_word(column.section, word)):
            return word
    offered = "; ".join(translate_word(column.section, word) for word in column.words[:12])
    raise EditError(t("templates.fault.word", value=text[:60], offered=offered))


def _parse_commune(text: str, facts: Facts) -> str:
    if text in facts.commune_names:
        return text
    folded = fold_text(text)
    names = {code: fold_text(name) for code, name in facts.commune_names.items()}
    found = [code for code, name in names.items() if name == folded]
    found = found or [code for code, name in names.items() if name.endswith(f" {folded}")]
    if len(found) != 1:
        near = "; ".join(facts.commune_names[code] for code in found[:4])
        key = "commune_several" if found else "commune"
        raise EditError(t(f"templates.fault.{key}", value=text[:60], offered=near))
    return found[0]


def same_value(before: Value, after: Value) -> bool:
    """Return True if two values say the same; the order of several does not count."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        return set(before) == set(after)
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) < 1e-9 * max(1.0, abs(before))
    return (before or None) == (after or None)


def list_words(columns: Sequence[TemplateColumn]) -> dict[str, tuple[str, ...]]:
    """Return the texts that a cell of each column of words may hold, for a list to choose from."""
    return {
        column.key: tuple(translate_word(column.section, word) for word in column.words)
        for column in columns
        if column.kind == "word"
    }
