"""Cutting a commune in two: the shares are kept and nothing is lost, whatever its shape."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries.division import cut_along, cut_through_point, find_direction

POINTS = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=6, max_size=14, unique=True
)
SHARES = st.floats(0.1, 0.9)


def hull(points: list[tuple[int, int]]) -> shapely.Polygon | None:
    shape = shapely.convex_hull(shapely.MultiPoint(points))
    if shape.geom_type != "Polygon" or shape.area / shape.length < 100:
        return None  # a needle, not a commune
    return shape


def assert_parts(
    polygon: shapely.Geometry, parts: tuple[shapely.Geometry, shapely.Geometry]
) -> None:
    near, far = parts
    whole = shapely.union_all([near, far], grid_size=1e-6)
    assert near.area + far.area == pytest.approx(polygon.area)
    assert whole.area == pytest.approx(polygon.area)
    assert shapely.symmetric_difference(whole, polygon, grid_size=1e-6).area < 1


@given(POINTS, SHARES, st.floats(0, 2 * math.pi))
def test_a_cut_keeps_the_share_and_loses_nothing(points, share, angle):
    polygon = hull(points)
    if polygon is None:
        return
    parts = cut_along(polygon, (math.cos(angle), math.sin(angle)), share)
    assert_parts(polygon, parts)
    assert parts[1].area / polygon.area == pytest.approx(share, abs=1e-6)


@given(POINTS, SHARES, st.integers(0, 100))
def test_a_cut_from_a_corner_keeps_the_share(points, share, corner):
    polygon = hull(points)
    if polygon is None:
        return
    corners = polygon.exterior.coords
    point = shapely.Point(corners[corner % len(corners)])
    towards = shapely.box(6000, 0, 7000, 5000)
    parts = cut_through_point(polygon, point, share, towards)
    assert_parts(polygon, parts)
    assert parts[1].area / polygon.area == pytest.approx(share, abs=1e-6)
    assert parts[0].distance(point) < 1e-3
    assert parts[1].distance(point) < 1e-3


def test_the_far_part_lies_towards_the_second_neighbour():
    polygon = shapely.box(0, 0, 1000, 500)
    west, east = shapely.box(-500, 0, 0, 500), shapely.box(1000, 0, 1500, 500)
    direction = find_direction(polygon, west, east)
    near, far = cut_along(polygon, direction, 0.25)
    assert direction == pytest.approx((1, 0))
    assert far.bounds == pytest.approx((750, 0, 1000, 500))
    assert near.bounds == pytest.approx((0, 0, 750, 500))


def test_a_neighbour_that_does_not_touch_counts_with_its_centre():
    polygon = shapely.box(0, 0, 1000, 500)
    below = shapely.box(400, -900, 600, -500)
    above = shapely.box(0, 500, 1000, 600)
    assert find_direction(polygon, below, above) == pytest.approx((0, 1))


def test_bits_left_on_the_wrong_side_go_to_the_part_they_touch():
    """A straight cut through a comb leaves teeth behind; each part stays in one piece."""
    teeth = [shapely.box(x, 0, x + 100, 400) for x in (0, 300, 600)]
    comb = shapely.union_all([shapely.box(0, 400, 700, 600), *teeth])
    near, far = cut_along(comb, (0, -1), 0.35)
    assert near.geom_type == far.geom_type == "Polygon"
    assert_parts(comb, (near, far))


def test_of_two_cuts_through_a_point_the_one_towards_the_neighbour_is_taken():
    polygon = shapely.box(0, 0, 1000, 1000)
    _, far = cut_through_point(polygon, shapely.Point(0, 500), 0.25, shapely.box(0, -500, 1000, 0))
    assert far.centroid.y < 500
    _, far = cut_through_point(
        polygon, shapely.Point(0, 500), 0.25, shapely.box(0, 1000, 1000, 1500)
    )
    assert far.centroid.y > 500
