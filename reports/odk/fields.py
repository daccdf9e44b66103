"""The fields of the visit form, by the names that the form and every export of it use."""

from __future__ import annotations

from typing import Final

FORM_ID: Final = "hpmap_visit"
NO_COMMUNE: Final = "none"
"""The commune of an item that no report places."""

NO_PROBLEM: Final = "none"
REPEAT: Final = "photos"
PICTURE: Final = "picture"
CAPTION: Final = "caption"

ANSWERS: Final = (
    "commune",
    "item",
    "at",
    "inspector",
    "claimed_construction_pct",
    "observed_construction_pct",
    "claimed_clearance_pct",
    "observed_clearance_pct",
    "observed_handed_ha",
    "works",
    "problem_category",
    "problem",
    "note",
)
"""The position has fields of its own: programs part it into columns, each in its own way."""

PLACE: Final = "place"
PLACE_PARTS: Final = ("latitude", "longitude", "altitude", "accuracy")
"""In the order that a geopoint is written in; degrees (EPSG:4326) and metres."""
