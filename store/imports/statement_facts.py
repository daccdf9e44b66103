"""The facts that one accepted statement brings to the store."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from geo.text import normalise_spelling
from reports.model.document import Document
from reports.statements.facts.items import make_statement_facts
from store.audit.changes import RowChange
from store.audit.ledger import read_current_rows
from store.audit.rows import extract_content, make_row_key
from store.db.errors import ChoiceError
from store.db.schema import FACTS
from store.imports.plan.item_rows import TABLES, ExtractedItems
from store.imports.plan.learned import learn_name, read_learned_answers
from store.imports.plan.matching import (
    KnownNames,
    NameAlias,
    collect_known_names,
    read_aliases,
)
from store.imports.plan.mention_matching import MentionNames, collect_mention_names
from store.imports.plan.mentions import add_statement_facts
from store.imports.plan.statement_rows import make_attribute_rows, make_statement_row
from store.imports.statement_corrections import correct_statement
from store.imports.statement_queue import statement_from_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from reports.model.statement import Statement, SubjectKind
    from store.audit.rows import Content, Row

NEW_ITEM: Final = "new"
"""What is given as the item of a subject that no known item is."""

_LISTED_KIND: Final = re.compile(r"^(?:KCN|CCN|Khu kinh tế)\s")
"""What the reader puts before a name of a list ("các KCN A, B")."""

_SUBJECT_KINDS: Final[dict[str, SubjectKind]] = {
    "industrial_park": "park",
    "industrial_cluster": "cluster",
    "economic_zone": "zone",
    "housing": "housing",
    "resettlement": "housing",
}


@dataclass(frozen=True)
class StatementOutcome:
    """What an answer changes, what it teaches, and the item that the statement is about."""

    changes: tuple[RowChange, ...] = ()
    aliases: tuple[NameAlias, ...] = ()
    item: str = ""

    @property
    def new_items(self) -> list[Row]:
        """The rows of items that it adds."""
        return [dict(one.after) for one in self.changes if one.table == "items" and one.after]


@dataclass(frozen=True, eq=False)
class AnswerContext:
    """What an answer is made in: the statement's row, the item given for it, items coming too."""

    connection: sa.Connection
    row: Row
    item: str
    coming: Sequence[Row] = field(default_factory=tuple)

    @cached_property
    def document(self) -> Row:
        """The row of the statement's document."""
        named = FACTS["documents"].c.doc == self.row["doc"]
        return read_current_rows(self.connection, "documents", named)[0]

    @property
    def issuer(self) -> str:
        """Who issued the document."""
        return str(self.document["issuer"])

    @cached_property
    def items(self) -> list[Row]:
        """The items that there are, or will be."""
        return [*read_current_rows(self.connection, "items"), *self.coming]

    @property
    def source(self) -> Content:
        """Where the facts come from."""
        return {name: self.row[name] for name in ("doc", "period", "parser_version")}

    @cached_property
    def names(self) -> MentionNames:
        """What names stand for."""
        aliases = read_aliases(self.connection, "item")
        known = collect_known_names(self.items, load_gazetteer().zones, aliases)
        return collect_mention_names(
            known, read_learned_answers(self.connection, self.issuer).names
        )

    def make_document(self) -> Document:
        """Return the document as far as facts depend on it; a person has said that it is ours."""
        row = self.document
        return Document(
            row["file"], row["sha256"], "text", 0, (),
            issued=row["issued"], as_of=row["as_of"], period=row["period"],
        )  # fmt: skip


def make_part(
    context: AnswerContext, row: Row, given: Mapping[str, object], index: int
) -> StatementOutcome:
    """Return what accepting a statement (or the ``index``-th part of it) changes."""
    corrections = {name: value for name, value in given.items() if name != "item"}
    item = str(given.get("item") or context.item)
    read = statement_from_row(row)
    said = correct_statement(read, corrections)
    told = said.subject != read.subject or _stands_in(said.subject, read.sentence)
    statement = _make_about(said, context, item, told=told)
    outcome = _make_outcome(statement, context, item)
    changed = bool(corrections) or statement.subject != read.subject
    state = "corrected" if changed or index else "accepted"
    answered = _make_answered_row(row, statement, outcome.item, state)
    if index:
        answered["statement"] = f"{row['statement']}-part{index + 1}"
    change = RowChange("statements", None if index else row, answered)
    aliases = outcome.aliases
    if told and outcome.item and item and item == outcome.item:
        aliases = (*aliases, learn_name(context.issuer, statement.subject, outcome.item))
    return StatementOutcome((change, *outcome.changes), aliases, outcome.item)


def _make_answered_row(row: Row, statement: Statement, item: str, state: str) -> Row:
    """Return a statement's row as it was answered, with what was read where that differs."""
    source = {name: row[name] for name in ("doc", "period", "parser_version")}
    answered: Row = dict(make_statement_row(statement, item, str(row["pattern"]), source))
    answered |= {"statement": row["statement"], "state": state, "why": row["why"]}
    if state == "corrected":
        before = extract_content(row, "statements")
        changed = {name: value for name, value in before.items() if answered[name] != value}
        answered["original"] = _write_original(changed)
    return answered | {"origin": "person", "position": row["position"]}


def correct_statement_row(row: Row, corrections: Mapping[str, object]) -> Row:
    """Return a settled statement's row as a person corrects it; no fact is made of it.

    Raises ``ChoiceError`` for what cannot be.
    """
    statement = correct_statement(statement_from_row(row), corrections)
    return _make_answered_row(row, statement, str(row["item"] or ""), "corrected")


def _write_original(changed: Mapping[str, object]) -> str:
    keep = {name: value for name, value in changed.items() if name not in {"state", "original"}}
    return json.dumps(keep, ensure_ascii=False, sort_keys=True)


def _make_outcome(statement: Statement, context: AnswerContext, item: str) -> StatementOutcome:
    """Return the facts of an accepted statement; those that the document has already aren't made.

    ``item`` is the one that it is about, ``new`` or '' to go by its name. Raises ``ChoiceError``
    where the name may be an item and none is given, and for an item that there is not.
    """
    kinds = {str(row["item"]): str(row["kind"]) for row in context.items}
    if item not in {"", NEW_ITEM, *kinds}:
        raise _make_fault(item)
    facts = make_statement_facts((statement,), context.make_document())
    made = ExtractedItems()
    for table in TABLES:
        made.rows[table] = _list_present(context, table)
    present = {table: len(rows) for table, rows in made.rows.items()}
    names = context.names
    if item == NEW_ITEM:
        known_names = KnownNames({}, names.known.items, names.known.zones, {})
        names = MentionNames(known_names, [], {})
    codes = add_statement_facts(made, facts, names, context.source, confirmed=True)
    question = next(iter(made.questions), None)
    if question is not None:
        if question.reason == "uncertain_item":
            raise _make_fault(statement.subject)
        raise ChoiceError(t("store.fault.statement_value", field="value"))
    changes = [_make_addition("items", row) for row in made.new]
    for table in TABLES:
        changes += _add_missing(table, made.rows[table][present[table] :], context)
    told = list(make_attribute_rows(made.named, context.source))
    changes += _add_missing("item_attributes", told, context)
    about = codes.get(0, "") or (item if item in kinds else "")
    return StatementOutcome(tuple(changes), item=about)


def _stands_in(name: str, sentence: str) -> bool:
    """Return True for a name that a sentence itself has; in a list its kind may stand before."""
    words = normalise_spelling(_LISTED_KIND.sub("", name)).casefold()
    known = rf"(?<!\w){re.escape(words)}(?!\w)"
    return bool(words) and re.search(known, normalise_spelling(sentence).casefold()) is not None


def _make_about(
    statement: Statement, context: AnswerContext, item: str, *, told: bool
) -> Statement:
    """Return a statement as one about an item; of an unknown subject the item says its kind.

    A name that neither the sentence nor the person ``told`` is the reader's guess, and none of the
    item's names: the item's own stands in its place.
    """
    about = next((row for row in context.items if row["item"] == item), None)
    if about is None:
        return statement
    subject_kind = statement.subject_kind
    if subject_kind == "unknown" or not told:
        subject_kind = _SUBJECT_KINDS.get(str(about["kind"]), "project")
    subject = statement.subject if told else str(about["name"])
    return replace(statement, item=item, subject=subject, subject_kind=subject_kind)


def _add_missing(table: str, rows: Sequence[Content], context: AnswerContext) -> list[RowChange]:
    """Return the additions of the rows that are not there yet."""
    known = {make_row_key(row, table) for row in _list_present(context, table)}
    return [_make_addition(table, row) for row in rows if make_row_key(row, table) not in known]


def _list_present(context: AnswerContext, table: str) -> list[Content]:
    """Return the rows of the document in a table; of places all that there are."""
    where = () if table == "places" else (FACTS[table].c.doc == context.row["doc"],)
    return list(read_current_rows(context.connection, table, *where))


def _make_addition(table: str, row: Content) -> RowChange:
    return RowChange(table, None, {**row, "origin": "person", "position": None})


def _make_fault(name: str) -> ChoiceError:
    return ChoiceError(t("store.fault.statement_item", name=name[:80]))
