"""What a person may choose of a question, and what the choice changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.gazetteer import load_gazetteer
from geo.i18n import t
from reports.model.schema import FIELDS
from store.audit.canonical import range_faults, tidy_row
from store.audit.changes import RowChange
from store.audit.rows import NO_SOURCE, key_of
from store.db.errors import ChoiceError
from store.db.schema import FACTS
from store.imports.plan.aliases import Alias, aliases
from store.imports.plan.fact_rows import PENDING, fault_of, new_code
from store.imports.plan.matching import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.audit.rows import Content, Row
    from store.imports.plan.review_rows import ReviewRow

ITEM: Final = frozenset({"uncertain_item", "unmatched_item"})
PLACE: Final = frozenset({"unplaced", "uncertain_place"})
VALUE: Final = frozenset({"low_confidence", "unreadable_value", "ambiguous_number"})
DIFFERENCE: Final = frozenset(
    {"curated_differs", "value_differs", "other_part", "other_basis", "only_read", "reader_gap"}
)
READ, STORED, NEW, NONE, IGNORE, SEEN = "read", "stored", "new", "none", "ignore", "seen"


@dataclass(frozen=True, eq=False)
class Known:
    """What a choice is checked against: the store, and what is planned beside it."""

    connection: sa.Connection
    items: frozenset[str]
    names: Mapping[str, str]
    planned: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, connection: sa.Connection, changes: Iterable[RowChange] = ()) -> Known:
        """Return what the store knows, with changes that are planned."""
        rows = FACTS["items"]
        codes = sa.select(rows.c.item).where(rows.c.removed_by.is_(None))
        known = cls(
            connection,
            frozenset(connection.scalars(codes)),
            aliases(connection, "item"),
            frozenset(),
        )
        return known.after(changes)

    def after(self, changes: Iterable[RowChange]) -> Known:
        """Return what is known once the changes are made too."""
        rows = [(one.table, one.after) for one in changes if one.after]
        return replace(
            self,
            items=self.items | {str(row["item"]) for table, row in rows if table == "items"},
            planned=self.planned | {(table, key_of(row, table)) for table, row in rows},
        )

    def has(self, table: str, key: str) -> bool:
        """Return True if a row is there or planned."""
        return (table, key) in self.planned or self.row(table, key) is not None

    def row(self, table: str, key: str) -> Row | None:
        """Return the current row of a key."""
        rows = FACTS[table]
        found = sa.select(rows).where(rows.c.key == key, rows.c.removed_by.is_(None))
        row = self.connection.execute(found).mappings().first()
        return dict(row) if row else None


@dataclass(frozen=True)
class Outcome:
    """What a choice changes, and what is remembered of it for the next time."""

    changes: tuple[RowChange, ...] = ()
    aliases: tuple[Alias, ...] = ()


def choices_of(review: ReviewRow) -> tuple[str, ...]:
    """Return the words that may be chosen, beside codes and values where these are asked for.

    Of items: also an item's code. Of places: also codes of communes parted by spaces. Of values:
    also ``field=value``.
    """
    if review.reason in ITEM:
        return (NEW, IGNORE) if "new_item" in review.payload else (IGNORE,)
    if review.reason in PLACE:
        return (NONE,)
    if review.reason in VALUE:
        return (READ, IGNORE) if _readable(review) else (IGNORE,)
    return (STORED, READ) if review.reason in DIFFERENCE else (SEEN,)


def outcome(review: ReviewRow, choice: str, known: Known) -> Outcome:
    """Return what a choice changes. Raises ``ChoiceError`` for a choice that cannot be."""
    choice = " ".join(choice.split())
    if review.reason in ITEM:
        return _item(review, choice, known)
    if review.reason in PLACE:
        return _place(review, choice, known)
    if review.reason in VALUE and choice not in {IGNORE, ""}:
        return _value(review, choice, known)
    if choice not in choices_of(review):
        raise _refused(review, choice)
    answer = (Alias("answer", review.raw[:200], review.fingerprint, choice),)
    if review.reason in DIFFERENCE and choice == READ:
        return Outcome(_take_read(review, known), answer)
    return Outcome(aliases=answer)


def _item(review: ReviewRow, choice: str, known: Known) -> Outcome:
    name = str(review.payload.get("name") or review.raw)
    answer = (Alias("answer", review.raw[:200], review.fingerprint, choice),)
    if choice == IGNORE:
        return Outcome(aliases=answer)
    new: list[RowChange] = []
    code = choice
    if choice == NEW and NEW in choices_of(review):
        item: Row = dict(review.payload["new_item"])
        if item["item"] in known.items:
            number = int(item["no"] or 0)
            item["item"] = new_code(item["kind"], item["name"], number, set(known.items))
        code = str(item["item"])
        new = [_coming("items", item)]
    elif choice not in known.items:
        raise _refused(review, choice)
    held = [_filled(one, code) for one in review.payload.get("add", ())]
    names = dict.fromkeys(filter(None, (plain(name), plain(review.raw))))
    remembered = tuple(Alias("item", name, folded, code) for folded in names)
    return Outcome((*new, *_absent(held, known)), remembered)


def _place(review: ReviewRow, choice: str, known: Known) -> Outcome:
    codes = () if choice == NONE else tuple(dict.fromkeys(choice.split()))
    if choice != NONE and (not codes or set(codes) - set(load_gazetteer().commune_by_code)):
        raise _refused(review, choice)
    remembered = Alias("place", review.raw[:200], plain(review.raw), choice)
    item = review.payload.get("item")
    if not item:
        return Outcome(aliases=(remembered,))
    rows = [
        _coming(
            "places",
            {
                "item": item,
                "commune": code,
                "how": "stated",
                "certainty": "likely",
                "raw": review.raw,
                "doc": review.doc or None,
                "line": review.place.get("line_from") or None,
                "note": "",
                "chapter": review.payload["chapter"],
            }
            | _at(review),
        )
        for code in codes
    ]
    return Outcome(_absent(rows, known), (remembered,))


def _value(review: ReviewRow, choice: str, known: Known) -> Outcome:
    row = _row_asked(review, known)
    if choice != READ:
        name, apart, value = choice.partition("=")
        if not apart and review.reason == "ambiguous_number":
            name, value = "investment_mvnd", choice
        if name.strip() not in FIELDS or row is None:
            raise _refused(review, choice)
        row |= {"field": name.strip(), "value": value.strip(), "confidence": 1.0}
        row |= {"unit": row["unit"] or _unit(name.strip())}
    elif row is None or not _readable(review):
        raise _refused(review, choice)
    row = tidy_row(row, "observations")
    outside = range_faults(row, "observations")
    if outside and choice != READ:
        raise ChoiceError("\n".join(outside.values()))
    if fault_of(row, "observations"):
        raise _refused(review, choice)
    answer = Alias("answer", review.raw[:200], review.fingerprint, choice)
    return Outcome(_absent([_coming("observations", row)], known), (answer,))


def _row_asked(review: ReviewRow, known: Known) -> Row | None:
    """Return the row that a question about a value would make, ``None`` where no item is known."""
    held = review.payload.get("add")
    if held:
        row: Row = dict(held[0]["content"])
        item = row["item"]
        if item == PENDING:
            item = known.names.get(plain(str(review.payload.get("name", ""))), "")
        return row | {"item": item} if item else None
    item = review.payload.get("item")
    if not item:
        return None
    empty = ("cell", "component", "unit", "basis", "qualifier", "note")
    return {
        "item": item,
        "period": review.period,
        "doc": review.doc,
        "line_from": review.place.get("line_from"),
        "line_to": review.place.get("line_to"),
        "total": None,
        "raw": review.raw,
        "chapter": review.payload["chapter"],
        **dict.fromkeys(empty, ""),
        **_at(review),
    }


def _take_read(review: ReviewRow, known: Known) -> tuple[RowChange, ...]:
    """Return the changes that put the rows read in the place of the rows stored."""
    leaving = []
    for one in review.payload.get("remove", ()):
        row = known.row(one["table"], one["key"])
        if row is None:
            raise ChoiceError(t("store.fault.gone", key=one["key"]))
        leaving.append((one["table"], row))
    coming = [(one["table"], one["content"]) for one in review.payload.get("add", ())]
    if len(leaving) == len(coming) == 1:
        return (RowChange(leaving[0][0], leaving[0][1], _coming(*coming[0]).after),)
    removed = [RowChange(table, row) for table, row in leaving]
    return (*removed, *_absent([_coming(table, row) for table, row in coming], known))


def _readable(review: ReviewRow) -> bool:
    held: Sequence[Mapping[str, Any]] = review.payload.get("add", ())
    return bool(held) and not fault_of(held[0]["content"], "observations")


def _filled(held: Mapping[str, Any], code: str) -> RowChange:
    return _coming(held["table"], held["content"] | {"item": code})


def _coming(table: str, row: Content) -> RowChange:
    return RowChange(table, None, dict(row) | {"origin": "person", "position": None})


def _absent(changes: Iterable[RowChange], known: Known) -> tuple[RowChange, ...]:
    """Return the changes whose rows are not there yet, each once."""
    new: dict[tuple[str, str], RowChange] = {}
    for one in changes:
        if one.after is not None:
            key = one.table, key_of(one.after, one.table)
            if not known.has(*key):
                new.setdefault(key, one)
    return tuple(new.values())


def _at(review: ReviewRow) -> Row:
    given = {"page": "page", "table_no": "table", "row_no": "row", "column_no": "column"}
    return dict(NO_SOURCE) | {name: review.place.get(key, 0) for name, key in given.items()}


def _unit(field: str) -> str:
    if field.endswith("_mvnd"):
        return "million_vnd"
    return "percent" if field.endswith("_pct") else ""


def _refused(review: ReviewRow, choice: str) -> ChoiceError:
    allowed = ", ".join(choices_of(review))
    return ChoiceError(t("store.fault.choice", choice=choice[:60], allowed=allowed))
