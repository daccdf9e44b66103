"""The rows of the facts that a template's row without a code is: an item, a problem, a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from geo.i18n import t
from geo.text import fold_text
from reports.model.document import SourcePlace
from reports.model.extraction import ClearanceStatement
from store.audit.rows import CHAPTER
from store.db.errors import EditError
from store.db.schema import KNOWN
from store.db.staff_tables import ALL_TABLES
from store.editing.row_changes import find_row
from store.editing.tasks import make_task_rows
from store.editing.validation import clean_values, validate_row
from store.imports.plan.fact_rows import get_chapter, make_clearance_row, make_item_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from store.audit.rows import Row
    from store.facts.facts import Facts
    from store.templates.columns import Value
    from store.templates.kinds import TemplateKind

_MOST_OFFERED: Final = 4
_HIGHEST_NUMBER: Final = 9000


def make_item_row(
    connection: sa.Connection,
    template: TemplateKind,
    values: Mapping[str, Value],
    new_codes: Collection[str],
) -> Row:
    """Return the row of a new item under a code of its own. ``new_codes`` are taken besides.

    Raises ``EditError`` for what cannot be kept.
    """
    kind = values.get("kind") or ("key_project" if template.key == "key_projects" else "")
    if not values.get("name") or not kind:
        raise EditError(t("templates.fault.new_needs"))
    of_item = {column.field: values[column.key] for column in template.columns
               if column.table == "items" and column.key in values}  # fmt: skip
    row: Row = dict.fromkeys(ALL_TABLES["items"].header, "")
    given = {"funding": "unknown"} | {name: text for name, text in of_item.items() if text}
    row |= clean_values(given | {"kind": kind}, "items")
    row |= {"origin": "person", "position": None, "item": "NEW"}
    row[CHAPTER] = get_chapter(str(kind))
    validate_row(row, "items")
    taken = {str(code) for code in connection.scalars(sa.select(KNOWN["items"].c.item))}
    number = int(row["no"]) if str(row["no"]).isdecimal() else 0
    row["item"] = make_item_code(
        str(kind), str(row["name"]), min(number, _HIGHEST_NUMBER), taken | set(new_codes)
    )
    return row


def make_clearance_rows(
    connection: sa.Connection, values: Mapping[str, Value], source: Mapping[str, str], line: int
) -> Iterator[Row]:
    """Yield the rows of a new problem, one for each of its communes.

    Raises ``EditError`` for what cannot be kept.
    """
    communes = as_tuple(values.get("commune"))
    item = str(values.get("clearance_item") or "")
    if not communes and not item:
        raise EditError(t("templates.fault.clearance_needs"))
    if item and find_row(connection, "items", item) is None:
        raise EditError(t("templates.fault.unknown", key=item[:60]))
    for commune in communes or ("",):
        statement = ClearanceStatement(
            commune=commune,
            project_no=None,
            category=str(values.get("category") or "unspecified"),
            statement=str(values.get("statement") or ""),
            raw=str(values.get("statement") or ""),
            asked_to_act=str(values.get("clearance_asked") or ""),
            place=SourcePlace(line, line),
        )
        row: Row = dict(make_clearance_row(statement, item or None, source))
        given = {"area_ha": values.get("problem_area_ha"),
                 "households": values.get("households"),
                 "note": values.get("clearance_note") or ""}  # fmt: skip
        row |= clean_values(given, "clearance") | {"origin": "person", "position": None}
        validate_row(row, "clearance")
        yield row


def find_named_document(facts: Facts, period: str, values: Mapping[str, Value]) -> str:
    """Return the document of a period that a new task names by its title or id, '' for none.

    Raises ``EditError`` where that is none of the period's, or several.
    """
    named = str(values.get("task_doc") or "")
    if not named:
        if values.get("task_line"):
            raise EditError(t("templates.fault.line_alone"))
        return ""
    documents = facts.documents[facts.documents["period"] == period]
    folded = fold_text(named)
    found = [
        str(row.doc)
        for row in documents.itertuples()
        if named == row.doc or folded == fold_text(str(row.title))
    ]
    if len(found) != 1:
        offered = "; ".join(found or [str(title) for title in documents["title"][:_MOST_OFFERED]])
        key = "documents" if found else "document"
        raise EditError(t(f"templates.fault.{key}", value=named[:60], offered=offered))
    return found[0]


def make_new_task_rows(
    connection: sa.Connection,
    values: Mapping[str, Value],
    source: Mapping[str, str],
    own_line: int | None,
) -> list[Row]:
    """Return the rows of a new task; ``own_line`` is its line in the file where that is its source.

    Raises ``EditError`` for what cannot be kept, ``ChoiceError`` for what is no body.
    """
    line = own_line
    if line is None:
        line = clean_values({"line_from": values.get("task_line") or None}, "statements")[
            "line_from"
        ]
    place = SourcePlace(int(line or 0), int(line or 0))
    texts = {name: str(values.get(column) or "") for name, column in _TASK.items()}
    texts |= {"sentence": "", "doc": source["doc"], "period": source["period"]}
    return make_task_rows(connection, texts, place, is_coming=own_line is not None)


_TASK: Final = {"name": "task_name", "lead": "lead", "deadline": "task_deadline"}


def as_tuple(value: Value) -> tuple[str, ...]:
    """Return the parts of a value of several, none of any other."""
    return value if isinstance(value, tuple) else ()
