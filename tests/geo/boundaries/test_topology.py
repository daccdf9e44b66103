"""Coverages stay coverages: cleaned, rounded and simplified polygons neither overlap nor gape."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries import topology

WEST, SOUTH, SIZE = 106.4, 20.7, 0.3

SEEDS = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000)), min_size=4, max_size=25, unique=True
)


def cells(seeds: list[tuple[int, int]], wiggle: int) -> np.ndarray:
    """Return a coverage of about 30 × 30 km whose borders wind like rivers (EPSG:4326)."""
    points = shapely.MultiPoint([(x / 1000, y / 1000) for x, y in seeds])
    square = shapely.box(0, 0, 1, 1)
    parts = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=square))
    parts = shapely.intersection(parts, square)
    parts = shapely.coverage_clean(parts[shapely.area(parts) > 1e-4])
    fine = shapely.segmentize(parts, 0.02)
    merged = shapely.coverage_clean(fine)

    def wind(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        bent = [
            x + 0.004 * np.sin(y * wiggle) * np.sin(np.pi * x),
            y + 0.004 * np.sin(x * wiggle) * np.sin(np.pi * y),
        ]
        return np.c_[WEST + SIZE * bent[0], SOUTH + SIZE * bent[1]]

    return np.asarray(topology.make_valid_coverage(shapely.transform(merged, wind), gap_width=0.0))


@given(SEEDS, st.integers(5, 60), st.sampled_from([5.0, 15.0, 40.0, 120.0]))
def test_simplified_cells_do_not_tear(seeds, wiggle, tolerance):
    """Shared borders stay the same on both sides, at every tolerance and after rounding."""
    coverage = cells(seeds, wiggle)
    simple = topology.simplify_coverage(coverage, tolerance=tolerance, decimals=5)
    assert len(simple) == len(coverage)
    assert shapely.coverage_is_valid(simple)
    assert not topology.find_gaps(simple)
    assert topology.measure_overlap(simple) == pytest.approx(0, abs=1e-12)
    assert shapely.union_all(simple).geom_type == "Polygon"
    assert shapely.area(simple).sum() == pytest.approx(shapely.area(coverage).sum(), rel=0.01)


@given(SEEDS, st.integers(5, 60), st.integers(0, 2**32 - 1))
def test_cleaning_closes_what_careless_drawing_leaves(seeds, wiggle, noise):
    """Each cell drawn anew, its corners metres off: overlaps and slivers between them go."""
    coverage = cells(seeds, wiggle)
    shaken = np.random.default_rng(noise)

    def shaky(cell: shapely.Polygon) -> shapely.Polygon:
        corners = shapely.get_coordinates(cell)[:-1]
        return shapely.Polygon(corners + shaken.uniform(-2e-5, 2e-5, corners.shape))

    drawn = [shaky(cell) for cell in coverage]
    cleaned = topology.make_valid_coverage(drawn, gap_width=1e-3)
    assert shapely.coverage_is_valid(cleaned)
    assert not topology.find_gaps(cleaned)
    assert topology.measure_overlap(cleaned) == pytest.approx(0, abs=1e-12)
    assert np.allclose(shapely.area(cleaned), shapely.area(coverage), rtol=0.05, atol=1e-5)


def test_a_sliver_between_two_communes_is_closed():
    left = shapely.box(0, 0, 1, 3)
    right = shapely.Polygon([(1, 0), (2, 0), (2, 3), (1, 3), (1, 2), (1.001, 1.5), (1, 1)])
    cleaned = topology.make_valid_coverage([left, right], gap_width=0.01)
    assert topology.find_gaps([left, right])
    assert topology.is_sound_coverage(cleaned)
    assert shapely.area(cleaned).sum() == pytest.approx(6)


def test_an_overlap_goes_to_one_side_only():
    cleaned = topology.make_valid_coverage(
        [shapely.box(0, 0, 1.01, 1), shapely.box(1, 0, 2, 1)], gap_width=0
    )
    assert topology.is_sound_coverage(cleaned)
    assert shapely.area(cleaned).sum() == pytest.approx(2)


def test_a_vertex_on_one_side_only_is_put_on_both():
    """A neighbour's corner in the middle of an edge must be a vertex of that edge too."""
    low = shapely.box(0, 0, 2, 1)
    above = [shapely.box(0, 1, 0.7, 2), shapely.box(0.7, 1, 2, 2)]
    assert topology.find_broken_edges([low, *above]) != []
    cleaned = topology.make_valid_coverage([low, *above], gap_width=0)
    assert topology.find_broken_edges(cleaned) == []
    assert (0.7, 1.0) in list(cleaned[0].exterior.coords)


def test_a_lagoon_within_one_commune_is_no_gap():
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    assert topology.find_gaps([ring, shapely.box(3, 0, 4, 3)]) == []
    cleaned = topology.make_valid_coverage([ring, shapely.box(3, 0, 4, 3)], gap_width=5)
    assert len(cleaned[0].interiors) == 1


def test_a_hole_between_two_communes_is_a_gap():
    upper = shapely.box(0, 0, 2, 2).difference(shapely.box(0.5, 0, 1, 0.5))
    lower = shapely.box(0, -1, 2, 0)
    assert [gap.area for gap in topology.find_gaps([upper, lower])] == [0.25]
    assert not topology.is_sound_coverage([upper, lower])


def test_islands_stay():
    land = shapely.box(106.5, 20.7, 106.6, 20.8)
    islets = [shapely.box(x, 20.65, x + 0.001, 20.651) for x in (106.5, 106.52, 106.54)]
    coverage = [shapely.union_all([land, *islets]), shapely.box(106.6, 20.7, 106.7, 20.8)]
    simple = topology.simplify_coverage(
        topology.make_valid_coverage(coverage, gap_width=0), tolerance=40, decimals=5
    )
    assert shapely.get_num_geometries(simple[0]) == 4


def test_rounding_leaves_out_a_ring_that_vanishes():
    speck = shapely.box(106.7, 20.9, 106.7000001, 20.9000001)
    land = shapely.box(106.5, 20.7, 106.6, 20.8)
    (rounded,) = topology.round_coordinates([shapely.MultiPolygon([land, speck])], 5)
    assert rounded.equals(land)


def test_rounding_changes_nothing_given():
    """The functions return new polygons."""
    land = shapely.box(106.123456789, 20.7, 106.6, 20.8)
    topology.round_coordinates([land], 3)
    assert land.bounds[0] == 106.123456789


def test_a_crossed_polygon_is_mended():
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    cleaned = topology.make_valid_coverage([bow], gap_width=0)
    assert shapely.is_valid(cleaned).all()
