"""The map as a picture: every layer, any text, the same bytes each time."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PIL import Image

from layers.choropleth.layer import LAYER_KEYS
from layers.print.map_image import build_map_image, render_map_png
from layers.print.map_svg import OFFSHORE, WIDTH, draw_communes
from layers.print.typst import break_long_words, strip_unprintable
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.hostile import HOSTILE_TEXTS, mostly_slow
from tests.small_facts import THACH_KHOI, no_facts, small_facts

FACTS = load_facts()


def size(png: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        return picture.size


@pytest.mark.parametrize("layer", LAYER_KEYS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_layer_is_a_picture_that_says_what_it_shows(layer, language) -> None:
    made = build_map_image(FACTS, Filters(period="2026-Q1"), layer, language=language)
    legend = [one["label"] for one in made.content["classes"]]
    assert len(legend) >= 3
    assert sum(one["hatched"] for one in made.content["classes"]) == 1, "unknown is hatched"
    told = " ".join(made.content["notes"])
    assert "2026" in made.content["title"]
    assert "GADM" in told
    assert "Bạch Long Vĩ" in told
    assert "2026-03-31" in told or "31/03/2026" in told
    width, height = size(made.png(ppi=60))
    assert 500 < width < 700
    assert height > 300


def test_the_same_view_is_the_same_picture_in_every_thread() -> None:
    def draw(_turn: int) -> bytes:
        return render_map_png(FACTS, Filters(), "clearance", ppi=50)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw, range(8)))) == 1


def test_all_communes_are_drawn_and_none_is_named_in_the_drawing() -> None:
    codes = list(FACTS.communes["code"])
    drawn = draw_communes(dict.fromkeys(codes, -1), {-1: "#c9c9c9"}, faded=frozenset(codes[:3]))
    assert drawn.svg.count('fill="#c9c9c9"') == 114
    assert drawn.svg.count("fill-opacity") == 6
    assert "<text" not in drawn.svg
    assert not any(name in drawn.svg for name in FACTS.communes["name"])


def test_bach_long_vi_lies_within_its_window_and_nothing_else_does() -> None:
    codes = list(FACTS.communes["code"])
    drawn = draw_communes(dict.fromkeys(codes, 0), {0: "#112233"})
    left, top, side = drawn.inset
    inside = {
        code
        for code, (x, y, _) in drawn.spots.items()
        if left < x < left + side and top < y < top + side
    }
    assert inside == {OFFSHORE}
    assert all(0 < x < WIDTH and 0 < y < drawn.height for x, y, _ in drawn.spots.values())


@pytest.mark.parametrize("layer", LAYER_KEYS)
def test_there_is_a_picture_of_nothing_too(layer) -> None:
    assert size(render_map_png(no_facts(), Filters(), layer, ppi=40))
    nowhere = Filters(text="không có dự án nào như vậy")
    assert size(render_map_png(FACTS, nowhere, layer, ppi=40))


def test_communes_outside_the_chosen_area_are_pale_and_it_is_said() -> None:
    made = build_map_image(FACTS, Filters(communes=(THACH_KHOI,)), "investment")
    assert made.content["svg"].count("fill-opacity") >= 113
    assert "vẽ mờ" in " ".join(made.content["notes"])
    assert [one["text"] for one in made.content["labels"]] == ["Thạch Khôi"]


@pytest.mark.parametrize("text", [" § ".join(HOSTILE_TEXTS), *mostly_slow(HOSTILE_TEXTS, 1)])
def test_texts_of_reports_are_drawn_as_they_are(text) -> None:
    facts = small_facts()
    documents = facts.documents.assign(title=text)
    periods = facts.periods.assign(label_vi=text, label_en=text)
    made = build_map_image(
        replace(facts, documents=documents, periods=periods), Filters(), "progress"
    )
    assert break_long_words(text) in made.content["title"]
    assert size(made.png(ppi=40))
    assert text not in made.content["svg"]


def test_what_no_document_may_hold_is_left_out() -> None:
    assert strip_unprintable("a\x00b\x1fc\u202ed\ufffe\n\te") == "abcd e"
    assert strip_unprintable("Hoa\u0300n tha\u0300nh") == "Hoàn thành"
    assert max(map(len, break_long_words("x" * 500).split("\u200b"))) == 24
