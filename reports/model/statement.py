"""What a sentence or a table row says, in one form: subject, predicate, value, mood, time, place.

The fields and their units are listed in ``docs/statements.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from reports.model.document import NO_PLACE

if TYPE_CHECKING:
    from reports.model.document import SourcePlace

SubjectKind = Literal[
    "project", "park", "cluster", "zone", "housing", "works",
    "commune", "body", "city", "district", "province", "country", "unknown",
]  # fmt: skip
"""Who or what a statement is about.

``works``: several projects counted together ("31 dự án trọng điểm"); ``city``: the Hải Phòng of
today as a whole; ``district`` and ``province``: a unit of any time that is not the city of today,
the former Hải Phòng and Hải Dương too.
"""
SUBJECT_KINDS: Final[tuple[SubjectKind, ...]] = (
    "project", "park", "cluster", "zone", "housing", "works",
    "commune", "body", "city", "district", "province", "country", "unknown",
)  # fmt: skip

Mood = Literal[
    "done", "measured", "planned", "required", "forecast", "proposed", "conditional", "denied",
]  # fmt: skip
"""How a statement holds: ``measured`` is a property (an area, an investment), ``done`` an act."""

StatementStatus = Literal["sure", "ask"]

MONEY_FIELDS: Final = (
    "investment", "equity", "construction_cost", "clearance_cost", "compensation", "allocated",
    "disbursed", "planned_disbursement", "disbursement_target", "land_payment", "remaining_money",
    "money",
)  # fmt: skip
"""In million VND ("triệu đồng"); other currencies keep theirs in ``unit``."""

SHARE_FIELDS: Final = ("disbursed_pct", "construction_pct", "clearance_pct", "occupancy_pct", "pct")
"""Percentages, 0 to 100."""

SIZE_FIELDS: Final = (
    "area", "industrial_land", "land_to_clear", "land_cleared", "land_handed_over",
    "land_remaining", "length",
)  # fmt: skip
"""In the unit that is stated: ha, m2, km2; km, m."""

COUNT_FIELDS: Final = (
    "count", "households", "households_agreed", "households_paid", "households_cleared",
    "households_remaining", "organisations", "graves", "dwellings", "buildings", "physical_done",
)  # fmt: skip
"""Projects, parks, households, dwellings …; ``unit`` says of what."""

TIME_FIELDS: Final = (
    "start", "finish", "inauguration", "works_from_to", "milestone", "deadline", "established_on",
    "approved_on",
)  # fmt: skip
"""``2026``, ``2026-Q3``, ``2026-05``, ``2026-05-07``, a range ``a..b``."""

WORD_FIELDS: Final = (
    "status", "obstacle", "clearance_delayed", "asked_to_act", "owner", "lead", "located_in",
    "planned_work",
)  # fmt: skip
NUMBER_FIELDS: Final = (
    *MONEY_FIELDS, *SHARE_FIELDS, *SIZE_FIELDS, *COUNT_FIELDS, "duration_months",
)  # fmt: skip
FIELD_NAMES: Final = (
    *MONEY_FIELDS, *SHARE_FIELDS, *SIZE_FIELDS, *COUNT_FIELDS, *TIME_FIELDS, "duration_months",
    *WORD_FIELDS,
)  # fmt: skip
"""What a statement may say of its subject."""


@dataclass(frozen=True)
class Statement:
    """One thing that a document says.

    ``subject`` is its name as the text has it, ``item`` the id of a known zone or item, '' where
    it is none. ``value`` is a number, a time or words, ``stated`` the words of it as they stand,
    ``unit`` what it counts in. ``communes`` are codes of today's communes that the text gives the
    subject, ``province`` a place outside Hải Phòng that it gives it. ``when`` is the time that
    the value holds for, ``inferred`` the parts that are not stated but concluded (``year``:
    a day's year was taken from the document). ``start`` and ``end`` are offsets of ``stated``
    in ``sentence``. ``part_of`` is the stated total that it is a part of: of the same subject, or
    behind the name of another one and a colon ("3 dự án: 500 tỷ đồng"). ``status`` is ``ask``
    where a person has to decide, and ``why`` the key of the reason (``[statements.why]`` of the
    text catalogue); ``candidates`` are the values it may be, the likeliest first, or what it may
    be about (``WHICH_SUBJECT``).
    """

    subject: str
    subject_kind: SubjectKind
    field: str
    value: float | str
    sentence: str
    place: SourcePlace = NO_PLACE
    start: int = 0
    end: int = 0
    item: str = ""
    stated: str = ""
    unit: str = ""
    total: float | None = None
    qualifier: str = "exact"
    mood: Mood = "measured"
    when: str = ""
    communes: tuple[str, ...] = ()
    province: str = ""
    cause: str = ""
    bodies: tuple[str, ...] = ()
    detail: str = ""
    """What narrows the field: a phase ("giai đoạn 1"), a basis ("kế hoạch Thủ tướng giao")."""
    inferred: tuple[str, ...] = ()
    part_of: str = ""
    status: StatementStatus = "sure"
    why: str = ""
    candidates: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Communes of today that have a sliver of a former one that is named: not the subject's."""

    @property
    def is_part(self) -> bool:
        """Return True for less than all of its subject: a part of the subject's own total."""
        return bool(self.part_of) and OWNER_MARK not in self.part_of


WHICH_SUBJECT: Final = "which_subject"
"""Why a statement is asked about that points back to one of several things: ``candidates`` are
their names, not values, and it has no subject before a person names it."""
OWNER_MARK: Final = ": "
"""What stands between the owner of a total and the total, where a part has another subject."""


@dataclass(frozen=True)
class UnreadSentence:
    """A sentence, or a table row, of which something is left over.

    ``left_over`` are its numbers, times, bodies, communes and clauses that nothing used, as they
    stand; ``why`` is the key of the reason (``[statements.unread]`` of the text catalogue).
    """

    sentence: str
    place: SourcePlace
    left_over: tuple[str, ...]
    why: str = "not_understood"
    values: tuple[float | str, ...] = ()
    """Their numbers and times as read: money in million, all else in its own unit."""


@dataclass(frozen=True)
class SentenceBalance:
    """Where the sentences went: ``total`` is always the sum of the others."""

    total: int = 0
    read: int = 0
    asked: int = 0
    nothing: int = 0

    @property
    def exact(self) -> bool:
        """Return True if every sentence is counted once."""
        return self.total == self.read + self.asked + self.nothing


@dataclass(frozen=True)
class StatementReading:
    """What is read from one document's sentences and rows, and what is left over."""

    statements: tuple[Statement, ...] = ()
    unread: tuple[UnreadSentence, ...] = ()
    balance: SentenceBalance = SentenceBalance()
