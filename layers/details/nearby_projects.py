"""Projects by their distance from a place: a chosen commune's middle, or a position."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pyproj import Transformer

from geo.crs import VN2000_HAI_PHONG, WGS84
from geo.i18n import DEFAULT_LANGUAGE
from layers.details.places import load_label_points
from layers.details.project_summary import ProjectLocation, format_status_line, locate_project
from store.facts.selection import select_items

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


def list_nearby_projects(
    facts: Facts, filters: Filters, commune: str, *, language: str = DEFAULT_LANGUAGE
) -> tuple[NearbyProject, ...]:
    """Return the selected items by distance from a commune's label point, the nearest first.

    Items of the commune itself stand first, those without a place last. Distances are measured in
    VN-2000 / TM-3 105-45; an item known by commune only is as far as its nearest commune's middle.
    """
    points = load_label_points()
    here = points.get(commune)
    chosen = select_items(facts, filters)
    rows = []
    for row in chosen.items.itertuples(index=False):
        where = locate_project(facts, row.item)
        own_codes = facts.item_communes.get(row.item, ())
        if where.precision == "own" and where.lon is not None and where.lat is not None:
            ends = [(where.lon, where.lat)]
        else:
            ends = [points[code] for code in own_codes if code in points]
        far = min((compute_distance_m(here, end) for end in ends), default=None) if here else None
        rows.append(
            NearbyProject(
                item=row.item,
                name=row.name,
                status=format_status_line(facts, row.item, chosen.period, language=language),
                where=where,
                distance_m=far,
                within=commune in own_codes,
            )
        )
    return tuple(sorted(rows, key=_get_sort_key))


def compute_distance_m(point: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the metres between two points (lon, lat; EPSG:4326)."""
    change = _make_transformer()
    (x1, y1), (x2, y2) = change.transform(*point), change.transform(*other)
    return float(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5)


def _get_sort_key(row: NearbyProject) -> tuple[bool, bool, float, str]:
    far = row.distance_m
    return (not row.within, far is None, far or 0.0, row.item)


@cache
def _make_transformer() -> Transformer:
    return Transformer.from_crs(WGS84, VN2000_HAI_PHONG, always_xy=True)
