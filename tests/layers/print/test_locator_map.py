"""The small map of a project: its communes, its own point, light enough for every page."""

from layers.print.locator_map import draw_locator
from layers.print.map_svg import OFFSHORE


def test_the_communes_and_the_point_are_drawn() -> None:
    svg = draw_locator(("11413", "11560"), (106.66, 20.85))
    assert svg.count("<path") == 3
    assert svg.count("<circle") == 1
    assert len(svg) < 20_000
    assert "<text" not in svg


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    assert draw_locator(()) == draw_locator((OFFSHORE,)) == draw_locator(("99999",)) == ""
