"""What a person may choose of a question, and what the choice changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from reports.model.schema import FIELDS, FORECASTS, get_field_unit
from store.audit.changes import RowChange
from store.audit.rows import find_range_faults, make_row_key, normalise_row
from store.db.errors import ChoiceError
from store.db.schema import FACTS
from store.imports.plan.fact_rows import PENDING, find_bad_column, make_item_code
from store.imports.plan.matching import NameAlias, find_named_item, normalise_name, read_aliases
from store.imports.plan.review_rows import COLUMN_UNIT, ITEM, PLACE, get_provenance
from store.imports.questions import column_units, statement_amounts
from store.imports.questions.shared import list_items, make_name_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reports.facts_files.table_schemas import PlaceRow
    from store.audit.rows import Content, Row
    from store.imports.plan.review_rows import ReviewRow

VALUE: Final = frozenset({"low_confidence", "unreadable_value", "ambiguous_number", "unusual"})
DIFFERENCE: Final = frozenset({
    "curated_differs", "value_differs", "other_part", "other_basis", "only_read", "reader_gap",
    "place_moved", "not_named", "named_again",
})  # fmt: skip
READ, STORED, NEW, NONE, IGNORE, SEEN = "read", "stored", "new", "none", "ignore", "seen"


@dataclass(frozen=True, eq=False)
class ResolutionContext:
    """What a choice is checked against: the store, and what is planned beside it."""

    connection: sa.Connection
    items: frozenset[str]
    names: Mapping[str, str]
    planned: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, connection: sa.Connection, changes: Iterable[RowChange] = ()) -> ResolutionContext:
        """Return what the store knows, with changes that are planned."""
        rows = FACTS["items"]
        codes = sa.select(rows.c.item).where(rows.c.removed_by.is_(None))
        items = frozenset(connection.scalars(codes))
        known = cls(connection, items, read_aliases(connection, "item"), frozenset())
        return known.after(changes)

    def after(
        self, changes: Iterable[RowChange], aliases: Iterable[NameAlias] = ()
    ) -> ResolutionContext:
        """Return what is known once the changes are made, and the names are settled, too."""
        rows = [(change.table, change.after) for change in changes if change.after]
        settled = {alias.folded: alias.target for alias in aliases if alias.kind == "item"}
        return replace(
            self,
            names={**self.names, **settled},
            items=self.items | {str(row["item"]) for table, row in rows if table == "items"},
            planned=self.planned | {(table, make_row_key(row, table)) for table, row in rows},
        )

    def has(self, table: str, key: str) -> bool:
        """Return True if a row is there or planned."""
        return (table, key) in self.planned or self.row(table, key) is not None

    def find_item(self, about: Mapping[str, Any]) -> str:
        """Return the item that something is about; of one that was ``PENDING``, what it is now."""
        if about.get("item") != PENDING:
            return str(about.get("item") or "")
        item = self.names.get(normalise_name(str(about.get("name") or "")), "")
        if not item:
            raise ChoiceError(t("store.fault.item_first", name=about.get("name") or ""))
        return item

    def row(self, table: str, key: str) -> Row | None:
        """Return the current row of a key."""
        rows = FACTS[table]
        query = sa.select(rows).where(rows.c.key == key, rows.c.removed_by.is_(None))
        row = self.connection.execute(query).mappings().first()
        return dict(row) if row else None


@dataclass(frozen=True)
class Resolution:
    """What a choice changes, what is remembered of it, and what it leaves to be asked alone."""

    changes: tuple[RowChange, ...] = ()
    aliases: tuple[NameAlias, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()


def list_choices(review: ReviewRow) -> tuple[str, ...]:
    """Return the words that may be chosen, beside codes and values where these are asked for.

    Of items: also an item's code. Of places: also codes of communes parted by spaces. Of values:
    also ``field=value``.
    """
    if review.reason in ITEM:
        return (NEW, IGNORE) if "new_item" in review.payload else (IGNORE,)
    if review.reason in PLACE:
        return (NONE,)
    if review.reason == COLUMN_UNIT:
        return column_units.list_column_answers(review, READ)
    if review.reason in VALUE:
        return (READ, IGNORE) if _is_readable(review) else (IGNORE,)
    return (STORED, READ) if review.reason in DIFFERENCE else (SEEN,)


def resolve_review(review: ReviewRow, choice: str, known: ResolutionContext) -> Resolution:
    """Return what a choice changes. Raises ``ChoiceError`` for a choice that cannot be."""
    choice = " ".join(choice.split())
    if review.reason in ITEM:
        return _resolve_item(review, choice, known)
    if review.reason in PLACE:
        return _resolve_place(review, choice, known)
    if review.reason == COLUMN_UNIT and choice in list_choices(review):
        rows = column_units.list_column_rows(review, choice)
        added = _drop_present([_make_addition(table, row) for table, row in rows], known)
        return Resolution(added, reviews=tuple(column_units.list_left_rows(review, choice)))
    if review.reason in VALUE and choice not in {IGNORE, ""}:
        return _resolve_value(review, choice, known)
    if choice not in list_choices(review):
        raise _make_choice_error(review, choice)
    answer = _remember_answer(review, choice)
    if review.reason in DIFFERENCE and choice == READ:
        return Resolution(_replace_with_read(review, known), answer)
    return Resolution(aliases=answer)


def _resolve_item(review: ReviewRow, choice: str, known: ResolutionContext) -> Resolution:
    name = str(review.payload.get("name") or review.raw)
    if choice == IGNORE:
        return Resolution(aliases=_remember_answer(review, choice))
    if choice == NEW:
        choice = find_named_item(known.names, known.items, (name, review.raw)) or NEW
    new: list[RowChange] = []
    code = choice
    if choice == NEW and NEW in list_choices(review):
        item: Row = dict(review.payload["new_item"])
        if item["item"] in known.items:
            number = int(item["no"] or 0)
            item["item"] = make_item_code(item["kind"], item["name"], number, set(known.items))
        code = str(item["item"])
        new = [_make_addition("items", item)]
    elif choice not in known.items:
        raise _make_choice_error(review, choice)
    additions = [_fill_item(entry, code) for entry in review.payload.get("add", ())]
    names = dict.fromkeys(filter(None, (normalise_name(name), normalise_name(review.raw))))
    remembered = tuple(NameAlias("item", name, folded, code) for folded in names)
    return Resolution((*new, *_drop_present(additions, known)), remembered)


def _resolve_place(review: ReviewRow, choice: str, known: ResolutionContext) -> Resolution:
    codes = () if choice == NONE else tuple(dict.fromkeys(choice.split()))
    if choice != NONE and (not codes or set(codes) - set(load_gazetteer().commune_by_code)):
        raise _make_choice_error(review, choice)
    remembered = NameAlias("place", review.raw[:200], normalise_name(review.raw), choice)
    rows: list[PlaceRow] = [
        {
            "item": known.find_item(entry),
            "commune": code,
            "how": "stated",
            "certainty": "likely",
            "raw": review.raw,
            "doc": review.doc or None,
            "line": entry["place"].get("line_from") or None,
            "note": "",
            "chapter": entry["chapter"],
            **get_provenance(entry["place"]),
        }
        for entry in list_items(review)
        for code in codes
    ]
    added = [_make_addition("places", row) for row in rows]
    return Resolution(_drop_present(added, known), (remembered,))


def _resolve_value(review: ReviewRow, choice: str, known: ResolutionContext) -> Resolution:
    if statement_amounts.is_about_amount(review):
        table = "statements"
        rows = statement_amounts.list_answered_amounts(review, "" if choice == READ else choice)
    else:
        table = "observations"
        rows = [_answer_row(review, row, choice) for row in _make_asked_rows(review, known)]
    if not rows:
        raise _make_choice_error(review, choice)
    added = _drop_present([_make_addition(table, row) for row in rows], known)
    return Resolution(added, _remember_answer(review, choice))


def _answer_row(review: ReviewRow, row: Row, choice: str) -> Row:
    """Return a row as the answer has it. Raises ``ChoiceError`` where it cannot be."""
    if choice != READ:
        name, apart, value = choice.partition("=")
        name, value = (name, value) if apart else (get_asked_field(review), choice)
        if name.strip() not in FIELDS:
            raise _make_choice_error(review, choice)
        row |= {"field": name.strip(), "value": value.strip(), "confidence": 1.0}
        row |= {"unit": row["unit"] or get_field_unit(name.strip())}
    elif not _is_readable(review):
        raise _make_choice_error(review, choice)
    row = normalise_row(row, "observations")
    outside = find_range_faults(row, "observations")
    if outside and choice != READ:
        raise ChoiceError("\n".join(outside.values()))
    if find_bad_column(row, "observations"):
        raise _make_choice_error(review, choice)
    return row


def _remember_answer(review: ReviewRow, choice: str) -> tuple[NameAlias, ...]:
    marks = filter(None, (review.fingerprint, make_name_mark(review)))
    return tuple(NameAlias("answer", review.raw[:200], mark, choice) for mark in marks)


def get_asked_field(review: ReviewRow) -> str:
    """Return the field that a question about a value asks for, '' where it is not known."""
    for entry in review.payload.get("add", ()):
        return str(entry["content"].get("field", ""))
    field = str(review.payload.get("field") or "")
    if field or review.reason == "ambiguous_number":
        return field or "investment_mvnd"
    is_forecast = any(choice in FORECASTS for choice, _ in review.candidates)
    return "forecast" if is_forecast else ""


def _make_asked_rows(review: ReviewRow, known: ResolutionContext) -> list[Row]:
    """Return the rows that a question about a value would make, none where no item is known."""
    if additions := review.payload.get("add"):
        rows: list[Row] = [dict(entry["content"]) for entry in additions]
        about = {"name": review.payload.get("name")}
        return [row | {"item": known.find_item(row | about)} for row in rows]
    item = known.find_item(review.payload)
    if not item:
        return []
    empty = ("cell", "component", "unit", "basis", "qualifier", "note")
    row: Row = {
        "item": item,
        "period": review.period,
        "doc": review.doc,
        "line_from": review.place.get("line_from"),
        "line_to": review.place.get("line_to"),
        "total": None,
        "raw": review.raw,
        "chapter": review.payload["chapter"],
        **dict.fromkeys(empty, ""),
        **get_provenance(review.place),
    }
    return [row]


def _replace_with_read(review: ReviewRow, known: ResolutionContext) -> tuple[RowChange, ...]:
    """Return the changes that put the rows read in the place of the rows stored."""
    leaving = []
    for entry in review.payload.get("remove", ()):
        row = known.row(entry["table"], entry["key"])
        if row is None:
            raise ChoiceError(t("store.fault.gone", key=entry["key"]))
        leaving.append((entry["table"], row))
    coming = [(entry["table"], entry["content"]) for entry in review.payload.get("add", ())]
    if len(leaving) == len(coming) == 1:
        return (RowChange(leaving[0][0], leaving[0][1], _make_addition(*coming[0]).after),)
    removed = [RowChange(table, row) for table, row in leaving]
    return (*removed, *_drop_present([_make_addition(table, row) for table, row in coming], known))


def _is_readable(review: ReviewRow) -> bool:
    additions: Sequence[Mapping[str, Any]] = review.payload.get("add", ())
    return bool(additions) and not find_bad_column(additions[0]["content"], additions[0]["table"])


def _fill_item(entry: Mapping[str, Any], code: str) -> RowChange:
    return _make_addition(entry["table"], entry["content"] | {"item": code})


def _make_addition(table: str, row: Content) -> RowChange:
    return RowChange(table, None, dict(row) | {"origin": "person", "position": None})


def _drop_present(changes: Iterable[RowChange], known: ResolutionContext) -> tuple[RowChange, ...]:
    """Return the changes whose rows are not there yet, each once."""
    new: dict[tuple[str, str], RowChange] = {}
    for change in changes:
        if change.after is not None:
            key = change.table, make_row_key(change.after, change.table)
            if not known.has(*key):
                new.setdefault(key, change)
    return tuple(new.values())


def _make_choice_error(review: ReviewRow, choice: str) -> ChoiceError:
    allowed = ", ".join(list_choices(review))
    return ChoiceError(t("store.fault.choice", choice=choice[:60], allowed=allowed))
