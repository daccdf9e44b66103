"""``plan_import``: from what was read from a report to what importing it would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from store.audit.changes import RowChange
from store.audit.ledger import current, last_token
from store.audit.rows import key_of
from store.bootstrap import ensure_store
from store.db.database import reading
from store.db.schema import APPROVALS, IMPORTS
from store.imports.plan.aliases import Alias, aliases
from store.imports.plan.differences import Difference, differences
from store.imports.plan.item_rows import ReadItems, read_items
from store.imports.plan.period_rows import period_row
from store.imports.plan.plan import ImportPlan, Problem, Settled
from store.imports.plan.planned_differences import diff_of
from store.imports.plan.questions import asked_of_differences, asked_of_queue
from store.imports.plan.resolutions import Known, outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.model.extraction import Extraction
    from store.audit.rows import Content, Row
    from store.imports.plan.review_rows import ReviewRow

COMPARED = ("observations", "places", "clearance", "indicators")


@dataclass
class _Making:
    """A plan being made."""

    changes: list[RowChange] = field(default_factory=list)
    reviews: list[ReviewRow] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: str, rows: list[Row]) -> None:
        self.changes += [RowChange(table, None, row | _REPORTED) for row in rows]


_REPORTED = {"origin": "report", "position": None}


def plan_import(
    read: Extraction, *, period: str = "", decisions: Mapping[str, str] | None = None
) -> ImportPlan:
    """Return what importing an extraction would do; nothing is written.

    ``period`` is where the facts belong, by default what the document says or what the store
    knows of it. ``decisions`` are answers to questions of an earlier plan of the same document,
    by fingerprint.
    """
    with reading(ensure_store()) as connection:
        return _planned(connection, read, period, dict(decisions or {}))


def _planned(
    connection: sa.Connection, read: Extraction, period: str, decisions: dict[str, str]
) -> ImportPlan:
    sha256, version = read.document.sha256, last_token(connection, reported=True)
    stored = {table: current(connection, table) for table in ("documents", "periods", "items")}
    same = next((row for row in stored["documents"] if row["sha256"] == sha256), None)
    period = str((same and same["period"]) or period or read.document.period)
    doc = str(same["doc"]) if same else _new_doc(period, sha256)
    already = imported_by(connection, sha256)
    if already:
        return ImportPlan(read, version, sha256, doc, period, already=already)
    making = _Making()
    making.problems += _problems(connection, read, period, stored, new=same is None)
    if any(problem.blocking for problem in making.problems):
        return ImportPlan(read, version, sha256, doc, period, problems=tuple(making.problems))
    if same is None:
        _add_document(making, read, doc, period, stored)
    source = {"doc": doc, "period": period, "parser_version": read.parser_version}
    items = read_items(read, stored["items"], aliases(connection, "item"), source)
    if same is None:
        _add_new(connection, making, items)
    else:
        _compare(connection, making, items, doc)
    asked = [*items.questions, *asked_of_queue(read, items, source, aliases(connection, "place"))]
    asked += asked_of_differences(
        making.differing, {} if same is None else {row["item"]: row for row in items.new}, source
    )
    _settle(connection, making, asked, decisions)
    return ImportPlan(
        read,
        version,
        sha256,
        doc,
        period,
        changes=tuple(making.changes),
        reviews=tuple(making.reviews),
        settled=tuple(making.settled),
        aliases=tuple(making.aliases),
        matches=tuple(items.matches),
        differing=tuple(making.differing),
        problems=tuple(making.problems),
        diff=diff_of(connection, making.changes, period, bool(read.projects)),
    )


def imported_by(connection: sa.Connection, sha256: str) -> int:
    """Return the number of the import that a document is in the store by, 0 when it is not."""
    undone = sa.select(IMPORTS.c.undoes).where(IMPORTS.c.undoes.is_not(None))
    found = sa.select(IMPORTS.c.id).where(
        IMPORTS.c.kind == "report", IMPORTS.c.sha256 == sha256, IMPORTS.c.id.not_in(undone)
    )
    return int(connection.scalar(found) or 0)


def _new_doc(period: str, sha256: str) -> str:
    return f"{period.lower()}-{sha256[:8]}" if period else ""


def _problems(
    connection: sa.Connection,
    read: Extraction,
    period: str,
    stored: Mapping[str, list[Row]],
    *,
    new: bool,
) -> list[Problem]:
    problems = [Problem("message", False, (("text", text),)) for text in read.document.messages]
    if not period:
        problems.append(Problem("no_period", True))
    elif period_row(period, "") is None and period not in {p["period"] for p in stored["periods"]}:
        problems.append(Problem("bad_period", True, (("period", period[:40]),)))
    if not read.balance.exact:
        told = tuple((name, str(value)) for name, value in vars(read.balance).items())
        problems.append(Problem("balance", True, told))
    locked = set(connection.scalars(sa.select(APPROVALS.c.period)))
    if new and period in locked:
        problems.append(Problem("locked", True, (("period", period),)))
    others = [row["title"] for row in stored["documents"] if row["period"] == period]
    if new and others:
        problems.append(Problem("same_period", False, (("title", others[0][:120]),)))
    if not (read.projects or read.indicators or read.clearance or read.parks):
        problems.append(Problem("nothing_read", False))
    if read.not_understood:
        problems.append(Problem("not_understood", False, (("count", str(read.not_understood)),)))
    return problems


def _add_document(
    making: _Making,
    read: Extraction,
    doc: str,
    period: str,
    stored: Mapping[str, list[Row]],
) -> None:
    document = read.document
    if period not in {row["period"] for row in stored["periods"]}:
        row = period_row(period, document.as_of or document.issued)
        if row:
            making.add("periods", [row])
    row = {
        "doc": doc,
        "title": document.title or document.name,
        "issuer": document.issuer,
        "issued": document.issued,
        "as_of": document.as_of,
        "period": period,
        "status": "draft" if document.draft else "final",
        "file": document.name,
        "sha256": document.sha256,
        "note": "",
    }
    making.add("documents", [row])


def _add_new(connection: sa.Connection, making: _Making, items: ReadItems) -> None:
    """Plan the rows of a document that the store has nothing of yet."""
    making.add("items", items.new)
    for table in COMPARED:
        known = {row["key"] for row in current(connection, table)}
        rows = {key_of(row, table): row for row in items.rows[table]}
        making.add(table, [row for key, row in rows.items() if key not in known])


def _compare(connection: sa.Connection, making: _Making, items: ReadItems, doc: str) -> None:
    """Plan nothing but questions: the store has this document's facts from the curated tables."""
    for table in COMPARED:
        mine: list[Content] = [row for row in current(connection, table) if row["doc"] == doc]
        if table == "places":
            about = {row["item"] for row in items.rows["places"]} | {
                match.item for _, match in items.matches
            }
            mine = [row for row in current(connection, table) if row["item"] in about]
        read = {key_of(row, table): row for row in items.rows[table]}
        making.differing += differences(mine, list(read.values()), table)


def _settle(
    connection: sa.Connection,
    making: _Making,
    asked: list[ReviewRow],
    decisions: Mapping[str, str],
) -> None:
    """Part the questions into those already answered and those to ask; plan the answers."""
    remembered = aliases(connection, "answer")
    known = Known.of(connection, making.changes)
    seen: set[str] = set()
    for review in asked:
        mark = review.fingerprint
        if mark in seen:
            continue
        seen.add(mark)
        choice = decisions.get(mark) or remembered.get(mark)
        if choice is None:
            making.reviews.append(review)
            continue
        done = outcome(review, choice, known)
        making.changes += done.changes
        making.aliases += done.aliases
        making.settled.append(Settled(review, choice, mark not in decisions))
        known = known.after(done.changes)
