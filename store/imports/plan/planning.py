"""``plan_import``: from what was read from a report to what importing it would do."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from reports.outcome.summary import gave_nothing
from reports.statements.facts.city_figures import list_city_figures
from reports.statements.facts.items import collect_statement_facts
from store.audit.changes import RowChange
from store.audit.ledger import read_current_rows, read_last_token
from store.audit.locked_periods import name_period
from store.audit.rows import make_row_key
from store.db.database import reading
from store.db.schema import APPROVALS, IMPORTS
from store.facts.facts import load_facts
from store.imports.plan.differences import ImportDifference, find_differences
from store.imports.plan.fact_rows import make_period_row
from store.imports.plan.item_rows import (
    TABLES,
    ExtractedItems,
    extract_items,
    make_queue_questions,
)
from store.imports.plan.learned import read_learned_answers, settle_by_headings
from store.imports.plan.matching import (
    NameAlias,
    collect_known_names,
    normalise_name,
    read_aliases,
)
from store.imports.plan.mention_matching import collect_mention_names
from store.imports.plan.mentions import add_statement_facts
from store.imports.plan.plan import AnsweredQuestion, ImportPlan, ImportProblem
from store.imports.plan.resolutions import ResolutionContext, resolve_review
from store.imports.plan.review_rows import ITEM, PLACE, REOPENED
from store.imports.plan.statement_rows import (
    make_attribute_rows,
    make_statement_rows,
    make_unread_rows,
)
from store.imports.preview.period_comparison import compare_with_stored
from store.imports.questions.differing_rows import make_difference_questions
from store.imports.questions.doubtful import hold_doubtful, read_figures_by_period
from store.imports.questions.plausibility import find_known_reading
from store.imports.questions.shared import drop_questions_asked_twice, find_answer, merge_questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.facts_files.table_schemas import DocumentRow
    from reports.model.extraction import Extraction
    from store.audit.rows import Content, Row
    from store.imports.plan.review_rows import ReviewRow


@dataclass
class _PlanBuilder:
    """A plan being made."""

    changes: list[RowChange] = field(default_factory=list)
    reviews: list[ReviewRow] = field(default_factory=list)
    settled: list[AnsweredQuestion] = field(default_factory=list)
    aliases: list[NameAlias] = field(default_factory=list)
    differing: list[ImportDifference] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)

    def add(self, table: str, rows: Iterable[Content]) -> None:
        self.changes += [RowChange(table, None, {**row, **_REPORTED}) for row in rows]


_REPORTED = {"origin": "report", "position": None}


def plan_import(
    read: Extraction, *, period: str = "", decisions: Mapping[str, str] | None = None
) -> ImportPlan:
    """Return what importing an extraction would do; nothing is written.

    ``period`` is where the facts belong, by default what the document says or what the store
    knows of it. ``decisions`` are answers to questions of an earlier plan of the same document,
    by fingerprint.
    """
    with reading() as connection:
        return _build_plan(connection, read, period, dict(decisions or {}))


def _build_plan(
    connection: sa.Connection, read: Extraction, period: str, decisions: dict[str, str]
) -> ImportPlan:
    sha256, version = read.document.sha256, read_last_token(connection, reported=True)
    stored = {
        table: read_current_rows(connection, table) for table in ("documents", "periods", "items")
    }
    same = next((row for row in stored["documents"] if row["sha256"] == sha256), None)
    learned = read_learned_answers(connection, read.document.issuer)
    read = settle_by_headings(read, learned, {str(row["item"]) for row in stored["items"]})
    period = str((same and same["period"]) or period or read.document.period)
    doc = str(same["doc"]) if same else period and f"{period.lower()}-{sha256[:8]}"
    already = find_import_of_document(connection, sha256)
    if already:
        return ImportPlan(read, version, sha256, doc, period, already=already)
    making = _PlanBuilder()
    making.problems += _list_problems(connection, read, period, stored, new=same is None)
    if any(problem.blocking for problem in making.problems):
        return ImportPlan(read, version, sha256, doc, period, problems=tuple(making.problems))
    if same is None:
        _add_document(making, read, doc, period, stored)
    source = {"doc": doc, "period": period, "parser_version": read.parser_version}
    ours = replace(read, indicators=list_city_figures(read))
    figures = read_figures_by_period(connection)
    items = extract_items(ours, stored["items"], read_aliases(connection, "item"), source, figures)
    _add_statements(connection, making, read, items, source, new=same is None)
    if same is None:
        _add_new_rows(connection, making, items)
        making.add("item_attributes", make_attribute_rows(items.named, source))
    else:
        _compare_rows(connection, making, items, doc)
    questions = [*items.questions, *make_queue_questions(read, items, source)]
    questions = drop_questions_asked_twice(questions, read.reading)
    if same is None:
        making.changes, questions = hold_doubtful(
            connection, making.changes, items, questions, source=source, read=read,
            decisions=decisions,
        )  # fmt: skip
    questions += make_difference_questions(
        making.differing, {} if same is None else {row["item"]: row for row in items.new}, source
    )
    _apply_known_answers(connection, making, questions, decisions)
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
        diff=compare_with_stored(
            load_facts().reports, making.changes, period, bool(read.projects), items.named
        ),
    )


def find_import_of_document(connection: sa.Connection, sha256: str) -> int:
    """Return the number of the import that a document is in the store by, 0 when it is not."""
    undone = sa.select(IMPORTS.c.undoes).where(IMPORTS.c.undoes.is_not(None))
    query = sa.select(IMPORTS.c.id).where(
        IMPORTS.c.kind == "report", IMPORTS.c.sha256 == sha256, IMPORTS.c.id.not_in(undone)
    )
    return int(connection.scalar(query) or 0)


def _list_problems(
    connection: sa.Connection,
    read: Extraction,
    period: str,
    stored: Mapping[str, list[Row]],
    *,
    new: bool,
) -> list[ImportProblem]:
    problems = [
        ImportProblem("message", False, (("text", text),)) for text in read.document.messages
    ]
    if not period:
        problems.append(ImportProblem("no_period", True))
    elif make_period_row(period, "") is None and period not in {
        p["period"] for p in stored["periods"]
    }:
        problems.append(ImportProblem("bad_period", True, (("period", period[:40]),)))
    if not read.balance.exact:
        figures = tuple((name, str(value)) for name, value in vars(read.balance).items())
        problems.append(ImportProblem("balance", True, figures))
    locked = set(connection.scalars(sa.select(APPROVALS.c.period)))
    if new and period in locked:
        label = name_period(connection, period)
        problems.append(ImportProblem("locked", True, (("period", label),)))
    others = [row["title"] for row in stored["documents"] if row["period"] == period]
    if new and others:
        problems.append(ImportProblem("same_period", False, (("title", others[0][:120]),)))
    if gave_nothing(read):
        problems.append(ImportProblem("nothing_read", False))
    return problems


def _add_document(
    making: _PlanBuilder,
    read: Extraction,
    doc: str,
    period: str,
    stored: Mapping[str, list[Row]],
) -> None:
    document = read.document
    if period not in {row["period"] for row in stored["periods"]}:
        known = make_period_row(period, document.as_of or document.issued)
        making.add("periods", [known] if known else [])
    row: DocumentRow = {
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


def _add_new_rows(connection: sa.Connection, making: _PlanBuilder, items: ExtractedItems) -> None:
    """Plan the rows of a document that the store has nothing of yet."""
    making.add("items", items.new)
    for table in TABLES:
        known = {row["key"] for row in read_current_rows(connection, table)}
        rows = {make_row_key(row, table): row for row in items.rows[table]}
        making.add(table, [row for key, row in rows.items() if key not in known])


def _add_statements(
    connection: sa.Connection,
    making: _PlanBuilder,
    read: Extraction,
    items: ExtractedItems,
    source: Content,
    *,
    new: bool,
) -> None:
    """Plan the rows of what the document says, and of a ``new`` one the facts that it brings.

    The facts of a document that the store has already are those of the curated tables.
    """
    learned = read_learned_answers(connection, read.document.issuer)
    made = items if new else ExtractedItems()
    rows = [*read_current_rows(connection, "items"), *made.new]
    zones, aliases = load_gazetteer().zones, read_aliases(connection, "item")
    known = collect_known_names(rows, zones, aliases)
    places = read_current_rows(connection, "places")
    names = collect_mention_names(known, learned.names, places)
    codes = add_statement_facts(made, collect_statement_facts(read), names, source)
    if not new:
        codes = {index: code for index, code in codes.items() if code in known.items}
    making.add("statements", make_statement_rows(read, codes, learned.patterns, source))
    making.add("unread_sentences", make_unread_rows(read, source))


def _compare_rows(
    connection: sa.Connection, making: _PlanBuilder, items: ExtractedItems, doc: str
) -> None:
    """Plan nothing but questions: the store has this document's facts from the curated tables."""
    for table in TABLES:
        stored_rows: list[Content] = [
            row for row in read_current_rows(connection, table) if row["doc"] == doc
        ]
        if table == "places":
            about = {row["item"] for row in items.rows["places"]} | {
                match.item for _, match in items.matches
            }
            stored_rows = [
                row for row in read_current_rows(connection, table) if row["item"] in about
            ]
        read = {make_row_key(row, table): row for row in items.rows[table]}
        making.differing += find_differences(stored_rows, list(read.values()), table)


def _apply_known_answers(
    connection: sa.Connection,
    making: _PlanBuilder,
    questions: list[ReviewRow],
    decisions: Mapping[str, str],
) -> None:
    """Part the questions into those already answered and those to ask; plan the answers."""
    remembered = read_aliases(connection, "answer")
    places = read_aliases(connection, "place")
    stored = read_current_rows(connection, "observations") if questions else []
    known = ResolutionContext.of(connection, making.changes)
    merged = merge_questions(questions)
    for review in sorted(merged, key=lambda one: one.reason not in ITEM):  # what items are, first
        mark = review.fingerprint
        settled = find_answer(review, remembered) or find_known_reading(review, stored) or None
        if settled is None and review.reason in PLACE:
            settled = places.get(normalise_name(review.raw))
        choice = decisions.get(mark) or settled
        if choice in {None, REOPENED}:
            making.reviews.append(review)
            continue
        done = resolve_review(review, choice, known)
        making.changes += done.changes
        making.aliases += done.aliases
        making.settled.append(AnsweredQuestion(review, choice, mark not in decisions))
        known = known.after(done.changes, done.aliases)
