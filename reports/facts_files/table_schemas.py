"""The tables of ``data/facts``: a ``TableSchema`` per file, columns in their order."""

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
    ColumnSchema,
    TableSchema,
)


def _make_word_column(
    name: str, allowed: tuple[str, ...], *, required: bool = True
) -> ColumnSchema:
    return ColumnSchema(name, "word", required=required, allowed=frozenset(allowed))


_PERIOD: Final = ColumnSchema("period", "code", required=True, refers="periods")
_DOC: Final = ColumnSchema("doc", "code", required=True, refers="documents")
_LINES: Final = (
    ColumnSchema("line_from", "integer", required=True, limits=LINES),
    ColumnSchema("line_to", "integer", required=True, limits=LINES),
)
_NOTE: Final = ColumnSchema("note")

TABLES: Final = {
    table.name: table
    for table in (
        TableSchema(
            "documents",
            (
                ColumnSchema("doc", "code", required=True),
                ColumnSchema("title", required=True),
                ColumnSchema("issuer"),
                ColumnSchema("issued", "date"),
                ColumnSchema("as_of", "date"),
                _PERIOD,
                _make_word_column("status", DOCUMENT_STATUSES),
                ColumnSchema("file"),
                ColumnSchema("sha256"),
                _NOTE,
            ),
            key=("doc",),
        ),
        TableSchema(
            "periods",
            (
                ColumnSchema("period", "code", required=True),
                ColumnSchema("label_vi", required=True),
                ColumnSchema("label_en", required=True),
                ColumnSchema("start", "date"),
                ColumnSchema("as_of", "date", required=True),
            ),
            key=("period",),
        ),
        TableSchema(
            "items",
            (
                ColumnSchema("item", "code", required=True),
                _make_word_column("kind", ITEM_KINDS),
                ColumnSchema("name", required=True),
                ColumnSchema("name_raw"),
                _make_word_column("funding", FUNDINGS),
                _make_word_column("phase", PHASES, required=False),
                ColumnSchema("group"),
                ColumnSchema("no"),
                ColumnSchema("zone", "code", refers="zones"),
                _NOTE,
            ),
            key=("item",),
            per_chapter=True,
        ),
        TableSchema(
            "places",
            (
                ColumnSchema("item", "code", required=True, refers="items"),
                ColumnSchema("commune", "code", required=True, refers="communes"),
                _make_word_column("how", HOW_PLACED),
                _make_word_column("certainty", CERTAINTIES),
                ColumnSchema("raw"),
                ColumnSchema("doc", "code", refers="documents"),
                ColumnSchema("line", "integer", limits=LINES),
                _NOTE,
            ),
            key=("item", "commune"),
            per_chapter=True,
        ),
        TableSchema(
            "observations",
            (
                ColumnSchema("item", "code", required=True, refers="items"),
                _PERIOD,
                _DOC,
                *_LINES,
                ColumnSchema("cell"),
                _make_word_column("field", tuple(FIELDS)),
                ColumnSchema("component"),
                ColumnSchema("value", required=True),
                ColumnSchema("total", "number", limits=WORK),
                ColumnSchema("unit"),
                _make_word_column("basis", BASES, required=False),
                _make_word_column("qualifier", QUALIFIERS, required=False),
                ColumnSchema("raw"),
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
        TableSchema(
            "clearance",
            (
                ColumnSchema("clearance", "code", required=True),
                _PERIOD,
                _DOC,
                *_LINES,
                ColumnSchema("commune", "code", refers="communes"),
                ColumnSchema("item", "code", refers="items"),
                _make_word_column("category", CLEARANCE_CATEGORIES),
                ColumnSchema("statement"),
                ColumnSchema("raw"),
                ColumnSchema("asked_to_act"),
                ColumnSchema("area_ha", "number", limits=HECTARES),
                ColumnSchema("households", "integer", limits=HOUSEHOLDS),
                _NOTE,
            ),
            key=("clearance",),
        ),
        TableSchema(
            "indicators",
            (
                ColumnSchema("indicator", "code", required=True),
                _PERIOD,
                _DOC,
                *_LINES,
                ColumnSchema("subject", "code", required=True),
                ColumnSchema("measure", "code", required=True),
                ColumnSchema("value", "number", required=True, limits=COUNTS),
                ColumnSchema("total", "number", limits=COUNTS),
                ColumnSchema("unit"),
                ColumnSchema("raw"),
                _NOTE,
            ),
            key=("indicator",),
        ),
        TableSchema(
            "corrections",
            (
                _DOC,
                ColumnSchema("line", "integer", required=True, limits=LINES),
                ColumnSchema("raw", required=True),
                ColumnSchema("corrected", required=True),
                ColumnSchema("why"),
            ),
            key=("doc", "line", "raw"),
        ),
        TableSchema(
            "conflicts",
            (
                ColumnSchema("conflict", "code", required=True),
                ColumnSchema("subject", required=True),
                ColumnSchema("item", "code", refers="items"),
                ColumnSchema("period_a", "code", refers="periods"),
                ColumnSchema("doc_a", "code", required=True, refers="documents"),
                ColumnSchema("line_a", "integer", limits=LINES),
                ColumnSchema("value_a", required=True),
                ColumnSchema("period_b", "code", refers="periods"),
                ColumnSchema("doc_b", "code", required=True, refers="documents"),
                ColumnSchema("line_b", "integer", limits=LINES),
                ColumnSchema("value_b", required=True),
                _NOTE,
            ),
            key=("conflict",),
        ),
    )
}
