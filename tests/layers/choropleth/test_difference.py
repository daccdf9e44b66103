"""A difference is told only of what both periods say, and the places add up to the projects."""

from __future__ import annotations

import pytest

from layers.choropleth.difference import compute_layer_difference
from layers.choropleth.layer import LAYER_KEYS, NOTHING, UNKNOWN, LayerKey
from layers.summary.base_period import find_newest_comparable
from store.facts.facts import load_facts
from store.facts.filters import Filters
from store.facts.narrowing import narrow_facts_to_user
from tests.hostile import mostly_slow
from tests.people import person
from tests.store.analysis.test_palettes import measure_contrast

FACTS = load_facts()
H1 = Filters(period="2026-H1")
PAIRS = [("2026-Q1", "2026-H1"), ("2026-01", "2026-Q1"), ("2025-11", "2026-H1")]


def test_one_project_that_left_the_list_is_all_that_changed() -> None:
    found = compute_layer_difference(FACTS, H1, "2026-Q1", "investment")
    (move,) = found.moves
    assert (move.what, move.item, move.amount) == ("gone", "KP-08", pytest.approx(-4572.0))
    assert (found.less, found.more, len(move.communes)) == (4, 0, 4)
    frame = found.layer.frame.set_index("code")
    assert frame.loc[list(move.communes), "value"].tolist() == [pytest.approx(-1143.0)] * 4


def test_the_map_names_what_changed_by_the_change_and_draws_no_amounts() -> None:
    layer = compute_layer_difference(FACTS, H1, "2026-Q1", "investment").layer
    assert (layer.drawing, layer.largest) == ("classes", 0)
    assert {entry.detail for entry in layer.highlights} == {"−1.143"}
    assert len(layer.highlights) == 4


def test_what_a_programme_did_not_name_is_no_increase() -> None:
    found = compute_layer_difference(FACTS, Filters(period="2026-Q1"), "2026-01", "investment")
    assert found.more == found.less == 0
    assert {move.what for move in found.moves} == {"fresh"}
    assert all(move.amount is None for move in found.moves)


@pytest.mark.parametrize("key", LAYER_KEYS)
def test_no_two_classes_look_alike_and_all_but_the_silent_stand_out(key: LayerKey) -> None:
    legend = compute_layer_difference(FACTS, H1, "2026-Q1", key).layer.legend
    looks = {(entry.colour, entry.pattern) for entry in legend.list_classes()}
    assert len(looks) == len(legend.list_classes())
    for entry in legend.list_classes():
        if entry.index != NOTHING:
            assert measure_contrast(entry.colour, legend.nothing.colour) >= 3, entry.label
    filled = [entry.colour for entry in legend.list_classes() if not entry.pattern]
    assert len(set(filled)) == len(filled)


@pytest.mark.parametrize(("base", "period"), mostly_slow(PAIRS, 1))
@pytest.mark.parametrize("key", LAYER_KEYS)
def test_every_commune_is_in_one_class_and_has_a_value_only_where_comparable(
    key: str, base: str, period: str
) -> None:
    found = compute_layer_difference(FACTS, Filters(period=period), base, key)
    frame, legend = found.layer.frame, found.layer.legend
    counted = {entry.index: entry.count for entry in legend.list_classes()}
    assert sum(counted.values()) == len(frame) == 114
    assert found.incomparable == counted[UNKNOWN]
    assert frame.loc[frame["class_index"] == UNKNOWN, "value"].isna().all()
    middle = len(legend.classes) // 2
    for row in frame.itertuples():
        if row.class_index >= 0:
            side = (row.value > 1e-6) - (row.value < -1e-6)
            assert side == (row.class_index > middle) - (row.class_index < middle)
        else:
            assert row.class_index in {UNKNOWN, NOTHING}


def test_the_places_add_up_to_the_projects() -> None:
    found = compute_layer_difference(FACTS, H1, "2026-Q1", "investment")
    assert found.layer.frame["value"].sum() == pytest.approx(
        sum(move.amount for move in found.moves if move.amount is not None)
    )


def test_who_reads_one_area_is_told_of_its_projects_only() -> None:
    mine = narrow_facts_to_user(FACTS, person("o_day", scope=frozenset({"11002"}), sees_all=False))
    found = compute_layer_difference(mine, H1, "2026-Q1", "investment")
    assert {move.item for move in found.moves} <= set(mine.items["item"])
    assert found.less == 0


def test_the_newest_period_that_can_be_compared_is_the_half_year() -> None:
    assert find_newest_comparable(FACTS) == "2026-H1"
