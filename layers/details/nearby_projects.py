"""Projects by their distance from a place: a chosen commune's middle, or a position."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE
from geo.positions import list_in_vn2000
from layers.details.places import load_label_points
from layers.details.project_summary import ProjectLocation, format_status_line, locate_project
from store.column_values import list_cells
from store.facts.selection import select_items
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters


@dataclass(frozen=True)
class NearbyProject:
    """A project near a place: how far (metres, ``None`` where unknown), where, how it stands.

    ``within``: it lies in the commune that was chosen, however far its point is.
    """

    item: str
    name: str
    status: str
    where: ProjectLocation
    distance_m: float | None
    within: bool


@cache_on_facts(most=32)
def list_nearby_projects(
    facts: Facts,
    filters: Filters,
    commune: str,
    *,
    most: int | None = None,
    language: str = DEFAULT_LANGUAGE,
) -> tuple[NearbyProject, ...]:
    """Return the selected items by distance from a commune's label point, the nearest first.

    Of more than ``most`` the nearest only.

    Items of the commune itself stand first, those without a place last. Distances are measured in
    VN-2000 / TM-3 105-45; an item known by commune only is as far as its nearest commune's middle.
    """
    middles = _measure_places(tuple(load_label_points().items()))
    own_points = _measure_own_points(facts)
    here = middles.get(commune)
    chosen = select_items(facts, filters)
    ranked: list[tuple[bool, bool, float, str, str]] = []
    for item, name in list_cells(chosen.items, "item", "name"):
        own_codes = facts.item_communes.get(item, ())
        if item in own_points:
            ends = [own_points[item]]
        else:
            ends = [middles[code] for code in own_codes if code in middles]
        far = min((compute_distance_m(here, end) for end in ends), default=None) if here else None
        ranked.append((commune not in own_codes, far is None, far or 0.0, item, name))
    ranked.sort()
    return tuple(
        NearbyProject(
            item=item,
            name=name,
            status=format_status_line(facts, item, chosen.period, language=language),
            where=locate_project(facts, item),
            distance_m=None if unknown else far,
            within=not elsewhere,
        )
        for elsewhere, unknown, far, item, name in ranked[:most]
    )


def compute_distance_m(point: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the metres between two points (metres of VN-2000)."""
    (x1, y1), (x2, y2) = point, other
    return float(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5)


@lru_cache(maxsize=2)
def _measure_places(
    places: tuple[tuple[str, tuple[float, float]], ...],
) -> dict[str, tuple[float, float]]:
    """Return places by their ids in metres of VN-2000."""
    keys, points = [key for key, _ in places], [point for _, point in places]
    return dict(zip(keys, list_in_vn2000(points), strict=True))


@cache_on_facts()
def _measure_own_points(facts: Facts) -> dict[str, tuple[float, float]]:
    """Return the points that staff have set, by item, in metres of VN-2000."""
    rows = facts.points
    points = [(float(lon), float(lat)) for lon, lat in list_cells(rows, "lon", "lat")]
    return dict(zip(rows["item"], list_in_vn2000(points), strict=True))
