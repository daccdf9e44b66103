"""Columns that several exported tables have, and how their values are read in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.column_values import iterate_rows
from store.exports.tables.table import ExportColumn, ExportInput, Place, Reader, Row
from store.facts.labels import (
    describe_corrections,
    describe_figure_corrections,
    get_period_label,
    translate_word,
)
from store.facts.sources import source_from_row
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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


def declare_source(
    key: str,
    width: int,
    find: Callable[[ExportInput, Row], Sequence[Source]],
    *,
    place: Place = "main",
    title_key: str = "",
    title_form: str = "",
) -> tuple[ExportColumn, ExportColumn]:
    """Return the columns of where a value stands: by the document's code, and by its title."""
    return (
        ExportColumn(key, coded=True, title_key=title_key, title_form=title_form or "code",
                     read=lambda given, row: format_sources(find(given, row), given.language)),
        ExportColumn(f"{key}_text", "text", width, place,
                     lambda given, row: cite_titles(find(given, row), given.language),
                     title_key=title_key or f"exports.column.{key}", title_form=title_form),
    )  # fmt: skip


def find_row_source(given: ExportInput, row: Row) -> tuple[Source, ...]:
    """Return where a row of the facts stands; nothing where no document says it."""
    return (source_from_row(given.facts, row),) if row.get("doc") else ()


def read_corrections(given: ExportInput, row: Row) -> str:
    """Return what the document prints and how it is read, where a scan was corrected."""
    return describe_corrections(source_from_row(given.facts, row), given.language)


ITEM: Final = ExportColumn("item", "code", 14)
CITED: Final = (
    *declare_source("source", 48, find_row_source),
    ExportColumn("doc", "code", 14, coded=True),
    ExportColumn("line_from", "integer", 9),
    ExportColumn("line_to", "integer", 9),
    ExportColumn("raw", "long", 44),
    ExportColumn("corrected", "long", 36, read=read_corrections),
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
    return _join_places([(source.doc, source) for source in sources], language)


def cite_titles(sources: Sequence[Source], language: str) -> str:
    """Return where values stand: the document's title and its lines."""
    return _join_places([(source.title, source) for source in sources], language)


def _join_places(named: Sequence[tuple[str, Source]], language: str) -> str:
    """Return places once each; a number that a document prints otherwise is said behind them."""
    places = dict.fromkeys(_format_place(name, source, language) for name, source in named)
    corrected = describe_figure_corrections((source for _, source in named), language)
    return f"{'; '.join(places)} {corrected}".strip()


def _format_place(document: str, source: Source, language: str) -> str:
    if not source.line_from:
        return document
    key = "line" if source.line_from == source.line_to else "lines"
    lines = {"first": source.line_from, "last": source.line_to}
    return t(f"exports.source.{key}", language, doc=document, **lines)


@cache_on_facts(most=8)
def _map_former_districts(facts: Facts, language: str) -> dict[str, tuple[str, ...]]:
    """Return for every commune the districts of the last day before the merger."""
    units = facts.former_units
    last = units[(units["relation"] == "set") & (units["district"] != "")]
    last = last[last["valid_to"] == last["valid_to"].max()].sort_values("unit")
    districts: dict[str, list[str]] = {}
    for row in iterate_rows(last):
        for code in row.communes.split():
            districts.setdefault(code, []).append(
                t(f"map.former.{row.kind}", language, name=row.name)
            )
    return {code: tuple(names) for code, names in districts.items()}
