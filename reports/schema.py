"""What every table of ``data/facts`` holds: columns, kinds of value, allowed words, references.

One ``Table`` per file, one ``Column`` per column, in the order of the file's header. The words
here are the program's own (``key_project``, ``misses``); what a reader sees of them comes from
the text catalogue. ``reports.curated`` reads the files by this schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "code", "word", "integer", "number", "when", "date", "codes"]
"""How a cell is read.

``text``: any text in NFC. ``code``: letters, digits, ``-``, ``_``, ``.``, ``:`` and ``/`` only.
``word``: one of ``Column.allowed``. ``integer`` and ``number``: plain digits with a decimal
point, no grouping. ``when``: ``2026``, ``2026-Q3``, ``2026-05`` or ``2026-05-07``. ``date``: an ISO
date. ``codes``: codes with a space between them.
"""


@dataclass(frozen=True)
class Column:
    """One column: its name, how it is read, whether it may be empty and what it points at."""

    name: str
    kind: Kind = "text"
    required: bool = False
    allowed: frozenset[str] = frozenset()
    refers: str = ""
    """``table`` whose key the cell names: ``items``, ``documents``, ``periods``, ``communes``…"""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: its file's name, its columns in order, its key, and whether chapters have it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    per_chapter: bool = False

    @property
    def file(self) -> str:
        """The name of the file in the facts folder or in a chapter's folder."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns in the file's order."""
        return tuple(column.name for column in self.columns)


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
HOW_PLACED: Final = ("stated", "former_unit", "zone", "name", "public_source")
CERTAINTIES: Final = ("certain", "likely")
DOCUMENT_STATUSES: Final = ("final", "draft", "unknown")
QUALIFIERS: Final = ("exact", "about", "over", "under")
BASES: Final = ("contract_value", "total_investment", "phase", "area", "volume", "unstated")
"""What a percentage is a share of; empty or ``unstated`` where the report does not say."""


@dataclass(frozen=True)
class Field:
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
    low: float | None = None
    high: float | None = None


def _share(name: str, *, carried: bool) -> Field:
    return Field(name, "number", carried=carried, low=0, high=100)


FIELDS: Final = {
    field.name: field
    for field in (
        Field("investment_mvnd", "number", low=0),
        Field("land_payment_mvnd", "number", low=0),
        Field("area_ha", "number", low=0),
        _share("planned_clearance_pct", carried=False),
        _share("actual_clearance_pct", carried=True),
        _share("planned_construction_pct", carried=False),
        _share("actual_construction_pct", carried=True),
        Field("physical_done", "number", many=True, low=0),
        Field("forecast", "word", frozenset(FORECASTS), carried=False),
        Field("status", "word", frozenset(STATUSES)),
        Field("obstacle", "word", frozenset(OBSTACLE_CATEGORIES), many=True),
        Field("obstacle_text", "text", many=True),
        Field("asked_to_act", "text", many=True),
        Field("request_text", "text", many=True),
        Field("milestone_start", "when"),
        Field("milestone_inauguration", "when"),
        Field("milestone_finish", "when"),
        Field("planned_work", "text", carried=False, many=True),
        Field("result_text", "text", many=True),
    )
}


def _words(name: str, allowed: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(name, "word", required=required, allowed=frozenset(allowed))


_PERIOD: Final = Column("period", "code", required=True, refers="periods")
_DOC: Final = Column("doc", "code", required=True, refers="documents")
_LINES: Final = (
    Column("line_from", "integer", required=True, low=1),
    Column("line_to", "integer", required=True, low=1),
)
_NOTE: Final = Column("note")

TABLES: Final = {
    table.name: table
    for table in (
        Table(
            "documents",
            (
                Column("doc", "code", required=True),
                Column("title", required=True),
                Column("issuer"),
                Column("issued", "date"),
                Column("as_of", "date"),
                _PERIOD,
                _words("status", DOCUMENT_STATUSES),
                Column("file"),
                Column("sha256"),
                _NOTE,
            ),
            key=("doc",),
        ),
        Table(
            "periods",
            (
                Column("period", "code", required=True),
                Column("label_vi", required=True),
                Column("label_en", required=True),
                Column("start", "date"),
                Column("as_of", "date", required=True),
            ),
            key=("period",),
        ),
        Table(
            "items",
            (
                Column("item", "code", required=True),
                _words("kind", ITEM_KINDS),
                Column("name", required=True),
                Column("name_raw"),
                _words("funding", FUNDINGS),
                _words("phase", PHASES, required=False),
                Column("group"),
                Column("no"),
                Column("zone", "code", refers="zones"),
                _NOTE,
            ),
            key=("item",),
            per_chapter=True,
        ),
        Table(
            "places",
            (
                Column("item", "code", required=True, refers="items"),
                Column("commune", "code", required=True, refers="communes"),
                _words("how", HOW_PLACED),
                _words("certainty", CERTAINTIES),
                Column("raw"),
                Column("doc", "code", refers="documents"),
                Column("line", "integer", low=1),
                _NOTE,
            ),
            key=("item", "commune"),
            per_chapter=True,
        ),
        Table(
            "observations",
            (
                Column("item", "code", required=True, refers="items"),
                _PERIOD,
                _DOC,
                *_LINES,
                Column("cell"),
                _words("field", tuple(FIELDS)),
                Column("component"),
                Column("value", required=True),
                Column("total", "number", low=0),
                Column("unit"),
                _words("basis", BASES, required=False),
                _words("qualifier", QUALIFIERS, required=False),
                Column("raw"),
                _NOTE,
            ),
            key=(
                "item",
                "period",
                "doc",
                "line_from",
                "cell",
                "field",
                "component",
                "basis",
                "value",
            ),
            per_chapter=True,
        ),
        Table(
            "clearance",
            (
                Column("clearance", "code", required=True),
                _PERIOD,
                _DOC,
                *_LINES,
                Column("commune", "code", refers="communes"),
                Column("item", "code", refers="items"),
                _words("category", CLEARANCE_CATEGORIES),
                Column("statement"),
                Column("raw"),
                Column("asked_to_act"),
                Column("area_ha", "number", low=0),
                Column("households", "integer", low=0),
                _NOTE,
            ),
            key=("clearance",),
        ),
        Table(
            "indicators",
            (
                Column("indicator", "code", required=True),
                _PERIOD,
                _DOC,
                *_LINES,
                Column("subject", "code", required=True),
                Column("measure", "code", required=True),
                Column("value", "number", required=True),
                Column("total", "number"),
                Column("unit"),
                Column("raw"),
                _NOTE,
            ),
            key=("indicator",),
        ),
        Table(
            "corrections",
            (
                _DOC,
                Column("line", "integer", required=True, low=1),
                Column("raw", required=True),
                Column("corrected", required=True),
                Column("why"),
            ),
            key=("doc", "line", "raw"),
        ),
        Table(
            "conflicts",
            (
                Column("conflict", "code", required=True),
                Column("subject", required=True),
                Column("item", "code", refers="items"),
                Column("period_a", "code", refers="periods"),
                Column("doc_a", "code", required=True, refers="documents"),
                Column("line_a", "integer", low=1),
                Column("value_a", required=True),
                Column("period_b", "code", refers="periods"),
                Column("doc_b", "code", required=True, refers="documents"),
                Column("line_b", "integer", low=1),
                Column("value_b", required=True),
                _NOTE,
            ),
            key=("conflict",),
        ),
    )
}
