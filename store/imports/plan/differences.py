"""Where what the store has of a document and what was read from it differ, row by row.

Neither side is written over by the other: what differs is listed with its reason, and asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd
from rapidfuzz import fuzz

from geo.i18n import DEFAULT_LANGUAGE, t
from geo.text import fold_text
from reports.model.schema import FIELDS
from store.audit.rows import format_cell, make_row_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from store.audit.rows import Content, Row

    _Rule = Callable[[Content, Content], bool]

Why = Literal[
    "value_differs",
    "other_part",
    "other_basis",
    "only_stored",
    "only_read",
    "other_source",
]
"""``other_source``: the store has it from somewhere else than this document, as for places."""

SAME_TEXT: Final = 90
"""Texts this alike (of 100) say the same: the one is corrected, the other as scanned."""

SAME_PART: Final = 70
"""Words for a part of a project this alike (of 100) name the same part, if the values agree too."""

_TEXTS: Final = frozenset(name for name, field in FIELDS.items() if field.kind in {"text", "body"})
_SLOTS: Final = {
    "places": ("item", "commune"),
    "clearance": ("item", "commune", "category"),
    "indicators": ("subject", "measure", "value", "total"),
}


@dataclass(frozen=True)
class ImportDifference:
    """One difference: the rows of the two sides (either may be missing) and why they differ."""

    table: str
    why: Why
    stored: Content | None
    read: Content | None

    @property
    def told(self) -> Content:
        """The row to speak of: the one read, else the one stored."""
        return self.read or self.stored or {}

    @property
    def item(self) -> str:
        """The item it is about, '' for a count of the whole city."""
        return str(self.told.get("item") or "")


def find_differences(
    stored: Sequence[Content], read: Sequence[Content], table: str
) -> tuple[ImportDifference, ...]:
    """Return how the rows of one table differ; rows that agree are in none."""
    if table == "observations":
        return tuple(_compare_values(stored, read))
    slots = _SLOTS[table]
    theirs = {_get_slot(row, slots): row for row in read}
    ours = {_get_slot(row, slots): row for row in stored}
    differences = [
        ImportDifference(table, "only_read", None, row)
        for k, row in theirs.items()
        if k not in ours
    ]
    for key, row in ours.items():
        if key not in theirs:
            why: Why = "only_stored"
            if table == "places" and row["how"] != "stated":
                why = "other_source"
            differences.append(ImportDifference(table, why, row, None))
    return tuple(differences)


def make_differences_frame(
    differences: Iterable[ImportDifference], language: str = DEFAULT_LANGUAGE
) -> pd.DataFrame:
    """Return differences as a table for people.

    Columns: ``table``, ``item``, ``what`` (field, or what the row is about), ``part_stored``,
    ``part_read``, ``stored``, ``read`` (values, '' where missing), ``why``, ``reason`` (in words),
    ``line_stored``, ``line_read`` (Int64), ``raw``.
    """
    rows = [
        {
            "table": difference.table,
            "item": difference.item,
            "what": _describe_subject(difference),
            "part_stored": _get_component(difference.stored),
            "part_read": _get_component(difference.read),
            "stored": _format_value(difference.stored),
            "read": _format_value(difference.read),
            "why": difference.why,
            "reason": t(f"store.difference.{difference.why}", language),
            "line_stored": _get_line(difference.stored),
            "line_read": _get_line(difference.read),
            "raw": str(difference.told.get("raw") or ""),
        }
        for difference in differences
    ]
    names = ["table", "item", "what", "part_stored", "part_read", "stored", "read", "why", "reason"]
    frame = pd.DataFrame(rows, columns=[*names, "line_stored", "line_read", "raw"])
    lines = {name: frame[name].astype("Int64") for name in ("line_stored", "line_read")}
    return frame.assign(**lines)


def _compare_values(stored: Sequence[Content], read: Sequence[Content]) -> list[ImportDifference]:
    differences: list[ImportDifference] = []
    ours, theirs = _group_rows(stored, ("item", "field")), _group_rows(read, ("item", "field"))
    for key in dict.fromkeys([*theirs, *ours]):
        left, right = list(ours.get(key, ())), list(theirs.get(key, ()))
        _pair_rows(
            left, right, lambda a, b: _get_part_key(a) == _get_part_key(b) and _is_same_value(a, b)
        )
        _pair_rows(left, right, lambda a, b: _is_similar_part(a, b) and _is_same_value(a, b))
        for why, rule in (("other_part", _is_same_value), ("value_differs", _is_same_part)):
            for a, b in _pair_rows(left, right, rule):
                differences.append(
                    ImportDifference("observations", _classify_difference(why, a, b), a, b)
                )
        differences += [ImportDifference("observations", "only_read", None, row) for row in right]
        differences += [ImportDifference("observations", "only_stored", row, None) for row in left]
    return differences


def _classify_difference(why: str, stored_row: Content, other: Content) -> Why:
    if why == "value_differs":
        return "value_differs"
    return "other_basis" if stored_row["component"] == other["component"] else "other_part"


def _pair_rows(
    left: list[Content], right: list[Content], rule: _Rule
) -> list[tuple[Content, Content]]:
    """Take rows that go together by a rule out of both lists and return them in pairs."""
    pairs = []
    for row in list(left):
        other = next((candidate for candidate in right if rule(row, candidate)), None)
        if other is not None:
            left.remove(row)
            right.remove(other)
            pairs.append((row, other))
    return pairs


def _is_same_value(stored_row: Content, other: Content) -> bool:
    if stored_row["field"] in _TEXTS:
        return bool(
            fuzz.token_set_ratio(fold_text(stored_row["value"]), fold_text(other["value"]))
            >= SAME_TEXT
        )
    return bool(stored_row["value"] == other["value"] and (stored_row["total"] == other["total"]))


def _is_same_part(stored_row: Content, other: Content) -> bool:
    many = FIELDS[stored_row["field"]].many
    return not many and _get_part_key(stored_row) == _get_part_key(other)


def _is_similar_part(stored_row: Content, other: Content) -> bool:
    """Return True if two parts are one in other words: "phần hầm" and "GPMB phần hầm"."""
    (left, basis), (right, other_basis) = _get_part_key(stored_row), _get_part_key(other)
    if not left or not right or basis != other_basis:
        return False
    return bool(fuzz.token_set_ratio(left, right) >= SAME_PART)


def _get_part_key(row: Content) -> tuple[str, str]:
    basis = "" if row["basis"] == "unstated" else str(row["basis"])
    return " ".join(fold_text(str(row["component"])).split()), basis


def _group_rows(
    rows: Sequence[Content], columns: tuple[str, ...]
) -> dict[tuple[str, ...], list[Content]]:
    groups: dict[tuple[str, ...], list[Content]] = {}
    for row in rows:
        groups.setdefault(_get_slot(row, columns), []).append(row)
    return groups


def _get_slot(row: Content, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(format_cell(row[name]) for name in columns)


def _describe_subject(difference: ImportDifference) -> str:
    row: Row = dict(difference.told)
    if difference.table == "observations":
        return str(row["field"])
    return (
        make_row_key(row, difference.table)
        if difference.table == "places"
        else " · ".join(_get_slot(row, _SLOTS[difference.table]))
    )


def _format_value(row: Content | None) -> str:
    if row is None:
        return ""
    return format_cell(row.get("value") or row.get("commune") or row.get("statement"))


def _get_component(row: Content | None) -> str:
    return str((row or {}).get("component") or "")


def _get_line(row: Content | None) -> int | None:
    return None if row is None else row.get("line_from") or row.get("line")
