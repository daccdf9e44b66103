"""The order in which observations are compared, as whole numbers."""

import numpy as np

from store.facts.stored.observation_order import order_observations
from tests.small_facts import AEON, RING_ROAD, seen, small_facts


def test_every_observation_stands_in_it_once_and_groups_never_fall() -> None:
    facts = small_facts()
    order = order_observations(facts)
    assert sorted(order.rows) == list(range(len(facts.observations)))
    assert (np.diff(order.group) >= 0).all()


def test_numbers_stand_for_the_observations_own_words() -> None:
    facts = small_facts()
    order = order_observations(facts)
    said = facts.observations.iloc[order.rows]
    assert list(order.items[order.item]) == list(said["item"])
    assert list(order.fields[order.field]) == list(said["field"])
    assert list(order.texts[order.value]) == list(said["value"])
    assert list(order.whole) == list(said["component"] == "")


def test_one_status_of_many_periods_is_one_strand_and_obstacles_are_groups_of_their_own() -> None:
    facts = small_facts(
        observations=[
            seen(AEON, "status", "preparing", period="2025-11", doc="nov-2025"),
            seen(AEON, "status", "started"),
            seen(AEON, "obstacle", "land_price"),
            seen(AEON, "obstacle", "planning"),
            seen(RING_ROAD, "status", "started"),
        ]
    )
    order = order_observations(facts)
    by_field = {
        field: [
            (strand, group)
            for strand, group, item, code in zip(
                order.strand, order.group, order.item, order.field, strict=True
            )
            if order.fields[code] == field and order.items[item] == AEON
        ]
        for field in ("status", "obstacle")
    }
    assert len(set(by_field["status"])) == 1
    strands, groups = zip(*by_field["obstacle"], strict=True)
    assert len(set(strands)) == 1
    assert len(set(groups)) == 2
