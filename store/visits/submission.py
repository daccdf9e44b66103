"""A visit as it was sent, before anything of it is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.i18n import t
from store.audit.rows import find_range_faults, normalise_row, to_canonical_json
from store.db.errors import VisitError
from store.db.staff_tables import STAFF
from store.facts.visit_clock import get_visit_day
from store.imports.plan.fact_rows import find_bad_column

if TYPE_CHECKING:
    from store.audit.rows import Row

CONTENT: Final = STAFF["visits"].header
"""The columns of a visit's row."""

_PART: Final = 12
"""How much of a hash tells two versions of one visit apart."""


@dataclass(frozen=True)
class SubmittedProblem:
    """A clearance problem that the inspector raises: a row of the register, open.

    ``category`` is one of ``reports.model.schema.CLEARANCE_CATEGORIES``; ``commune`` a code or ''.
    """

    category: str
    statement: str
    commune: str = ""


@dataclass(frozen=True)
class SubmittedVisit:
    """What an inspector recorded. Unknown is ``None`` or ''.

    ``visit`` is the UUID made where it was recorded; ``at`` an ISO moment in UTC; ``lon``, ``lat``
    degrees (EPSG:4326), ``accuracy_m`` metres; shares in percent, ``observed_handed_ha`` hectares.
    ``claimed_…`` is what the reports said, as the inspector saw it. ``sent_hash`` is the SHA-256 of
    what was sent, or of the content where it came without one.
    """

    visit: str
    item: str
    inspector: str
    at: str
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    claimed_construction_pct: float | None = None
    claimed_clearance_pct: float | None = None
    observed_construction_pct: float | None = None
    observed_handed_ha: float | None = None
    observed_clearance_pct: float | None = None
    works: str = ""
    note: str = ""
    problem: SubmittedProblem | None = None
    source: str = "phone"
    sent_hash: str = field(default="")

    @property
    def hash(self) -> str:
        """The hash that the content is known by."""
        if self.sent_hash:
            return self.sent_hash
        told = make_visit_row(self) | {"problem": make_problem_content(self)}
        return hashlib.sha256(to_canonical_json(told).encode()).hexdigest()

    @property
    def held(self) -> str:
        """The id of this version of the visit: its UUID and the beginning of its hash."""
        return f"{self.visit}.{self.hash[:_PART]}"


def make_visit_row(sent: SubmittedVisit) -> Row:
    """Return the row of ``visits`` that a visit becomes; its hash is left as it was sent."""
    position = (sent.lon, sent.lat, sent.accuracy_m)
    lon, lat, accuracy = position if None not in position[:2] else (None, None, None)
    row: Row = {
        "visit": sent.visit,
        "item": sent.item,
        "inspector": sent.inspector,
        "at": sent.at,
        "lon": lon,
        "lat": lat,
        "accuracy_m": accuracy,
        "claimed_construction_pct": sent.claimed_construction_pct,
        "claimed_clearance_pct": sent.claimed_clearance_pct,
        "observed_construction_pct": sent.observed_construction_pct,
        "observed_handed_ha": sent.observed_handed_ha,
        "observed_clearance_pct": sent.observed_clearance_pct,
        "works": sent.works,
        "note": sent.note,
        "problem": sent.problem.statement if sent.problem else "",
        "source": sent.source,
        "sent_hash": sent.sent_hash,
    }
    return normalise_row(row, "visits")


def make_case_row(sent: SubmittedVisit, commune: str, received: str = "") -> Row | None:
    """Return the row of the register that the problem raised becomes; ``None`` without one.

    ``commune``: where it is, as far as the inspector may say so; '' leaves it to the item, and what
    was said stands in the note. ``received``: when the visit came in (ISO, UTC), now for ''; a case
    of a visit whose clock was wrong is opened on that day.
    """
    if sent.problem is None:
        return None
    said = sent.problem.commune
    note = t("phone.case.elsewhere", commune=said) if said not in {"", commune} else ""
    return {
        "case": f"visit-{sent.visit}",
        "item": sent.item,
        "commune": commune,
        "category": sent.problem.category,
        "statement": sent.problem.statement,
        "body": "",
        "opened": get_visit_day(sent.at, received or datetime.now(UTC).isoformat()),
        "deadline": "",
        "area_ha": None,
        "handed_ha": None,
        "households": None,
        "households_left": None,
        "state": "open",
        "closed": "",
        "clearance": "",
        "visit": sent.visit,
        "note": note,
    }


def make_problem_content(sent: SubmittedVisit) -> dict[str, Any] | None:
    """Return the problem raised as plain data."""
    return dict(vars(sent.problem)) if sent.problem else None


def validate_visit_row(row: Row, table: str) -> None:
    """Raise ``VisitError`` that names the column of a row that is not what its table asks for."""
    for fault in find_range_faults(row, table).values():
        raise VisitError(fault)
    column = find_bad_column(row, table)
    if column:
        raise VisitError(t("phone.fault.field", field=column, reason=t("phone.fault.value")))
