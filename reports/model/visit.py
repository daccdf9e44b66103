"""A visit in the field: the one model that every door fills and everything above reads."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from reports.model.ranges import HECTARES, LATITUDE, LONGITUDE, METRES, SHARE, Range

_PART: Final = 12
"""How much of a hash tells two versions of one visit apart."""


def check_number(value: Any, limits: Range) -> float | None:
    """Return a number of a range in its one form, ``None`` as it is.

    Raises ``PydanticCustomError`` (``number``, with the limits in words) for anything else.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or limits.fault(value):
        raise PydanticCustomError("number", "out of range", limits.words())
    return float(limits.tidy(value))


Share = Annotated[float | None, BeforeValidator(partial(check_number, limits=SHARE))]
Hectares = Annotated[float | None, BeforeValidator(partial(check_number, limits=HECTARES))]
Longitude = Annotated[float | None, BeforeValidator(partial(check_number, limits=LONGITUDE))]
Latitude = Annotated[float | None, BeforeValidator(partial(check_number, limits=LATITUDE))]
Metres = Annotated[float | None, BeforeValidator(partial(check_number, limits=METRES))]


class Visit(BaseModel):
    """What an inspector recorded. Unknown is ``None`` or ''.

    ``visit`` is the UUID made where it was recorded; ``at`` an ISO moment in UTC; ``lon``, ``lat``
    degrees (EPSG:4326), ``accuracy_m`` metres; shares in percent, ``observed_handed_ha`` hectares.
    ``claimed_…`` is what the reports said, as the inspector saw it. ``problem`` is the clearance
    problem raised, in words ('' for none), ``problem_category`` one of
    ``reports.model.schema.CLEARANCE_CATEGORIES`` and ``problem_commune`` a code. ``sent_hash`` is
    the SHA-256 of what was sent.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    visit: str
    problem_commune: str = ""
    item: str
    at: str
    inspector: str
    claimed_construction_pct: Share = None
    observed_construction_pct: Share = None
    claimed_clearance_pct: Share = None
    observed_clearance_pct: Share = None
    observed_handed_ha: Hectares = None
    works: str = ""
    problem_category: str = ""
    problem: str = ""
    note: str = ""
    lon: Longitude = None
    lat: Latitude = None
    accuracy_m: Metres = None
    source: str = "phone"
    sent_hash: str = ""

    @property
    def version_id(self) -> str:
        """The id of this version of the visit: its UUID and the beginning of its hash."""
        return f"{self.visit}.{self.sent_hash[:_PART]}"
