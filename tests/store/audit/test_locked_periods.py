"""What would touch an approved period is known before anything is saved."""

import pytest

from store.audit.approvals import approve_period
from store.audit.changes import RowChange
from store.audit.ledger import read_current_rows
from store.audit.locked_periods import list_locked_periods, refuse_locked
from store.db.database import reading
from store.db.errors import LockedPeriodError
from tests.people import APPROVER, PLANNER

PERIOD = "2026-Q1"


@pytest.mark.usefixtures("store")
def test_a_figure_of_an_approved_period_is_told_from_others() -> None:
    with reading() as connection:
        figures = read_current_rows(connection, "observations")
        items = read_current_rows(connection, "items")
    inside = next(row for row in figures if row["period"] == PERIOD)
    outside = next(row for row in figures if row["period"] != PERIOD)
    changes = [
        RowChange("observations", inside),
        RowChange("observations", outside),
        RowChange("items", items[0]),
    ]
    with reading() as connection:
        assert list_locked_periods(connection, changes) == ()
        refuse_locked(connection, PLANNER, changes)
    approve_period(PERIOD, APPROVER)
    with reading() as connection:
        assert list_locked_periods(connection, changes) == (PERIOD,)
        assert list_locked_periods(connection, changes[1:]) == ()
        refuse_locked(connection, APPROVER, changes)
        refuse_locked(connection, PLANNER, changes[1:])
        with pytest.raises(LockedPeriodError, match="Quý I/2026"):
            refuse_locked(connection, PLANNER, changes)
