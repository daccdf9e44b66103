"""Answering statements that were asked about: accept, correct, split, refuse, and take it back.

What is accepted becomes the facts that it would have been had the reader been sure. Every answer
is one change, audited, and undone whole with what it brought and what it taught.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.edit_tokens import require_unchanged
from store.audit.integrity import find_dangling_references
from store.audit.ledger import Ledger, read_current_rows
from store.audit.rows import make_row_key
from store.db.database import writing
from store.db.errors import ChoiceError
from store.db.schema import FACTS
from store.imports.apply import undo_in_transaction
from store.imports.plan.learned import learn_heading, learn_pattern
from store.imports.plan.matching import NameAlias, forget_alias, record_alias
from store.imports.plan.statement_rows import REMEMBERED
from store.imports.statement_corrections import correct_statement
from store.imports.statement_facts import AnswerContext, StatementOutcome, make_part
from store.imports.statement_queue import OPEN, make_statement_target, statement_from_row
from store.users.permissions import guard_action, is_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlalchemy as sa

    from store.audit.rows import Row
    from store.users.users import User

_SHARED: Final = frozenset({"field", "unit", "qualifier", "mood", "cause", "detail"})
"""What is corrected for all statements of a pattern at once; the rest is each one's own."""

_NO_FACTS: Final = frozenset({"statements", "item_attributes"})


@dataclass(frozen=True)
class AnswerResult:
    """An answer: its change's ``number``; the ``facts`` it brought; keys answered and left open."""

    number: int
    facts: int
    answered: tuple[str, ...]
    left: tuple[str, ...] = ()


@guard_action("review.decide")
def accept_statement(
    key: str,
    corrections: Mapping[str, object] | None = None,
    *,
    seen: str,
    actor: User,
    why: str = "",
    item: str = "",
    alike: Mapping[str, str] | None = None,
    section: str = "",
) -> AnswerResult:
    """Accept an open statement, as it stands or corrected; with it others of its pattern.

    ``corrections``: ``subject``, ``subject_kind``, ``field``, ``value`` (a number, or one in plain
    digits), ``unit``, ``total``, ``qualifier``, ``mood``, ``when``, ``communes`` (codes),
    ``province``, ``cause``, ``bodies``, ``detail``. ``item`` is the store's item that it is about,
    or ``new``; left out, the subject's name decides, and is asked for where it does not.
    ``seen`` is the token of the statement as the answer was given to it. ``alike`` are the tokens
    of open statements of its document and pattern by key: they are accepted by the same change,
    corrected in what is not each one's own (field, unit, qualifier, mood, cause, detail). Those
    whose item nobody can tell from the name are left open. ``section`` is the heading that the
    statement stands under, given where it tells what all below it is about: that is remembered for
    the issuer, with the answer's field where that was corrected, and holds for those ``alike`` that
    name nothing.

    Raises ``ChoiceError`` for a statement that is not open and for what cannot be,
    ``EditConflictError`` when it was changed since it was seen, ``NotAllowedError`` outside the
    actor's area, ``LockedPeriodError`` for an approved period unless ``why`` says why.
    """
    given = dict(corrections or {})
    with writing() as connection:
        row, *others = _get_group(connection, {key: seen, **(alike or {})})
        context = AnswerContext(connection, row, item)
        outcomes = [make_part(context, row, given, 0)]
        shared = {name: value for name, value in given.items() if name in _SHARED}
        items = outcomes[0].new_items
        left: list[str] = []
        told = correct_statement(statement_from_row(row), given)
        about = {"subject": told.subject, "subject_kind": told.subject_kind}
        about |= {"item": outcomes[0].item} if outcomes[0].item else {}
        for other in others:
            own = shared | about if section and not other["subject"] else shared
            try:
                outcome = make_part(AnswerContext(connection, other, "", items), other, own, 0)
            except ChoiceError:
                left.append(str(other["key"]))
            else:
                outcomes.append(outcome)
                items += outcome.new_items
        read = statement_from_row(row)
        taught = learn_heading(context.issuer, section, read, told, outcomes[0].item)
        outcomes.append(StatementOutcome((), taught))
        ledger = open_answer(connection, actor, why, row)
        answered = tuple(str(one["key"]) for one in (row, *others) if one["key"] not in left)
        return carry_out_answers(ledger, outcomes, answered, tuple(left))


@guard_action("review.decide")
def split_statement(
    key: str,
    parts: Sequence[Mapping[str, object]],
    *,
    seen: str,
    actor: User,
    why: str = "",
) -> AnswerResult:
    """Accept an open statement as several, each with the corrections that ``parts`` give for it.

    A part may name its ``item``. Raises as ``accept_statement``.
    """
    if not parts:
        raise ChoiceError(t("store.fault.statement_value", field="–"))
    with writing() as connection:
        row = _get_open_row(connection, key, seen)
        context = AnswerContext(connection, row, "")
        outcomes = [make_part(context, row, part, index) for index, part in enumerate(parts)]
        ledger = open_answer(connection, actor, why, row)
        return carry_out_answers(ledger, outcomes, (key,))


@guard_action("review.decide")
def refuse_statement(
    key: str,
    *,
    seen: str,
    actor: User,
    why: str = "",
    not_for_us: bool = False,
    remember: bool = False,
) -> AnswerResult:
    """Refuse an open statement: it is wrong, or right and ``not_for_us``.

    ``remember``: open statements of its pattern are refused in the issuer's next reports too.
    Raises as ``accept_statement``.
    """
    return _refuse({key: seen}, actor, why, not_for_us=not_for_us, remember=remember)


@guard_action("review.decide")
def refuse_same_pattern(
    seen: Mapping[str, str],
    *,
    actor: User,
    why: str = "",
    not_for_us: bool = False,
    remember: bool = False,
) -> AnswerResult:
    """Refuse open statements of one document and pattern together; see ``refuse_statement``."""
    return _refuse(seen, actor, why, not_for_us=not_for_us, remember=remember)


@guard_action("review.decide")
def undo_statement_answer(key: str, *, actor: User, why: str = "") -> int:
    """Take back the answer to a statement, with all that was answered together with it.

    Returns the undoing's number. Raises ``ChoiceError`` when nothing is answered of it, and
    ``ImportRefusedError`` when what the answer brought was changed or is used since.
    """
    with writing() as connection:
        rows = read_current_rows(connection, "statements", FACTS["statements"].c.key == key)
        answered = rows and rows[0]["state"] not in {OPEN, "sure"} and rows[0]["origin"] == "person"
        if not answered:
            raise ChoiceError(t("store.fault.statement_not_answered"))
        return undo_in_transaction(connection, int(rows[0]["added_by"]), actor, why)


@guard_action("review.decide")
def reopen_statement(key: str, *, seen: str, actor: User, why: str = "") -> int:
    """Ask again about a statement that was refused because its pattern was refused before.

    The pattern is forgotten. Returns the change's number; raises as ``accept_statement``.
    """
    with writing() as connection:
        require_unchanged(connection, make_statement_target(key), seen)
        rows = read_current_rows(connection, "statements", FACTS["statements"].c.key == key)
        if not rows or rows[0]["why"] != REMEMBERED:
            raise ChoiceError(t("store.fault.statement_not_answered"))
        row = rows[0]
        ledger = open_answer(connection, actor, why, row)
        ledger.apply([RowChange("statements", row, row | {"state": OPEN, "why": "asked_again"})])
        issuer = AnswerContext(connection, row, "").issuer
        forget_alias(ledger, learn_pattern(issuer, str(row["pattern"]), str(row["state"])))
        return ledger.number


def _refuse(
    seen: Mapping[str, str], actor: User, why: str, *, not_for_us: bool, remember: bool
) -> AnswerResult:
    state = "not_for_us" if not_for_us else "refused"
    with writing() as connection:
        rows = _get_group(connection, seen)
        aliases: tuple[NameAlias, ...] = ()
        if remember:
            issuer = AnswerContext(connection, rows[0], "").issuer
            aliases = (learn_pattern(issuer, str(rows[0]["pattern"]), state),)
        outcomes = [StatementOutcome((_change_state(row, state),)) for row in rows]
        outcomes.append(StatementOutcome((), aliases))
        ledger = open_answer(connection, actor, why, rows[0])
        return carry_out_answers(ledger, outcomes, tuple(str(row["key"]) for row in rows))


def _change_state(row: Row, state: str) -> RowChange:
    return RowChange("statements", row, row | {"state": state, "origin": "person"})


def _get_open_row(connection: sa.Connection, key: str, seen: str) -> Row:
    require_unchanged(connection, make_statement_target(key), seen)
    rows = read_current_rows(connection, "statements", FACTS["statements"].c.key == key)
    if not rows or rows[0]["state"] != OPEN:
        raise ChoiceError(t("store.fault.statement_not_open"))
    return rows[0]


def _get_group(connection: sa.Connection, seen: Mapping[str, str]) -> list[Row]:
    """Return open statements that can be answered together."""
    rows = [_get_open_row(connection, key, token) for key, token in seen.items()]
    if len({(row["doc"], row["pattern"]) for row in rows}) != 1:
        raise ChoiceError(t("store.fault.statement_group"))
    return rows


def open_answer(connection: sa.Connection, actor: User, why: str, row: Row) -> Ledger:
    """Return the change that an answer about a row of a document is."""
    correcting = is_allowed(actor, "edit.approved")
    change = Changeset(
        "decision", actor, why, doc=row["doc"], period=row["period"], correcting=correcting
    )
    return Ledger(connection, change)


def carry_out_answers(
    ledger: Ledger,
    outcomes: Sequence[StatementOutcome],
    answered: tuple[str, ...],
    left: tuple[str, ...] = (),
) -> AnswerResult:
    """Write all that answers change, each row once."""
    distinct: dict[tuple[str, str], RowChange] = {}
    for change in (change for one in outcomes for change in one.changes):
        content = change.after or {}
        distinct.setdefault((change.table, make_row_key(content, change.table)), change)
    ledger.apply(list(distinct.values()))
    for alias in dict.fromkeys(alias for one in outcomes for alias in one.aliases):
        record_alias(ledger, alias)
    if find_dangling_references(ledger.connection):
        raise ChoiceError(t("store.fault.statement_item", name=""))
    facts = sum(table not in _NO_FACTS for table, _ in distinct)
    return AnswerResult(ledger.number, facts, answered, left)
