"""What a reading is worth against facts that are known: right, told, silent or wrong.

``right``: every fact is as it is, and what can't be known is asked about. ``told``: something is
missing, and a question of that project or a message that names a page, sheet, table, column or
line says so; a refusal in words that fit the file is told too. ``silent``: something is missing
and nothing says so. ``wrong``: a value or a project that the file does not hold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reports.model.extraction import Extraction, ProjectRow, QueueEntry

Word = Literal["right", "told", "silent", "wrong"]
WORDS: Final[tuple[Word, ...]] = ("right", "told", "silent", "wrong")
FIELDS: Final = frozenset(
    {
        "commune", "investment_mvnd", "forecast", "actual_construction_pct",
        "actual_clearance_pct", "milestone_start", "milestone_finish", "milestone_inauguration",
    }
)  # fmt: skip
"""What is judged of a project."""

Values = dict[tuple[str, str], set[str]]
"""By project and field, the values read; a percentage of a part has its name after a tilde."""

_PART: Final = re.compile(
    r"\b(?:trang tính|trang|cột|bảng|dòng|sheet)\s+[“\d]|: cột |(?:trang tính|cột|hàng) ẩn",
    re.IGNORECASE,
)
_OF_TABLES: Final = frozenset({"columns_compete", "missing_column", "unknown_column"})


@dataclass(frozen=True)
class Expectation:
    """What a file holds: by project and field the values that are right, None where it is asked.

    ``clearance`` is how many problems of clearance it names at least, ``refusal`` what the words
    of a true refusal match, ``partial`` whether it may hold more facts than these.
    """

    facts: Mapping[tuple[str, str], Collection[str | None]]
    clearance: int = 0
    refusal: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Verdict:
    """One of the four words, and why in a few others."""

    word: Word
    why: str = ""


def list_values(extraction: Extraction) -> Values:
    """Return the values of the judged fields as read."""
    values: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for project in extraction.projects:
        for commune in project.communes:
            values[project.name, "commune"].add(commune.code)
        for value in project.values:
            if value.field in FIELDS:
                part = value.component if value.field.endswith("_pct") else ""
                words = f"{value.value}~{part}" if part else value.value
                values[project.name, value.field].add(words)
    return dict(values)


def judge_reading(extraction: Extraction, expected: Expectation) -> Verdict:
    """Return what a reading is worth."""
    values = list_values(extraction)
    names = {name for name, _ in expected.facts}
    if not names:
        return Verdict("wrong", "read, though there is nothing to read in it")
    false = _list_false(extraction, values, expected, names)
    if false:
        return Verdict("wrong", "; ".join(false[:3]))
    absent = [key for key in expected.facts if not values.get(key)]
    missing = [key for key in absent if None not in expected.facts[key]]
    untold = [key for key in absent if not _is_told(key[0], extraction)]
    if len(extraction.clearance) < expected.clearance:
        missing.append(("", "clearance"))
        if not _names_part(extraction):
            untold.append(("", "clearance"))
    if untold:
        return Verdict("silent", f"{untold[0]} and {len(untold) - 1} more")
    if missing:
        return Verdict("told", f"{missing[0]} and {len(missing) - 1} more")
    return Verdict("right")


def _list_false(
    extraction: Extraction, values: Values, expected: Expectation, names: set[str]
) -> list[str]:
    false = [f"project “{row.name}”" for row in extraction.projects if row.name not in names]
    for key, read in values.items():
        if key in expected.facts:
            if not read <= set(expected.facts[key]):
                false.append(f"{key} is {sorted(read)}")
        elif key[0] in names and not expected.partial:
            false.append(f"{key} is {sorted(read)}, and nothing was written")
    return false


def judge_refusal(words: str, expected: Expectation) -> Verdict:
    """Return what a refusal is worth: ``words`` without the name of the file."""
    if not expected.refusal or not re.search(expected.refusal, words):
        return Verdict("silent", words[:100])
    return Verdict("told" if expected.facts else "right", words[:100])


def _is_told(name: str, extraction: Extraction) -> bool:
    if _names_part(extraction):
        return True
    row = next((row for row in extraction.projects if row.name == name), None)
    return any(_asks_about(entry, name, row) for entry in extraction.queue)


def _names_part(extraction: Extraction) -> bool:
    return any(_PART.search(message) for message in extraction.document.messages)


def _asks_about(entry: QueueEntry, name: str, row: ProjectRow | None) -> bool:
    if entry.reason in _OF_TABLES or name in entry.raw:
        return True
    return row is not None and (
        row.place.line_from <= entry.place.line_from <= row.place.line_to
        and entry.place.table == row.place.table
    )
