"""Corrections of single rows, as the tests of approvals, audit and undoing need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from geo.i18n import t
from store.audit.changes import Changeset, RowChange
from store.audit.integrity import find_dangling_references
from store.audit.ledger import Ledger
from store.audit.rows import find_range_faults, list_content_columns, normalise_row
from store.bootstrap import ensure_store
from store.db.database import reading, writing
from store.db.errors import ChoiceError
from store.db.schema import AUDIT, FACTS
from store.imports.plan.fact_rows import find_bad_column
from store.imports.plan.resolutions import ResolutionContext
from store.users.permissions import guard_action, is_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.users.users import User


@guard_action("edit.observation")
def correct(
    table: str, key: str, changes: Mapping[str, object] | None, actor: User, why: str
) -> int:
    """Correct one row of facts, or take it out (``changes`` is ``None``); return the number.

    ``key`` is the row's: for an observation its ``obs``, else its key columns joined by `` · ``.
    ``why`` must be given. Raises ``ChoiceError`` for a row that is not there, a column that is
    none or a value that its column does not take.
    """
    if not why.strip():
        raise ChoiceError(t("store.fault.no_reason"))
    if table not in FACTS or (set(changes or ()) - set(list_content_columns(table))):
        raise ChoiceError(t("store.fault.no_such_row", table=table, key=key[:80]))
    with writing(ensure_store()) as connection:
        known = ResolutionContext.of(connection)
        before = known.row(table, key)
        if before is None:
            raise ChoiceError(t("store.fault.no_such_row", table=table, key=key[:80]))
        after = None
        if changes is not None:
            after = before | dict(changes) | {"origin": "person"}
            after = normalise_row(after, table)
            outside = find_range_faults(after, table)
            if outside:
                raise ChoiceError("\n".join(outside.values()))
            wrong = find_bad_column(after, table)
            if wrong:
                raise ChoiceError(t("store.fault.bad_value", column=wrong))
        change = Changeset("correction", actor, why, correcting=is_allowed(actor, "edit.approved"))
        ledger = Ledger(connection, change)
        ledger.apply([RowChange(table, before, after)])
        if find_dangling_references(connection):
            raise ChoiceError(t("store.fault.still_used", key=key[:80]))
        return ledger.number


def corrections_of(period: str) -> pd.DataFrame:
    """Return the audit rows of what was changed in a period after its approval, oldest first."""
    return _read_audit(AUDIT.c.period == period, AUDIT.c.after_approval)


def history_of(table: str, key: str) -> pd.DataFrame:
    """Return the audit rows of one row of facts, oldest first."""
    return _read_audit(AUDIT.c.table_name == table, AUDIT.c.key == key)


def _read_audit(*where: sa.ColumnElement[bool]) -> pd.DataFrame:
    names = ["at", "actor", "table_name", "key", "before", "after", "why", "import_id"]
    found = sa.select(*(AUDIT.c[name] for name in names)).where(*where).order_by(AUDIT.c.id)
    with reading() as connection:
        return pd.DataFrame([tuple(row) for row in connection.execute(found)], columns=names)
