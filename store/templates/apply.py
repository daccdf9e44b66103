"""Taking a mended template over: all of its differences as one change, undone as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from store.audit.changes import Changeset
from store.audit.ledger import Ledger, read_last_token
from store.db.database import writing
from store.db.errors import ImportRefusedError, LockedPeriodError
from store.editing.validation import require_reason
from store.event_log import log_event
from store.users.permissions import guard_action, is_allowed, require_permission

if TYPE_CHECKING:
    from store.templates.plan import TemplatePlan
    from store.users.users import User

_ALSO: dict[str, str] = {
    "items": "edit.item",
    "places": "edit.place",
    "statements": "review.decide",
}
"""What changing a table needs besides."""


@guard_action("edit.observation")
def apply_template(plan: TemplatePlan, actor: User, why: str) -> int:
    """Write what a plan changes and return the change's number.

    What is among the plan's faults is left as it is. Raises ``ImportRefusedError`` when there is
    nothing to change or the store has changed since the plan was made, ``EditError`` without a
    reason, ``LockedPeriodError`` and ``NotAllowedError`` as any edit does.
    """
    why = require_reason(why)
    if not plan.changes:
        raise ImportRefusedError(t("templates.fault.nothing"))
    for table in {change.table for change in plan.changes} & _ALSO.keys():
        require_permission(actor, _ALSO[table])
    with writing() as connection:
        if read_last_token(connection) != plan.version:
            raise ImportRefusedError(t("store.fault.stale"))
        change = Changeset(
            "edit",
            actor,
            why,
            period=plan.sheet.period,
            name=plan.sheet.name,
            sha256=plan.sheet.sha256,
            correcting=is_allowed(actor, "edit.approved"),
        )
        ledger = Ledger(connection, change)
        try:
            ledger.apply(plan.changes)
        except LockedPeriodError as fault:
            raise LockedPeriodError(t("edit.fault.locked", reason=fault)) from fault
        log_event("template", number=ledger.number, user=actor.name, cells=len(plan.differences))
        return ledger.number
