"""What is read from the first-quarter report, beside the facts typed in by hand from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.facts_files.curated import CuratedFacts
    from reports.model.extraction import Extraction

DOC: Final = "q1-2026"
FIRST_LINE: Final = 725
"""Line of the report at which appendix IV begins."""
_WITH_BASIS: Final = ("_pct",)

Fact = tuple[str, str, str, str, str]
"""Item, field, value, basis (of percentages), total."""


def compare_fields(
    extraction: Extraction, facts: CuratedFacts, fields: Sequence[str]
) -> tuple[int, list[Fact], list[Fact]]:
    """Return how many values are right, which are wrong (not in the facts) and which missing."""
    truth = curated_values(facts, fields)
    found = extracted_values(extraction, fields)
    both = truth & found
    return both.total(), sorted((found - both).elements()), sorted((truth - both).elements())


def compare_places(
    extraction: Extraction, facts: CuratedFacts, how: Sequence[str] = ("stated",)
) -> tuple[int, list[tuple[str, str]], list[tuple[str, str]]]:
    """Return how many communes are right, which no fact has, and which stated ones are missing."""
    rows = facts.places[facts.places["item"].str.startswith("KP-")].to_dict("records")
    every = {(row["item"], row["commune"]) for row in rows}
    stated = {(row["item"], row["commune"]) for row in rows if row["how"] in how}
    found = {(f"KP-{p.no:02}", one.code) for p in extraction.projects for one in p.communes}
    return len(found & every), sorted(found - every), sorted(stated - found)


def curated_values(facts: CuratedFacts, fields: Sequence[str]) -> Counter[Fact]:
    """Return the facts of appendix IV for some fields."""
    frame = facts.observations
    frame = frame[
        (frame["doc"] == DOC)
        & (frame["line_from"] >= FIRST_LINE)
        & (frame["chapter"] == "key_projects")
        & frame["field"].isin(fields)
    ]
    return Counter(
        _fact(row["item"], row["field"], row["value"], row["basis"], row["total"])
        for row in frame.to_dict("records")
    )


def extracted_values(extraction: Extraction, fields: Sequence[str]) -> Counter[Fact]:
    """Return the same of what was read."""
    return Counter(
        _fact(f"KP-{row.no:02}", value.field, value.value, value.basis, value.total)
        for row in extraction.projects
        for value in row.values
        if value.field in fields
    )


def _fact(item: str, field: str, value: str, basis: str, total: object) -> Fact:
    shares = field.endswith(_WITH_BASIS)
    return item, field, _plain(value), basis if shares else "", _plain(total)


def _plain(value: object) -> str:
    try:
        number = float(str(value))
    except ValueError:
        return " ".join(str(value).split())
    return "" if number != number else f"{number:g}" if number < 1e6 else str(int(number))  # noqa: PLR0124
