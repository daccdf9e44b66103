"""A legend tells classes, unit, definition, date and sources."""

import pytest

from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.layer import NOTHING, UNKNOWN, Layer
from layers.choropleth.progress import build_progress_layer
from store.analysis.palettes import NOTHING_COLOUR
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import THACH_KHOI, small_facts
from tests.store.analysis.test_palettes import measure_contrast

LAYERS = [build_progress_layer, build_investment_layer, build_clearance_layer]
VIEWS = [
    Filters(),
    Filters(progress="planned", clearance="number", investment="classes"),
    Filters(progress="misses", clearance="money"),
    Filters(progress="actual"),
]


def drawn(view: Filters, language: str = "vi") -> list[Layer]:
    return [layer(load_facts(), view, language=language) for layer in LAYERS]


@pytest.mark.parametrize("view", VIEWS)
def test_every_commune_is_in_exactly_one_class_of_the_legend(view: Filters) -> None:
    for layer in drawn(view):
        counts = layer.frame["class_index"].value_counts()
        told = {entry.index: entry.count for entry in layer.legend.list_classes()}
        assert sum(told.values()) == 114
        assert {index: count for index, count in told.items() if count} == counts.to_dict()
        assert [entry.index for entry in layer.legend.classes] == list(
            range(len(layer.legend.classes))
        )


@pytest.mark.parametrize("view", VIEWS)
def test_every_value_lies_within_its_class(view: Filters) -> None:
    for layer in drawn(view):
        for value, index in zip(layer.frame["value"], layer.frame["class_index"], strict=True):
            if index >= 0:
                entry = layer.legend.classes[index]
                if entry.low is not None:
                    assert entry.low <= value <= entry.high


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_legend_says_what_when_and_from_where(view: Filters, language: str) -> None:
    for layer in drawn(view, language):
        legend = layer.legend
        assert all([legend.title, legend.unit, legend.definition, legend.as_of_text])
        assert legend.period == "2026-Q1"
        assert legend.as_of == "2026-03-31"
        assert [source.doc for source in legend.sources] == ["q1-2026"]
        assert len({entry.label for entry in legend.list_classes()}) == len(legend.list_classes())
        texts = [legend.definition, legend.outlier_note, *legend.notes, *layer.frame["label"]]
        assert not any("{" in text for text in texts)


def test_unknown_is_told_from_nothing_without_colour() -> None:
    legend = build_progress_layer(small_facts(), Filters()).legend
    assert (legend.unknown.index, legend.unknown.pattern) == (UNKNOWN, "hatch")
    assert (legend.nothing.index, legend.nothing.pattern) == (NOTHING, "")
    assert set(legend.map_class_looks()) == {UNKNOWN, NOTHING, *range(len(legend.classes))}


@pytest.mark.parametrize("view", VIEWS)
def test_every_fill_that_means_something_stands_out_from_the_pale_ground(view: Filters) -> None:
    """WCAG 1.4.11: 3 : 1; what is no number is a pattern in an ink that does."""
    for layer in drawn(view):
        legend = layer.legend
        first = [] if layer.drawing == "classes" else [legend.classes[0]]  # circles stand on it
        for entry in set(legend.list_classes()) - {legend.nothing, *first}:
            assert measure_contrast(entry.colour, NOTHING_COLOUR) >= 3, entry.label


def test_under_a_filter_the_legend_speaks_only_of_what_is_left() -> None:
    for build in LAYERS:
        legend = build(load_facts(), Filters(kinds=("industrial_park",))).legend
        assert legend.narrowed
        assert legend.nothing.label == "Ngoài bộ lọc"
        area = build(load_facts(), Filters(communes=(THACH_KHOI,))).legend
        assert sum(entry.count for entry in area.list_classes()) == 1
    only = build_investment_layer(load_facts(), Filters(text="LNG"))
    assert only.legend.outlier_note == ""  # there is no rest beside which it could be large


def test_a_period_of_several_documents_names_them_the_latest_first() -> None:
    legend = build_investment_layer(small_facts(), Filters()).legend
    assert [source.doc for source in legend.sources] == ["q1-annex", "q1-2026"]


def test_a_draft_is_known_as_one() -> None:
    legend = build_investment_layer(small_facts(), Filters(period="2026-H1")).legend
    assert [source.status for source in legend.sources] == ["draft"]
