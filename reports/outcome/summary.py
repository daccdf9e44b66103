"""What became of a whole document, in one line: pages, tables, columns, lines, cells, sentences.

That nothing is lost is said only where everything that can be seen was read or is asked about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE, t
from reports.model.document import TableBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model.extraction import ColumnUse, Extraction

_NAMED: Final = 5
"""Pages and columns named; of more, how many others there are."""

_HEADING_CHARS: Final = 60


def gave_nothing(extraction: Extraction) -> bool:
    """Return True if importing the document would bring no figure at all."""
    read = extraction
    named = read.projects or read.indicators or read.clearance or read.parks
    return not (named or read.reading.statements)


def is_all_read(extraction: Extraction) -> bool:
    """Return True if all that can be seen in the document was read or is asked about."""
    return (
        extraction.balance.complete
        and not extraction.document.unread_pages
        and not list_unused_columns(extraction)
        and extraction.reading.balance.exact
        and not extraction.reading.unread
        and not (gave_nothing(extraction) and not extraction.tasks)
    )


def list_unused_columns(extraction: Extraction) -> tuple[ColumnUse, ...]:
    """Return the columns that hold something and were not used."""
    return tuple(column for column in extraction.columns if column.fate == "unused")


def describe_outcome(extraction: Extraction, language: str = DEFAULT_LANGUAGE) -> str:
    """Return in one line how much of each kind the document has and what became of it."""
    read, balance = extraction, extraction.balance
    tables = sum(isinstance(block, TableBlock) for block in read.document.blocks)
    fates = Counter(column.fate for column in read.columns)
    parts: list[str] = []

    def say(name: str, **values: object) -> None:
        parts.append(t(f"reports.outcome.{name}", language, **values))

    unread = len(read.document.unread_pages) or balance.pages_unread
    pages = balance.pages or read.document.pages
    if pages:
        kind = "sheets" if read.document.sheets else "pages"
        say(kind, count=pages, read=max(pages - unread, 0))
    if tables:
        say("tables", count=tables)
    if read.columns:
        say("columns", used=fates["used"], asked=fates["asked"], unused=fates["unused"])
    if balance.table_lines:
        say(
            "lines_periods" if balance.in_other_periods else "lines",
            count=balance.table_lines,
            rows=balance.in_rows,
            headers=balance.in_headers,
            queue=balance.in_queue,
            others=balance.in_other_periods,
        )
    if balance.cells:
        say(
            "cells",
            used=balance.cells_used,
            asked=balance.cells_asked,
            unused=balance.cells_unused,
        )
    if hidden := count_unseen(read):
        say("unseen", count=hidden)
    if sentences := describe_sentences(read, language):
        parts.append(sentences)
    return " · ".join(parts)


def describe_sentences(extraction: Extraction, language: str = DEFAULT_LANGUAGE) -> str:
    """Return in one line where the sentences went; '' for a document without any.

    A sentence that was read may hold something more that nothing used: that is said beside.
    """
    balance = extraction.reading.balance
    parts: list[str] = []
    if balance.total:
        values = {name: getattr(balance, name) for name in ("total", "read", "asked", "nothing")}
        unread = _count_sentences_without_statements(extraction)
        key = "sentences_unread" if unread else "sentences"
        values |= {"unread": unread, "nothing": balance.nothing - unread}
        parts.append(t(f"reports.outcome.{key}", language, **values))
    if left := len(extraction.reading.unread):
        parts.append(t("reports.outcome.sentences_left", language, count=left))
    return " · ".join(parts)


def describe_rest(extraction: Extraction, language: str = DEFAULT_LANGUAGE) -> str:
    """Return in plain words what was not read, pages first; or that nothing was lost."""
    read, balance = extraction, extraction.balance
    if is_all_read(read):
        return t("reports.outcome.nothing_lost", language)
    parts: list[str] = []
    if not (balance.exact and read.reading.balance.exact):
        parts.append(t("reports.outcome.not_exact", language))
    if pages := describe_unread_pages(read, language):
        parts.append(pages)
    if gave_nothing(read):
        parts.append(t("reports.outcome.nothing_read", language))
    if unused := list_unused_columns(read):
        named = [f"“{_shorten(column.heading)}”" for column in unused]
        names = _list_some(named, language)
        parts.append(t("reports.outcome.rest_columns", language, count=len(unused), names=names))
    if balance.cells_unused:
        parts.append(t("reports.outcome.rest_cells", language, count=balance.cells_unused))
    if balance.in_other_periods:
        count = balance.in_other_periods
        parts.append(t("reports.outcome.rest_periods", language, count=count))
    if left := len(read.reading.unread):
        parts.append(t("reports.outcome.rest_sentences", language, count=left))
    return " ".join(parts)


def _count_sentences_without_statements(extraction: Extraction) -> int:
    """Return how many sentences have something in them, of which nothing became a statement."""
    reading = extraction.reading
    said = {(one.place.line_from, one.sentence) for one in reading.statements}
    unread = {(one.place.line_from, one.sentence) for one in reading.unread if not one.place.table}
    return min(len(unread - said), reading.balance.nothing)


def has_unread_pages(extraction: Extraction) -> bool:
    """Return True if of some page or sheet nothing, or not all, was read."""
    return bool(extraction.document.unread_pages or extraction.balance.pages_unread)


def describe_unread_pages(extraction: Extraction, language: str = DEFAULT_LANGUAGE) -> str:
    """Return which pages, or sheets, were not read or not whole; '' where all were."""
    document = extraction.document
    unread = document.unread_pages
    if not unread:
        count = extraction.balance.pages_unread
        return t("reports.outcome.some_pages", language, count=count) if count else ""
    sheets = document.sheets
    names = [sheets[page - 1] if 0 < page <= len(sheets) else str(page) for page in unread]
    kind = "rest_sheets" if sheets else "rest_pages"
    return t(f"reports.outcome.{kind}", language, names=_list_some(names, language))


def format_summary(extraction: Extraction) -> str:
    """Return what was read, in a few lines, and what became of the rest."""
    document = extraction.document
    lines = [
        t("reports.summary.title", title=document.title or document.name),
        t("reports.summary.dates", period=document.period or "–", as_of=document.as_of or "–"),
        t(
            "reports.summary.found",
            projects=len(extraction.projects),
            indicators=len(extraction.indicators),
            clearance=len(extraction.clearance),
            parks=len(extraction.parks),
            queue=len(extraction.queue),
        ),
        describe_outcome(extraction),
        describe_rest(extraction),
        *document.messages,
    ]
    return "\n".join(lines) + "\n"


def count_unseen(extraction: Extraction) -> int:
    """Return how many cells and paragraphs hold something that is not shown."""
    count = 0
    for block in extraction.document.blocks:
        if isinstance(block, TableBlock):
            count += sum(bool(cell.unseen) for row in block.rows for cell in row.cells)
        else:
            count += bool(block.unseen)
    return count


def _list_some(names: Sequence[str], language: str) -> str:
    listed = ", ".join(names[:_NAMED])
    left = len(names) - _NAMED
    return t("reports.outcome.more", language, names=listed, count=left) if left > 0 else listed


def _shorten(heading: str) -> str:
    text = " ".join(heading.split())
    return text if len(text) <= _HEADING_CHARS else f"{text[: _HEADING_CHARS - 1]}…"
