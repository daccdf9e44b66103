"""The clearance register: cases opened, kept, closed. Done means handed over, not paid.

A case is about an item, a commune, or both. It is closed as handed over only when the area handed
over is the area to clear and no household is known to be left; where the area is not known, the
person who closes it says so, and the case stays flagged. What is not known is left empty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from geo.clock import today
from geo.i18n import format_number, t
from store.audit.changes import Changeset, RowChange
from store.audit.edit_tokens import make_case_target, require_unchanged
from store.audit.ledger import Ledger, read_current_rows
from store.audit.rows import extract_content, get_column_label
from store.clearance.case_steps import Steps, make_step_changes
from store.clearance.suggested_cases import list_suggested_cases
from store.db.database import writing
from store.db.errors import EditError
from store.db.schema import FACTS
from store.db.staff_tables import ALL_TABLES
from store.editing.validation import clean_values, require_reason, validate_row
from store.facts.facts import load_facts
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from store.audit.rows import Row
    from store.users.users import User

CASE_FIELDS: Final = (
    "item", "commune", "category", "statement", "body", "opened", "deadline", "area_ha",
    "handed_ha", "households", "households_left", "note",
)  # fmt: skip
PREFIX: Final = "GP-"
CLOSE_ENOUGH_HA: Final = 0.00005
"""Half a square metre: two areas that differ by less are one."""

_NUMBER: Final = re.compile(rf"{PREFIX}(\d+)")


@guard_action("register.write")
def open_case(values: Mapping[str, object], *, actor: User, why: str) -> str:
    """Open a case (``CASE_FIELDS``); return its number.

    Raises ``EditError`` that tells every fault, ``NotAllowedError`` outside the actor's communes.
    """
    why = require_reason(why)
    _require_known_fields(values)
    with writing() as connection:
        row = _make_case(connection, clean_values(values, "cases"), 0)
        _validate_case(connection, row)
        _write_changes(connection, [RowChange("cases", None, row)], actor, why, row["case"])
        return str(row["case"])


@guard_action("register.write")
def open_stated_cases(sources: Collection[str], *, actor: User) -> tuple[str, ...]:
    """Open a case for each problem that a report or a visit states; return their numbers.

    ``sources``: ids of ``store.clearance.suggested_cases``. The facts stated are carried over and
    the source kept with the case. What is in the register already is passed over. Raises
    ``EditError`` when nothing of it is offered.
    """
    with writing() as connection:
        offered = [
            suggestion
            for suggestion in list_suggested_cases(load_facts())
            if suggestion.source in set(sources)
        ]
        taken_sources = _list_taken_sources(connection)
        offered = [suggestion for suggestion in offered if suggestion.source not in taken_sources]
        if not offered:
            raise EditError(t("register.fault.not_offered"))
        rows = [
            _make_case(connection, suggestion.values(), index)
            for index, suggestion in enumerate(offered)
        ]
        for row in rows:
            _validate_case(connection, row)
        changes = [RowChange("cases", None, row) for row in rows]
        why = t("register.note.taken_over")
        _write_changes(connection, changes, actor, why, str(rows[0]["case"]))
        return tuple(str(row["case"]) for row in rows)


@guard_action("register.write")
def edit_case(
    case: str,
    changes: Mapping[str, object],
    *,
    seen: str,
    actor: User,
    why: str,
    steps: Steps | None = None,
) -> int:
    """Change fields and steps of an open case as one; return the number, 0 if none differs.

    Raises as ``open_case``, and ``EditConflictError`` when it changed since ``seen``.
    """
    why = require_reason(why)
    _require_known_fields(changes)
    given = clean_values(changes, "cases")
    with writing() as connection:
        before = _get_unchanged_case(connection, case, seen, "open")
        after = before | given | {"origin": "person"}
        rows = make_step_changes(connection, after, steps or {})
        if extract_content(before, "cases") != extract_content(after, "cases"):
            rows.insert(0, RowChange("cases", before, after))
        if not rows:
            return 0
        _validate_case(connection, after)
        return _write_changes(connection, rows, actor, why, case).number


@guard_action("register.close")
def close_case(
    case: str, closed: str, *, seen: str, actor: User, why: str, area_unknown: bool = False
) -> int:
    """Close a case: its land is handed over since the day ``closed``; return the number.

    ``area_unknown``: the person says that the area to clear is not known. Raises as ``edit_case``;
    ``EditError`` says what is still to be handed over.
    """
    why = require_reason(why)
    with writing() as connection:
        before = _get_unchanged_case(connection, case, seen, "open")
        left = _describe_remaining(before, area_unknown)
        if left:
            raise EditError("\n".join(left))
        after = before | clean_values({"state": "handed_over", "closed": closed}, "cases")
        after |= {"origin": "person"}
        _validate_case(connection, after)
        done = {"handed_over": {"state": "done", "day": after["closed"], "reason": ""}}
        changes = [RowChange("cases", before, after)]
        changes += make_step_changes(connection, after, done, closing=True)
        return _write_changes(connection, changes, actor, why, case).number


@guard_action("register.close")
def withdraw_case(case: str, closed: str, *, seen: str, actor: User, why: str) -> int:
    """Close a case that is none any more, for a reason; return the number. As ``close_case``."""
    why = require_reason(why)
    with writing() as connection:
        before = _get_unchanged_case(connection, case, seen, "open")
        after = before | clean_values({"state": "withdrawn", "closed": closed}, "cases")
        after |= {"origin": "person"}
        _validate_case(connection, after)
        return _write_changes(
            connection, [RowChange("cases", before, after)], actor, why, case
        ).number


@guard_action("register.close")
def reopen_case(case: str, *, seen: str, actor: User, why: str) -> int:
    """Open a closed case again; return the number. Raises as ``close_case``."""
    why = require_reason(why)
    with writing() as connection:
        before = _get_unchanged_case(connection, case, seen, "handed_over", "withdrawn")
        after = before | {"state": "open", "closed": "", "origin": "person"}
        changes = [RowChange("cases", before, after)]
        again = {"handed_over": {"state": "under_way", "day": "", "reason": ""}}
        if before["state"] == "handed_over":
            changes += make_step_changes(connection, after, again)
        return _write_changes(connection, changes, actor, why, case).number


def _make_case(connection: sa.Connection, values: Row, after: int) -> Row:
    """Return a new case's row; its number was never used, ``after`` more are opened before it."""
    cases = FACTS["cases"]
    used = [
        int(match[1]) for key in connection.scalars(sa.select(cases.c.key))
        if (match := _NUMBER.fullmatch(key))
    ]  # fmt: skip
    row: Row = {column.name: "" for column in ALL_TABLES["cases"].columns}
    row |= dict.fromkeys(("area_ha", "handed_ha", "households", "households_left", "item"))
    row |= {"category": "unspecified"} | values
    row |= {"case": f"{PREFIX}{max(used, default=0) + 1 + after:04d}", "state": "open"}
    return row | {"origin": "person", "position": None}


def _list_taken_sources(connection: sa.Connection) -> set[str]:
    rows = read_current_rows(connection, "cases")
    return {str(row[name]) for row in rows for name in ("clearance", "visit") if row[name]}


def _get_unchanged_case(connection: sa.Connection, case: str, seen: str, *states: str) -> Row:
    require_unchanged(connection, make_case_target(case), seen)
    rows = read_current_rows(connection, "cases", FACTS["cases"].c.key == case)
    if not rows:
        raise EditError(t("edit.fault.gone", key=case[:40]))
    if rows[0]["state"] not in states:
        raise EditError(
            t("register.fault.state", case=case, state=_translate_state(rows[0]["state"]))
        )
    return rows[0]


def _validate_case(connection: sa.Connection, row: Row) -> None:
    """Raise ``EditError`` for every fault of a case's row."""
    faults = []
    if not row["item"] and not row["commune"]:
        faults.append(t("register.fault.nowhere"))
    items = FACTS["items"]
    if row["item"] and not read_current_rows(connection, "items", items.c.key == row["item"]):
        faults.append(t("edit.fault.gone", key=str(row["item"])[:40]))
    if _exceeds_area(row["handed_ha"], row["area_ha"]):
        faults.append(t("register.fault.too_much", **_format_areas(row)))
    if _exceeds_area(row["households_left"], row["households"]):
        faults.append(t("register.fault.too_many", left=row["households_left"],
                        whole=row["households"]))  # fmt: skip
    if row["state"] != "open" and not row["closed"]:
        faults.append(t("register.fault.no_day"))
    now = today().isoformat()
    stated = bool(row["clearance"])  # a report may be made before the last day that it tells of
    faults += [
        t("register.fault.future", column=get_column_label(name))
        for name in ("opened", "closed")
        if row[name] > now and not (stated and name == "opened")
    ]
    faults += [
        t("register.fault.before", column=get_column_label(name))
        for name in ("deadline", "closed")
        if row[name] and row["opened"] and row[name] < row["opened"]
    ]
    validate_row(row, "cases", faults)


def _describe_remaining(row: Row, area_unknown: bool) -> list[str]:
    """Return what stands against saying that the land is handed over."""
    faults = []
    area, handed = row["area_ha"], row["handed_ha"]
    if area is None:
        if not area_unknown:
            faults.append(t("register.fault.area_unknown"))
    elif handed is None:
        faults.append(t("register.fault.handed_unknown"))
    elif abs(area - handed) > CLOSE_ENOUGH_HA:
        faults.append(t("register.fault.not_whole", **_format_areas(row)))
    if row["households_left"]:
        faults.append(t("register.fault.households", count=row["households_left"]))
    return faults


def _write_changes(
    connection: sa.Connection, changes: list[RowChange], actor: User, why: str, case: str
) -> Ledger:
    ledger = Ledger(connection, Changeset("edit", actor, why, name=case))
    ledger.apply(changes)
    return ledger


def _require_known_fields(values: Mapping[str, object]) -> None:
    other = [name for name in values if name not in CASE_FIELDS]
    if other:
        raise EditError(t("edit.fault.no_column", column=other[0][:40]))


def _exceeds_area(part: float | None, whole: float | None) -> bool:
    return part is not None and whole is not None and part > whole + CLOSE_ENOUGH_HA


def _format_areas(row: Row) -> dict[str, str]:
    areas: dict[str, Any] = {"handed": row["handed_ha"] or 0.0, "area": row["area_ha"] or 0.0}
    areas["left"] = max(0.0, areas["area"] - areas["handed"])
    return {name: format_number(value, 2) for name, value in areas.items()}


def _translate_state(state: str) -> str:
    return t(f"register.state.{state}")
