"""Columns that several exported tables have, and how their values are read in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.exports.tables.table import ExportColumn, ExportInput, Place, Reader, Row
from store.facts.labels import get_period_label, translate_word
from store.facts.sources import source_from_row
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.facts import Facts
    from store.facts.sources import Source


def declare_pair(
    key: str, width: int, in_words: Reader, *, place: Place = "main", read: str | Reader = ""
) -> tuple[ExportColumn, ExportColumn]:
    """Return a column of program words and, beside it, the words as people read them."""
    title = f"exports.column.{key}"
    return (
        ExportColumn(key, read=read, coded=True, title_form="code"),
        ExportColumn(f"{key}_text", "long", width, place, in_words, title_key=title),
    )


def declare_word(
    key: str, width: int, texts: str, *, place: Place = "main", read: str = ""
) -> tuple[ExportColumn, ExportColumn]:
    """Return such a pair for words with a text each: of the catalogue's section ``texts``.

    In the sections of ``layers`` a word may lack a text and stands for itself.
    """

    def in_words(given: ExportInput, row: Row) -> str:
        word = row.get(read or key)
        if texts.startswith("layers."):
            return translate_word(texts.removeprefix("layers."), word or "", given.language)
        return t(f"{texts}.{word}", given.language) if word else ""

    return declare_pair(key, width, in_words, place=place, read=read)


def declare_period(key: str, width: int) -> tuple[ExportColumn, ExportColumn]:
    """Return such a pair for a period."""
    return declare_pair(
        key, width, lambda given, row: get_period_label(given.facts, row[key], given.language)
    )


def declare_item_name(width: int) -> ExportColumn:
    """Return the column of the name of the row's item."""
    return ExportColumn(
        "name", "long", width, read=lambda given, row: given.facts.item_names.get(row["item"])
    )


def declare_commune(read: str = "commune") -> tuple[ExportColumn, ExportColumn]:
    """Return the columns of a commune's code and name; ``read`` is the code's key in the row."""

    def read_name(given: ExportInput, row: Row) -> str | None:
        return given.facts.commune_names.get(row.get(read, ""))

    return (
        ExportColumn("commune", "code", 9, read=read),
        ExportColumn("commune_name", "text", 24, read=read_name),
    )


def cite_lines(given: ExportInput, row: Row) -> str:
    """Return where a row of the facts stands: its document and lines."""
    if not row.get("doc"):
        return ""
    return format_sources([source_from_row(given.facts, row)], given.language)


ITEM: Final = ExportColumn("item", "code", 14)
CITED: Final = (
    ExportColumn("source", "text", 22, read=cite_lines),
    ExportColumn("doc", "code", 14),
    ExportColumn("line_from", "integer", 9),
    ExportColumn("line_to", "integer", 9),
    ExportColumn("raw", "long", 44),
)
"""Where a statement of a report stands, and its words."""


def format_commune_names(facts: Facts, codes: Iterable[str]) -> str:
    """Return the names of communes, with semicolons."""
    names = facts.commune_names
    return "; ".join(names[code] for code in codes if code in names)


def format_district_names(facts: Facts, codes: Iterable[str], language: str) -> str:
    """Return the former districts that communes lay in last, with semicolons."""
    names = (
        name for code in codes for name in _map_former_districts(facts, language).get(code, ())
    )
    return "; ".join(dict.fromkeys(names))


def format_sources(sources: Sequence[Source], language: str) -> str:
    """Return where values stand: the document's code (see the documents) and its lines."""
    return "; ".join(dict.fromkeys(_format_place(source, language) for source in sources))


def _format_place(source: Source, language: str) -> str:
    if not source.line_from:
        return source.doc
    key = "line" if source.line_from == source.line_to else "lines"
    lines = {"first": source.line_from, "last": source.line_to}
    return t(f"exports.source.{key}", language, doc=source.doc, **lines)


@cache_on_facts(most=8)
def _map_former_districts(facts: Facts, language: str) -> dict[str, tuple[str, ...]]:
    """Return for every commune the districts of the last day before the merger."""
    units = facts.former_units
    last = units[(units["relation"] == "set") & (units["district"] != "")]
    last = last[last["valid_to"] == last["valid_to"].max()].sort_values("unit")
    districts: dict[str, list[str]] = {}
    for row in last.itertuples(index=False):
        for code in row.communes.split():
            districts.setdefault(code, []).append(
                t(f"map.former.{row.kind}", language, name=row.name)
            )
    return {code: tuple(names) for code, names in districts.items()}
