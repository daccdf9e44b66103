"""Names on a printed map: of a size to be read, inside the frame, never over one another."""

from __future__ import annotations

from itertools import combinations

import pytest

from layers.print.map_image import WIDTH_MM, build_map_image
from layers.print.map_labels import FEW, LABEL_PT, place_labels
from layers.print.map_svg import MapDrawing
from store.facts.facts import load_facts
from store.facts.filters import Filters

MM_PER_PT = 25.4 / 72
WIDTH = 1000.0


def drawing(spots: dict[str, tuple[float, float]]) -> MapDrawing:
    placed = {code: (x, y, 10.0) for code, (x, y) in spots.items()}
    return MapDrawing("", 700.0, placed, (670.0, 550.0, 130.0), (30, 670, 100), (965, 18))


def boxes(labels, width_mm: float):
    em = LABEL_PT * MM_PER_PT * WIDTH / width_mm
    for one in labels:
        half = len(one.text) * em / 4
        yield one.x - half, one.y - em / 2, one.x + half, one.y + em / 2


def overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("width_mm", [60, 103, 158])
def test_names_close_together_are_moved_apart_with_a_line(width_mm: float) -> None:
    spots = {f"c{number}": (500 + 4 * number, 300 + 3 * number) for number in range(8)}
    names = [(code, f"Phường {code}") for code in spots]
    labels = place_labels(names, drawing(spots), drawing_width=WIDTH, width_mm=width_mm)
    assert len(labels) == len(names)
    assert None not in [one.tip for one in labels], "wider than its commune, a name would hide it"
    assert not any(overlap(*pair) for pair in combinations(boxes(labels, width_mm), 2))
    for left, top, right, bottom in boxes(labels, width_mm):
        assert 0 <= left <= right <= WIDTH
        assert 0 <= top <= bottom <= 700


def test_of_many_names_those_without_room_are_left_out() -> None:
    spots = {f"c{number}": (500.0, 300.0 + number) for number in range(FEW + 1)}
    labels = place_labels(
        [(code, code) for code in spots], drawing(spots), drawing_width=WIDTH, width_mm=158
    )
    assert labels[0].text == "c0"
    assert all(one.tip is None for one in labels)
    assert len(labels) < len(spots)


def test_every_late_commune_of_the_real_map_is_named() -> None:
    made = build_map_image(load_facts(), Filters(period="2026-Q1"), "clearance")
    shown = sum(entry["colour"] != "" for entry in made.content["classes"][:-2])
    assert shown
    assert len(made.content["labels"]) == 15
    assert made.content["width_mm"] == WIDTH_MM


def test_a_name_lies_on_its_commune_only_where_that_is_wider() -> None:
    spots = {"wide": (300.0, 300.0, 150.0), "small": (700.0, 300.0, 6.0)}
    shown = MapDrawing("", 700.0, spots, (670.0, 550.0, 130.0), (30, 670, 100), (965, 18))
    labels = place_labels(
        [("wide", "Cát Hải"), ("small", "Lê Chân · 2.405 tỷ")],
        shown,
        drawing_width=WIDTH,
        width_mm=158,
    )
    assert [one.tip is None for one in labels] == [True, False]
    made = build_map_image(load_facts(), Filters(period="2026-Q1"), "clearance")
    assert all(label["tip"] for label in made.content["labels"])
    assert all(note.endswith((".", "?")) for note in made.content["notes"])
