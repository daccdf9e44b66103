"""The map as a picture: every layer, any text, the same bytes each time."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PIL import Image

from layers.choropleth.layer import LAYER_KEYS, ClassLook
from layers.print.map_image import build_map_image
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
    assert any(one["pattern"] for one in made.content["classes"]), "what is no number has a pattern"
    told = " ".join(made.content["notes"])
    assert "2026" in made.content["title"]
    assert "GADM" in told
    assert "Bạch Long Vĩ" in told
    assert "2026-03-31" in told or "31/03/2026" in told
    width, height = size(made.figure(ppi=60))
    assert width == pytest.approx((made.width_mm + 57) * 60 / 25.4, abs=2)
    assert height > 200


def test_the_same_view_is_the_same_picture_in_every_thread() -> None:
    def draw(_turn: int) -> bytes:
        return build_map_image(FACTS, Filters(), "clearance").figure(ppi=50)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw, range(8)))) == 1


def test_all_communes_are_drawn_and_none_is_named_in_the_drawing() -> None:
    codes = list(FACTS.communes["code"])
    drawn = draw_communes(
        dict.fromkeys(codes, -1),
        {-1: ClassLook("", "#858c98", "hatch")},
        faded=frozenset(codes[:3]),
    )
    assert drawn.svg.count('fill="url(#p-1)"') == 114
    assert drawn.svg.count("fill-opacity") == 3
    assert "<text" not in drawn.svg
    assert not any(name in drawn.svg for name in FACTS.communes["name"])


def test_what_is_carried_over_is_striped_over_its_class() -> None:
    codes = list(FACTS.communes["code"])
    looks = {0: ClassLook("", "#b3202c")}
    drawn = draw_communes(dict.fromkeys(codes, 0), looks, carried=frozenset(codes[:2]))
    assert drawn.svg.count('fill="url(#carried)"') == 2
    assert drawn.svg.count('fill="#b3202c"') == 114
    assert "stroke-dasharray" not in drawn.svg
    late = draw_communes(
        dict.fromkeys(codes, 0), looks, outlined=True, carried=frozenset(codes[:2])
    )
    assert late.svg.count("stroke-dasharray") == 2
    made = build_map_image(FACTS, Filters(period="2026-H1"), "clearance")
    assert "stripes" in {one["pattern"] for one in made.content["classes"]}


def test_bach_long_vi_lies_within_its_window_and_nothing_else_does() -> None:
    codes = list(FACTS.communes["code"])
    drawn = draw_communes(dict.fromkeys(codes, 0), {0: ClassLook("", "#112233")})
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
    assert size(build_map_image(no_facts(), Filters(), layer).figure(ppi=40))
    nowhere = Filters(text="không có dự án nào như vậy")
    assert size(build_map_image(FACTS, nowhere, layer).figure(ppi=40))


def test_communes_outside_the_chosen_area_are_pale_and_it_is_said() -> None:
    made = build_map_image(FACTS, Filters(communes=(THACH_KHOI,)), "investment")
    assert made.content["svg"].count("fill-opacity") >= 113
    assert "vẽ mờ" in " ".join(made.content["notes"])
    (name,) = [one["text"] for one in made.content["labels"]]
    assert name.startswith("Thạch Khôi · ")


def test_a_printed_map_shows_and_names_every_late_commune() -> None:
    made = build_map_image(FACTS, Filters(period="2026-Q1"), "clearance")
    names = [one["text"] for one in made.content["labels"]]
    assert "Kiến Hưng · 178.012 tỷ" in names
    assert made.content["svg"].count('stroke="#2a0a12"') == 15
    assert made.content["svg"].count('fill="url(#p-3)"') == 9


def test_a_printed_amount_is_the_area_of_its_circle() -> None:
    svg = build_map_image(FACTS, Filters(period="2026-Q1"), "investment").content["svg"]
    radii = [float(one) for one in re.findall(r'r="([\d.]+)" fill="#d0662a"', svg)]
    assert radii == sorted(radii, reverse=True)
    assert radii[0] / radii[1] == pytest.approx((178012 / 37638.244) ** 0.5, rel=0.01)


@pytest.mark.parametrize("text", [" § ".join(HOSTILE_TEXTS), *mostly_slow(HOSTILE_TEXTS, 1)])
def test_texts_of_reports_are_drawn_as_they_are(text) -> None:
    facts = small_facts()
    documents = facts.documents.assign(title=text)
    periods = facts.periods.assign(label_vi=text, label_en=text)
    made = build_map_image(
        replace(facts, documents=documents, periods=periods), Filters(), "progress"
    )
    assert break_long_words(text) in made.content["title"]
    assert size(made.figure(ppi=40))
    assert text not in made.content["svg"]


def test_what_no_document_may_hold_is_left_out() -> None:
    assert strip_unprintable("a\x00b\x1fc\u202ed\ufffe\n\te") == "abcd e"
    assert strip_unprintable("Hoa\u0300n tha\u0300nh") == "Hoàn thành"
    assert max(map(len, break_long_words("x" * 500).split("\u200b"))) == 24
