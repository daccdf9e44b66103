"""The tables of ``data/facts``: one ``Table`` per file, its columns in the order of the header."""

from __future__ import annotations

from typing import Final

from reports.model.ranges import COUNTS, HECTARES, HOUSEHOLDS, LINES, WORK
from reports.model.schema import (
    BASES,
    CERTAINTIES,
    CLEARANCE_CATEGORIES,
    DOCUMENT_STATUSES,
    FIELDS,
    FUNDINGS,
    HOW_PLACED,
    ITEM_KINDS,
    PHASES,
    QUALIFIERS,
    Column,
    Table,
)


def _words(name: str, allowed: tuple[str, ...], *, required: bool = True) -> Column:
    return Column(name, "word", required=required, allowed=frozenset(allowed))


_PERIOD: Final = Column("period", "code", required=True, refers="periods")
_DOC: Final = Column("doc", "code", required=True, refers="documents")
_LINES: Final = (
    Column("line_from", "integer", required=True, limits=LINES),
    Column("line_to", "integer", required=True, limits=LINES),
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
                Column("line", "integer", limits=LINES),
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
                Column("total", "number", limits=WORK),
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
                Column("area_ha", "number", limits=HECTARES),
                Column("households", "integer", limits=HOUSEHOLDS),
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
                Column("value", "number", required=True, limits=COUNTS),
                Column("total", "number", limits=COUNTS),
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
                Column("line", "integer", required=True, limits=LINES),
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
                Column("line_a", "integer", limits=LINES),
                Column("value_a", required=True),
                Column("period_b", "code", refers="periods"),
                Column("doc_b", "code", required=True, refers="documents"),
                Column("line_b", "integer", limits=LINES),
                Column("value_b", required=True),
                _NOTE,
            ),
            key=("conflict",),
        ),
    )
}
