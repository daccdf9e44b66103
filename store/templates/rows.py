"""The rows that a template is filled with: what is known of a period, each with its seal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.i18n import t
from store.audit.ledger import read_current_rows
from store.db.database import reading
from store.db.schema import FACTS
from store.editing.validation import clean_text
from store.exports.tables.table import frame_to_records
from store.facts.item_snapshot import MANY, SHARES, build_item_snapshot
from store.facts.labels import get_period_label, translate_word
from store.templates.columns import FIXED, UNSEALED, Value, format_value
from store.templates.kinds import TASK_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import sqlalchemy as sa

    from store.audit.rows import Row
    from store.facts.facts import Facts
    from store.templates.kinds import TemplateKind
    from store.users.users import User

_IN_SNAPSHOT: Final = {field: name for name, field in (SHARES | MANY).items()}
"""Names of the snapshot's columns by their field, where they differ."""

_OF_TASK: Final = {"lead": "lead", "deadline": "deadline", "finish": "deadline"}
"""Fields of what a task is: who leads it, and until when it is done."""

_SETTLED: Final = ("sure", "accepted", "corrected")


@dataclass(frozen=True)
class TemplateRow:
    """One row: its code, what its cells hold by column, and where figures stand.

    ``observations`` are the ids of what a cell shows; ``earlier`` the columns whose value is of an
    earlier period.
    """

    key: str
    cells: dict[str, Value]
    observations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class FilledTemplate:
    """A template with what is known of a period, as one reader may see it."""

    kind: TemplateKind
    period: str
    facts: Facts
    rows: tuple[TemplateRow, ...]

    @property
    def period_label(self) -> str:
        """The period's name."""
        return get_period_label(self.facts, self.period)

    def show_cells(self, row: TemplateRow) -> list[str]:
        """Return a row's cells as texts, in the order of the columns."""
        return [format_value(column, row.cells.get(column.key), self.facts)
                for column in self.kind.columns]  # fmt: skip


def fill_template(
    facts: Facts,
    kind: TemplateKind,
    period: str,
    reader: User,
    *,
    items: Collection[str] | None = None,
) -> FilledTemplate:
    """Return a template filled with what ``facts`` (as ``reader`` may see them) know of a period.

    Of an approved period that is what was known when it was approved, with its corrections.
    ``items``: of a template of items, only the rows of these.
    """
    if kind.item_kinds:
        rows = _list_items(facts, kind, period, items)
    elif kind.key == "clearance":
        rows = _list_clearance(facts, period)
    elif kind.key == "indicators":
        rows = _list_indicators(facts, period)
    else:
        rows = _list_tasks(facts, period) if reader.sees_all else iter(())
    sealed = tuple(_seal_row(row, kind, facts) for row in rows)
    return FilledTemplate(kind, period, facts, sealed)


def compute_seal(texts: Sequence[str]) -> str:
    """Return a short mark of what a row's cells show."""
    return hashlib.sha256("\x1f".join(map(clean_text, texts)).encode()).hexdigest()[:10]


def _seal_row(row: TemplateRow, kind: TemplateKind, facts: Facts) -> TemplateRow:
    texts = [format_value(column, row.cells.get(column.key), facts)
             for column in kind.columns if column.kind not in UNSEALED]  # fmt: skip
    row.cells["seal"] = compute_seal([row.key, *texts])
    return row


def _list_items(
    facts: Facts, kind: TemplateKind, period: str, wanted: Collection[str] | None
) -> Iterator[TemplateRow]:
    """Yield the items of some kinds as known at the period, in the order of their list."""
    frame = build_item_snapshot(facts, period)
    frame = frame[frame["kind"].isin(kind.item_kinds) & frame["listed"]]
    if wanted is not None:
        frame = frame[frame["item"].isin(wanted)]
    number = pd.to_numeric(frame["no"], errors="coerce")
    frame = frame.assign(_no=number).sort_values(["_no", "item"], na_position="last")
    for row in frame.to_dict("records"):
        yield _make_item_row(facts, kind, period, row)


def _make_item_row(
    facts: Facts, kind: TemplateKind, period: str, row: dict[Any, Any]
) -> TemplateRow:
    values: dict[str, Value] = {"item": row["item"]}
    ids: dict[str, tuple[str, ...]] = {}
    earlier: dict[str, str] = {}
    for column in kind.columns:
        if column.kind in FIXED:
            continue
        name = _IN_SNAPSHOT.get(column.field, column.field)
        value = row["communes"] if column.table == "places" else row[name]
        values[column.key] = _to_value(value)
        if column.table != "observations":
            continue
        known = row[f"{name}_obs"]
        known = known if isinstance(known, tuple) else (known,) if known else ()
        if not values[column.key]:
            known = known if values[column.key] == 0 else ()
        ids[column.key] = known
        if known and row[f"{name}_period"] != period:
            earlier[column.key] = get_period_label(facts, row[f"{name}_period"])
    values["carried"] = "; ".join(
        f"{kind.column(key).heading}: {label}" for key, label in earlier.items()
    )
    return TemplateRow(row["item"], values, ids, frozenset(earlier))


def _list_clearance(facts: Facts, period: str) -> Iterator[TemplateRow]:
    """Yield the problems that the period's documents state."""
    for row in _select_period(facts.clearance, period):
        item = row["item"] or ""
        values: dict[str, Value] = {
            "clearance": row["clearance"],
            "clearance_item": item,
            "item_name": facts.item_names.get(item, ""),
            "commune": (row["commune"],) if row["commune"] else (),
            "category": row["category"],
            "statement": row["statement"],
            "clearance_asked": row["asked_to_act"],
            "problem_area_ha": _to_value(row["area_ha"]),
            "households": _to_value(row["households"]),
            "clearance_note": row["note"],
            "source": _cite(facts, row),
        }
        yield TemplateRow(row["clearance"], values)


def _list_indicators(facts: Facts, period: str) -> Iterator[TemplateRow]:
    """Yield the city's figures that the period's documents state."""
    for row in _select_period(facts.indicators, period):
        values: dict[str, Value] = {
            "indicator": row["indicator"],
            "subject": translate_word("subject", row["subject"]),
            "measure": translate_word("measure", row["measure"]),
            "value": _to_value(row["value"]),
            "total": _to_value(row["total"]),
            "unit": translate_word("measure_unit", row["unit"]),
            "raw": row["raw"],
            "indicator_note": row["note"],
            "source": _cite(facts, row),
        }
        yield TemplateRow(row["indicator"], values)


def _list_tasks(facts: Facts, period: str) -> Iterator[TemplateRow]:
    """Yield the tasks that the period's documents give somebody, with who leads and until when."""
    tasks: dict[tuple[str, int, str], dict[str, list[Row]]] = {}
    statements = FACTS["statements"]
    where: tuple[sa.ColumnElement[bool], ...] = (
        statements.c.period == period,
        statements.c.field.in_(_OF_TASK),
        statements.c.state.in_(_SETTLED),
        statements.c.item.is_(None),
    )
    with reading() as connection:
        for row in read_current_rows(connection, "statements", *where):
            place = str(row["doc"]), int(row["line_from"] or 0), str(row["subject"])
            tasks.setdefault(place, {}).setdefault(_OF_TASK[str(row["field"])], []).append(row)
    for (_, _, subject), said in sorted(tasks.items(), key=lambda task: task[0]):
        if not said.get("lead") and all(row["field"] == "finish" for row in said["deadline"]):
            continue  # when something ends is no task for anybody
        for lead, deadline in zip_longest(said.get("lead", []), said.get("deadline", [])):
            first = lead or deadline
            key = str(first["statement"])
            values: dict[str, Value] = {
                "task": key,
                "task_name": subject or str(first["sentence"]),
                "lead": str(lead["value"]) if lead else "",
                "task_deadline": str(deadline["value"]) if deadline else "",
                TASK_DOCUMENT: get_document_title(facts, str(first["doc"])),
                "task_line": str(first["line_from"] or ""),
            }
            ids: dict[str, tuple[str, ...]] = {
                name: (str(row["statement"]),)
                for name, row in (("lead", lead), ("task_deadline", deadline))
                if row
            }
            yield TemplateRow(key, values, ids)


def _select_period(frame: pd.DataFrame, period: str) -> list[dict[str, Any]]:
    return frame_to_records(frame[frame["period"] == period])


def _cite(facts: Facts, row: dict[Any, Any] | Row) -> str:
    title = get_document_title(facts, str(row["doc"]))
    return (
        t("exports.source.line", doc=title, first=row["line_from"]) if row["line_from"] else title
    )


def get_document_title(facts: Facts, doc: str) -> str:
    """Return the title of a document, its id where it has none."""
    return str(facts.document_rows.get(doc, {}).get("title", doc))


def _to_value(value: Any) -> Value:
    if isinstance(value, tuple):
        return tuple(str(part) for part in value)
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN
        return None
    return value if isinstance(value, str) else float(value)
