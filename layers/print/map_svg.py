"""The communes drawn as SVG for print: shapes, colours and numbers only, never a text.

The mainland and Cát Hải share one drawing at one scale. Bạch Long Vĩ, some 110 km offshore, has a
window of its own in the sea, drawn larger.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.boundaries.active import get_active_layer
from geo.crs import to_metric
from layers.choropleth.layer import UNKNOWN
from store.analysis.palettes import NOTHING_COLOUR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.choropleth.layer import ClassLook

WIDTH: Final = 1000.0
"""Width of the drawing in its own units."""

OFFSHORE: Final = "11948"
SCALE_KM: Final = 20
_MARGIN: Final = 0.015
_SIMPLE_M: Final = 60.0
_INSET: Final = 130.0
_ISLAND: Final = 0.62
_SEA: Final = "#eef4f7"
_LINE: Final = "#6d7780"
_COAST: Final = "#2f3a43"


@dataclass(frozen=True)
class MapDrawing:
    """The SVG and where things lie in it, in units of ``WIDTH``.

    ``spots``: a point inside each commune, and the radius of the circle around it that is inside;
    ``inset``: left, top, side of the window of Bạch Long Vĩ; ``scale``: left, top and length of the
    bar of ``SCALE_KM``; ``north``: the tip of the arrow.
    """

    svg: str
    height: float
    spots: Mapping[str, tuple[float, float, float]]
    inset: tuple[float, float, float]
    scale: tuple[float, float, float]
    north: tuple[float, float]


@dataclass(frozen=True)
class _CommuneShapes:
    paths: Mapping[str, str]
    spots: Mapping[str, tuple[float, float, float]]
    coast: str
    height: float
    inset: tuple[float, float, float]
    unit_m: float


@dataclass(frozen=True)
class _SheetTransform:
    """How metres (VN-2000 / TM-3 105-45) become units of the drawing."""

    west: float
    north: float
    unit_m: float
    left: float
    top: float

    def place(self, geometry: shapely.Geometry) -> shapely.Geometry:
        def move(points: Any) -> Any:
            return (points - (self.west, self.north)) / (self.unit_m, -self.unit_m) + (
                self.left,
                self.top,
            )

        return shapely.transform(geometry, move)


def draw_communes(
    classes: Mapping[str, int],
    looks: Mapping[int, ClassLook],
    *,
    faded: frozenset[str] = frozenset(),
    outlined: bool = False,
    circles: Mapping[str, float] | None = None,
    carried: frozenset[str] = frozenset(),
) -> MapDrawing:
    """Return the communes filled by class; ``faded`` ones lie outside the chosen area.

    ``classes``: class of every commune's code; ``looks``: how every class is drawn; ``outlined``:
    classes without a pattern but the pale one stand out with a dark outline; ``circles``: amounts,
    each a circle of that area; ``carried`` ones have pale stripes over their fill and, where they
    stand out, a dashed outline.
    Raises ``BoundaryError`` or ``BoundarySourceError`` where there are no boundaries.
    """
    shapes = _load_shapes(get_active_layer().version)
    strong = {code for code in shapes.paths if outlined and _is_strong(classes[code], looks)}
    order = sorted(shapes.paths, key=lambda code: code in strong)
    edges = {code: _CARRIED_EDGE if code in carried else _STRONG_EDGE for code in strong}
    parts = [
        f'<path d="{shapes.paths[code]}" fill="{_choose_fill(classes[code], looks)}"'
        f"{_OUTSIDE if code in faded else ''} {edges.get(code, _EDGE)}/>"
        f"{_STRIPE.format(shapes.paths[code]) if code in carried else ''}"
        for code in order
    ]
    left, top, side = shapes.inset
    bar = SCALE_KM * 1000 / shapes.unit_m
    scale = (WIDTH * 0.03, shapes.height - 28.0, bar)
    north = (WIDTH * 0.965, 18.0)
    window = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{side:.1f}" height="{side:.1f}" fill="none"'
        f' stroke="{_COAST}" stroke-width="1"/>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {shapes.height:.1f}">'
        f"<defs>{_STRIPES if carried else ''}"
        f"{''.join(_draw_pattern(index, look) for index, look in looks.items())}</defs>"
        f'<rect width="{WIDTH:g}" height="{shapes.height:.1f}" fill="{_SEA}"/>'
        f"{''.join(parts)}"
        f'<path d="{shapes.coast}" fill="none" stroke="{_COAST}" stroke-width="1"/>'
        f"{_draw_circles(circles or {}, shapes.spots)}"
        f"{window}{_draw_scale_bar(*scale)}{_draw_north_arrow(*north)}</svg>"
    )
    return MapDrawing(svg, shapes.height, shapes.spots, shapes.inset, scale, north)


_STRIPE: Final = '<path d="{}" fill="url(#carried)"/>'
_STRIPES: Final = (
    '<pattern id="carried" width="8" height="8" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(-45)"><rect width="1.6" height="8" fill="{NOTHING_COLOUR}"/>'
    "</pattern>"
)
_OUTSIDE: Final = ' fill-opacity="0.25"'
_EDGE: Final = f'stroke="{_LINE}" stroke-width="0.7"'
_STRONG_EDGE: Final = 'stroke="#2a0a12" stroke-width="1.6"'
_CARRIED_EDGE: Final = 'stroke="#2a0a12" stroke-width="1.8" stroke-dasharray="5 3.5"'
_CIRCLE: Final = 'fill="#d0662a" fill-opacity="0.72" stroke="#5a1a0c" stroke-width="1"'
_LARGEST_CIRCLE: Final = 48.0
_SMALLEST_CIRCLE: Final = 2.0


def _is_strong(index: int, looks: Mapping[int, ClassLook]) -> bool:
    return index >= 0 and not looks[index].pattern


def _choose_fill(index: int, looks: Mapping[int, ClassLook]) -> str:
    look = looks[index]
    return f"url(#p{index})" if look.pattern else look.colour


def _draw_pattern(index: int, look: ClassLook) -> str:
    """Return a class's pattern on the pale ground; '' for a class without one."""
    if not look.pattern:
        return ""
    ink = (
        f'<circle cx="2" cy="2" r="1.1" fill="{look.colour}"/>'
        if look.pattern == "dots"
        else f'<rect width="{1.2 if index == UNKNOWN else 2.2}" height="7" fill="{look.colour}"/>'
    )
    turn = ' patternTransform="rotate(45)"' if look.pattern == "hatch" else ""
    return (
        f'<pattern id="p{index}" width="7" height="7" patternUnits="userSpaceOnUse"{turn}>'
        f'<rect width="7" height="7" fill="{NOTHING_COLOUR}"/>{ink}</pattern>'
    )


def _draw_circles(
    amounts: Mapping[str, float], spots: Mapping[str, tuple[float, float, float]]
) -> str:
    """Return circles whose area is in proportion to the amount, the largest first."""
    largest = max(amounts.values(), default=0.0)

    def measure(amount: float) -> float:
        return max(_SMALLEST_CIRCLE, _LARGEST_CIRCLE * math.sqrt(amount / largest))

    return "".join(
        f'<circle cx="{spots[code][0]:.1f}" cy="{spots[code][1]:.1f}" r="{measure(amount):.1f}"'
        f" {_CIRCLE}/>"
        for code, amount in sorted(amounts.items(), key=lambda pair: -pair[1])
        if amount > 0
    )


def _draw_scale_bar(left: float, top: float, length: float) -> str:
    half = length / 2
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{half:.1f}" height="6" fill="{_COAST}"/>'
        f'<rect x="{left + half:.1f}" y="{top:.1f}" width="{half:.1f}" height="6" fill="#ffffff"'
        f' stroke="{_COAST}" stroke-width="0.8"/>'
    )


def _draw_north_arrow(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y:.1f}l9 30l-9 -7l-9 7z" fill="{_COAST}"/>'


@lru_cache(maxsize=2)
def _load_shapes(_version: str) -> _CommuneShapes:
    """Return the shapes of the boundaries in use, reckoned once for each set."""
    frame = to_metric(get_active_layer().frame)
    geometries = dict(
        zip(
            frame["code"],
            shapely.coverage_simplify(frame.geometry.to_numpy(), _SIMPLE_M),
            strict=True,
        )
    )
    main = shapely.union_all(
        [geometry for code, geometry in geometries.items() if code != OFFSHORE]
    )
    west, south, east, north = main.bounds
    unit = (east - west) / (WIDTH * (1 - 2 * _MARGIN))
    pad = WIDTH * _MARGIN
    height = (north - south) / unit + 2 * pad
    side = _INSET
    inset = (WIDTH * 0.67, height - side - 14.0, side)
    sheet = _SheetTransform(west, north, unit, pad, pad)
    window = _fit_inset(geometries[OFFSHORE], inset)
    drawn = {
        code: (window if code == OFFSHORE else sheet).place(geometry)
        for code, geometry in geometries.items()
    }
    coast = [sheet.place(main), drawn[OFFSHORE]]
    return _CommuneShapes(
        paths={code: _format_path(geometry) for code, geometry in drawn.items()},
        spots={code: _find_label_spot(geometry) for code, geometry in drawn.items()},
        coast="".join(_format_path(geometry) for geometry in coast),
        height=height,
        inset=inset,
        unit_m=unit,
    )


def _fit_inset(island: shapely.Geometry, inset: tuple[float, float, float]) -> _SheetTransform:
    """Return the sheet that puts the island in the middle of its window, below the name."""
    left, top, side = inset
    west, south, east, north = island.bounds
    unit = max(east - west, north - south) / (side * _ISLAND)
    return _SheetTransform(
        west,
        north,
        unit,
        left + (side - (east - west) / unit) / 2,
        top + (side - (north - south) / unit) / 2 + side * 0.08,
    )


def _format_path(geometry: shapely.Geometry) -> str:
    rings = []
    for part in shapely.get_parts(geometry):
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)[:-1]
            rings.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(rings)


def _find_label_spot(geometry: shapely.Geometry) -> tuple[float, float, float]:
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    circle = shapely.maximum_inscribed_circle(largest)
    x, y = shapely.get_coordinates(circle)[0]
    return float(x), float(y), float(shapely.length(circle))
