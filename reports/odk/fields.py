"""The fields of the visit form, by the names that the form and every export of it use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

FORM_ID: Final = "hpmap_visit"
NO_COMMUNE: Final = "none"
"""The commune of an item that no report places."""

NO_PROBLEM: Final = "none"
REPEAT: Final = "photos"
PICTURE: Final = "picture"
CAPTION: Final = "caption"

FieldKind = Literal["text", "code", "share", "positive", "moment", "category"]


@dataclass(frozen=True)
class VisitField:
    """One answer of the form: how it is read, and how long a text may be."""

    name: str
    kind: FieldKind
    required: bool = False
    most_chars: int = 200


VISIT_FIELDS: Final = (
    VisitField("commune", "text", most_chars=20),
    VisitField("item", "code", required=True, most_chars=80),
    VisitField("at", "moment", required=True),
    VisitField("inspector", "text", required=True, most_chars=120),
    VisitField("claimed_construction_pct", "share"),
    VisitField("observed_construction_pct", "share"),
    VisitField("claimed_clearance_pct", "share"),
    VisitField("observed_clearance_pct", "share"),
    VisitField("observed_handed_ha", "positive"),
    VisitField("works", "text", most_chars=4000),
    VisitField("problem_category", "category"),
    VisitField("problem", "text", most_chars=4000),
    VisitField("note", "text", most_chars=4000),
)
"""The position has fields of its own: programs part it into columns, each in its own way."""

PLACE: Final = "place"
PLACE_PARTS: Final = ("latitude", "longitude", "altitude", "accuracy")
"""In the order that a geopoint is written in; degrees (EPSG:4326) and metres."""
