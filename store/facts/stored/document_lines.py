"""The texts of the documents that were imported: every paragraph and table row with its line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.text import to_nfc
from store.db.database import reading
from store.db.schema import READINGS
from store.facts.sources import make_source
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.facts import Facts
    from store.facts.sources import Source

_MOST_DOCUMENTS: Final = 128


@dataclass(frozen=True)
class DocumentLine:
    """A paragraph, or a row of a table with tabs between its cells.

    ``period`` is that of the document.
    """

    doc: str
    period: str
    line_from: int
    line_to: int
    text: str

    def make_source(self, facts: Facts, raw: str) -> Source:
        """Return the source of words on these lines."""
        return make_source(facts, self.doc, self.line_from, self.line_to, raw=raw)


@dataclass(frozen=True)
class TaskTime:
    """When a task of a programme is due: its name, ``milestone_start`` …, the time and its words.

    ``component`` is the part of the works that the time is of, '' for the whole.
    """

    doc: str
    period: str
    line_from: int
    line_to: int
    name: str
    field: str
    when: str
    component: str
    raw: str


@cache_on_reports()
def list_document_lines(facts: Facts) -> tuple[DocumentLine, ...]:
    """Return the lines of every imported document in the order of issue; () without a store.

    Facts that are narrowed to an area have none: a document speaks of the whole city.
    """
    return tuple(
        DocumentLine(doc, period, line_from, line_to, text)
        for doc, period, content in _list_contents(facts)
        for line_from, line_to, text in content[0]
    )


@cache_on_reports()
def list_task_times(facts: Facts) -> tuple[TaskTime, ...]:
    """Return when the tasks of every imported document are due, in the order of issue."""
    return tuple(
        TaskTime(doc, period, *task)
        for doc, period, content in _list_contents(facts)
        for task in content[1]
    )


_Line = tuple[int, int, str]
_Task = tuple[int, int, str, str, str, str, str]
_Content = tuple[tuple[_Line, ...], tuple[_Task, ...]]


def _list_contents(facts: Facts) -> Iterator[tuple[str, str, _Content]]:
    if not facts.url or facts.scope is not None:
        return
    query = sa.select(READINGS.c.sha256, sa.func.max(READINGS.c.import_id))
    with reading(facts.url) as connection:
        rows = connection.execute(query.group_by(READINGS.c.sha256)).all()
    last = {str(row[0]): int(row[1]) for row in rows}
    for doc in facts.document_ranks:
        row = facts.document_rows[doc]
        if row["sha256"] in last:
            yield doc, str(row["period"]), _read_content(facts.url, last[row["sha256"]])


@lru_cache(maxsize=_MOST_DOCUMENTS)
def _read_content(url: str, import_id: int) -> _Content:
    """Return the lines and tasks of what was read at an import, which never changes."""
    query = sa.select(READINGS.c.content).where(READINGS.c.import_id == import_id)
    with reading(url) as connection:
        content = connection.scalar(query)
    if content is None:
        return (), ()
    read = json.loads(content)
    lines = tuple(
        line for block in read["document"]["blocks"] for line in _iterate_block_lines(block)
    )
    tasks = tuple(task for row in read.get("tasks", ()) for task in _iterate_task_times(row))
    return lines, tasks


def _iterate_block_lines(block: dict[str, Any]) -> Iterator[_Line]:
    for part in block.get("rows", (block,)):
        cells = part.get("cells")
        text = "\t".join(cell["text"] for cell in cells) if cells else part.get("text", "")
        place = part["place"]
        if text.strip():
            yield place["line_from"], place["line_to"], to_nfc(text)


def _iterate_task_times(task: dict[str, Any]) -> Iterator[_Task]:
    for value in task["values"]:
        if value["field"].startswith("milestone"):
            place = value["place"]
            yield (
                place["line_from"],
                place["line_to"],
                to_nfc(task["name"]),
                value["field"],
                value["value"],
                value.get("component", ""),
                value["raw"],
            )
