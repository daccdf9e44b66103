"""How a reader arranged the table of items: columns, order, groups; kept in the address.

What an address holds was written by anybody: what is no column or group is dropped, nothing raises.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from layers.tables.table_columns import COLUMNS, DEFAULT_COLUMNS, GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_PART_CHARS: Final = 200
MAX_SORTS: Final = 6
Sort = tuple[str, bool]
"""A column, and whether the largest come first."""

DEFAULT_SORT: Final[tuple[Sort, ...]] = (("investment_bvnd", True),)


@dataclass(frozen=True)
class TableSettings:
    """Columns in their order, what the rows are sorted by (first counts first), and groups.

    ``group`` is '' or one of ``GROUPS``; ``part`` is the key of the one group whose items are
    shown, '' for all of them.
    """

    columns: tuple[str, ...] = DEFAULT_COLUMNS
    sort: tuple[Sort, ...] = DEFAULT_SORT
    group: str = ""
    part: str = ""

    def to_query(self) -> dict[str, str]:
        """Return what differs from the default as strings for an address."""
        query = {}
        if self.columns != DEFAULT_COLUMNS:
            query["cols"] = ",".join(self.columns)
        if self.sort != DEFAULT_SORT:
            query["sort"] = ",".join(f"{'-' if down else ''}{name}" for name, down in self.sort)
        if self.group:
            query["group"] = self.group
            if self.part:
                query["part"] = self.part
        return query

    def with_changes(self, **changes: object) -> TableSettings:
        """Return this view with some fields replaced; another group drops the part."""
        if "group" in changes and changes["group"] != self.group:
            changes = {"part": "", **changes}
        return replace(self, **changes)  # type: ignore[arg-type]


def parse_table_settings(query: Mapping[str, object]) -> TableSettings:
    """Return the view that an address describes, whatever it holds."""
    group = _clean_text(query.get("group"))
    group = group if group in GROUPS else ""
    return TableSettings(
        columns=_parse_columns(_clean_text(query.get("cols"))),
        sort=_parse_sorts(query.get("sort")),
        group=group,
        part=_clean_text(query.get("part"))[:MAX_PART_CHARS].strip() if group else "",
    )


def _clean_text(value: object) -> str:
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    if not isinstance(value, str):
        return ""
    printable = "".join(letter if letter.isprintable() else " " for letter in value[:2000])
    return " ".join(unicodedata.normalize("NFC", printable).split())


def _parse_columns(text: str) -> tuple[str, ...]:
    requested = dict.fromkeys(part.strip() for part in text.split(","))
    return tuple(name for name in requested if name in COLUMNS) or DEFAULT_COLUMNS


def _parse_sorts(value: object) -> tuple[Sort, ...]:
    text = _clean_text(value)
    if not text:
        return DEFAULT_SORT
    directions: dict[str, bool] = {}
    for part in text.split(","):
        name = part.strip().removeprefix("-")
        if name in COLUMNS:
            directions.setdefault(name, part.strip().startswith("-"))
    return tuple(directions.items())[:MAX_SORTS] or DEFAULT_SORT
