"""What facts are made of: kinds of value, words that are allowed, fields, what a cell may hold.

The words here are the program's own (``key_project``, ``misses``); what a reader sees of them
comes from the text catalogue. The tables that hold them are in
``reports.facts_files.table_schemas``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reports.model.dates import is_day, parse_span
from reports.model.ranges import (
    FIRST_DAY,
    HECTARES,
    LAST_DAY,
    MONEY,
    SHARE,
    WORK,
    Range,
    find_text_fault,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["text", "body", "code", "word", "integer", "number", "when", "date"]
"""How a cell is read.

``text``: any text in NFC. ``body``: names of bodies (``is_body_name``). ``code``: letters, digits,
``-``, ``_``, ``.``, ``:`` and ``/`` only. ``word``: one of ``Column.allowed``. ``integer`` and
``number``: plain digits with a decimal point, no grouping. ``when``: ``2026``, ``2026-Q3``,
``2026-05`` or ``2026-05-07``. ``date``: an ISO date.
"""


_LETTERS: Final = re.compile(r"[^\W\d_]{2}")


def is_body_name(text: str) -> bool:
    """Return True if a text names bodies, several by ``;``: no number, share or day does."""
    names = [name for piece in text.split(";") if (name := piece.strip(" \"'“”‘’("))]
    return bool(names) and all(name[0].isalpha() and _LETTERS.search(name) for name in names)


@dataclass(frozen=True)
class ColumnSchema:
    """One column: its name, how it is read, whether it may be empty and what it points at."""

    name: str = ""
    kind: Kind = "text"
    required: bool = False
    allowed: frozenset[str] = frozenset()
    refers: str = ""
    """``table`` whose key the cell names: ``items``, ``documents``, ``periods``, ``communes``…"""
    limits: Range | None = None
    """What a number may be; every column of numbers has one."""
    in_file: bool = True
    """False: the store alone has the column."""
    default: str | float | None = None
    """What the column holds where nothing is given; ``None`` for none."""


@dataclass(frozen=True)
class TableSchema:
    """One table: its file's name, its columns in order, its key, and what the store alone has."""

    name: str
    columns: tuple[ColumnSchema, ...]
    key: tuple[str, ...]
    store_columns: tuple[ColumnSchema, ...] = ()

    @property
    def file(self) -> str:
        """The name of the file in the facts folder or in a chapter's folder."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in the file's order."""
        return tuple(column.name for column in self.columns)

    @property
    def per_chapter(self) -> bool:
        """Whether the table has a file in every chapter's folder."""
        return any(column.name == "chapter" for column in self.store_columns)

    @property
    def all_columns(self) -> tuple[ColumnSchema, ...]:
        """The columns of the file, then those that the store alone has."""
        return (*self.columns, *self.store_columns)


ITEM_KINDS: Final = (
    "key_project",
    "industrial_park",
    "industrial_cluster",
    "economic_zone",
    "housing",
    "resettlement",
    "transport",
    "investment",
)
FUNDINGS: Final = ("city_budget", "non_budget", "ppp", "state", "unknown")
PHASES: Final = ("inaugurate_2026", "start_2026", "ongoing")
FORECASTS: Final = ("exceeds", "meets", "may_meet", "strives", "misses", "undetermined")
STATUSES: Final = (
    "preparing",
    "not_started",
    "approved",
    "established",
    "started",
    "under_construction",
    "paused",
    "inaugurated",
    "in_operation",
    "removed_from_list",
    "undetermined",
)
CLEARANCE_CATEGORIES: Final = (
    "land_origin",
    "compensation",
    "land_price",
    "resettlement",
    "ground_not_ready",
    "offset_land",
    "other_stated",
    "unspecified",
)
OBSTACLE_CATEGORIES: Final = (
    *CLEARANCE_CATEGORIES,
    "procedure",
    "planning",
    "design",
    "capital",
    "investor",
    "other",
)
HOW_PLACED: Final = ("stated", "former_unit", "zone", "name", "public_source", "person")
"""How a commune of an item is known; ``person``: somebody set it by hand, the audit says who."""

CERTAINTIES: Final = ("certain", "likely")
DOCUMENT_STATUSES: Final = ("final", "draft", "unknown")
QUALIFIERS: Final = ("exact", "about", "over", "under")
BASES: Final = (
    "contract_value",
    "total_investment",
    "phase",
    "area",
    "volume",
    "remainder",
    "unstated",
)
"""What a percentage is a share of; empty or ``unstated`` where the report does not say.

``remainder``: the report says what is left; the share done is worked out from it.
"""


@dataclass(frozen=True)
class FieldSchema:
    """A field of an observation: how its ``value`` is read and how long it holds.

    ``carried``: it is still what is known when a later period says nothing of it. What speaks of
    one quarter's goal (the plan, the forecast) is not carried. ``many``: an item may have several
    values of it at once (obstacles), so that two differing values are no contradiction.
    """

    name: str
    kind: Kind
    allowed: frozenset[str] = frozenset()
    carried: bool = True
    many: bool = False
    limits: Range | None = None


def _make_share_field(name: str, *, carried: bool) -> FieldSchema:
    return FieldSchema(name, "number", carried=carried, limits=SHARE)


FIELDS: Final = {
    field.name: field
    for field in (
        FieldSchema("investment_mvnd", "number", limits=MONEY),
        FieldSchema("land_payment_mvnd", "number", limits=MONEY),
        FieldSchema("area_ha", "number", limits=HECTARES),
        _make_share_field("planned_clearance_pct", carried=False),
        _make_share_field("actual_clearance_pct", carried=True),
        _make_share_field("planned_construction_pct", carried=False),
        _make_share_field("actual_construction_pct", carried=True),
        FieldSchema("physical_done", "number", many=True, limits=WORK),
        FieldSchema("forecast", "word", frozenset(FORECASTS), carried=False),
        FieldSchema("status", "word", frozenset(STATUSES)),
        FieldSchema("obstacle", "word", frozenset(OBSTACLE_CATEGORIES), many=True),
        FieldSchema("obstacle_text", "text", many=True),
        FieldSchema("asked_to_act", "body", many=True),
        FieldSchema("lead", "body", many=True),
        FieldSchema("request_text", "text", many=True),
        FieldSchema("milestone_start", "when"),
        FieldSchema("milestone_inauguration", "when"),
        FieldSchema("milestone_finish", "when"),
        FieldSchema("planned_work", "text", carried=False, many=True),
        FieldSchema("result_text", "text", many=True),
    )
}


def get_field_unit(field: str) -> str:
    """Return the unit that the values of a field are in, '' for words and texts."""
    if field.endswith("_mvnd"):
        return "million_vnd"
    if field.endswith("_ha"):
        return "ha"
    return "percent" if field.endswith("_pct") else ""


_CODE: Final = re.compile(r"[^\W_][\w.:/+-]*", re.UNICODE)
_FORMS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "code": (_CODE.fullmatch, "bad_code"),
    "date": (is_day, "bad_date"),
    "when": (parse_span, "bad_when"),
}


def find_cell_fault(
    cell: str, column: ColumnSchema | FieldSchema
) -> tuple[str, dict[str, str]] | None:
    """Return the text key of what is wrong with a cell and what the text names, or ``None``.

    The same rules serve a column and the field of an observation.
    """
    if not cell:
        return ("empty", {}) if getattr(column, "required", False) else None
    if cell != unicodedata.normalize("NFC", cell):
        return "not_nfc", {}
    if cell != cell.strip():
        return "spaces", {}
    if column.kind == "word":
        known = {"allowed": ", ".join(sorted(column.allowed))}
        return None if cell in column.allowed else ("unknown_word", known)
    if column.kind in {"integer", "number"}:
        fault = find_text_fault(cell, column.limits, whole=column.kind == "integer")
        whole = column.limits is not None and column.limits.whole
        return ("bad_integer", {}) if not fault and whole and "." in cell else fault
    return _find_form_fault(cell, column)


def _find_form_fault(
    cell: str, column: ColumnSchema | FieldSchema
) -> tuple[str, dict[str, str]] | None:
    fits, key = _FORMS.get(column.kind, (bool, ""))
    if not fits(cell):
        return key, {}
    far = column.kind in {"date", "when"} and not FIRST_DAY[:4] <= cell[:4] <= LAST_DAY[:4]
    return ("far_day", {"low": FIRST_DAY[:4], "high": LAST_DAY[:4]}) if far else None
