"""A legend tells classes, unit, definition, date and sources."""

import pytest

from layers.choropleth.clearance import build_clearance_layer
from layers.choropleth.investment import build_investment_layer
from layers.choropleth.layer import NOTHING, UNKNOWN, Layer
from layers.choropleth.progress import build_progress_layer
from store.facts.facts import load_facts
from store.facts.filters import Filters
from tests.small_facts import small_facts

LAYERS = [build_progress_layer, build_investment_layer, build_clearance_layer]
VIEWS = [
    Filters(),
    Filters(progress="planned", clearance="severity"),
    Filters(progress="misses", clearance="money"),
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
    assert (legend.unknown.index, legend.unknown.hatched) == (UNKNOWN, True)
    assert (legend.nothing.index, legend.nothing.hatched) == (NOTHING, False)
    assert set(legend.map_class_colours()) == {UNKNOWN, NOTHING, *range(len(legend.classes))}


def test_a_period_of_several_documents_names_them_the_latest_first() -> None:
    legend = build_investment_layer(small_facts(), Filters()).legend
    assert [source.doc for source in legend.sources] == ["q1-annex", "q1-2026"]


def test_a_draft_is_known_as_one() -> None:
    legend = build_investment_layer(small_facts(), Filters(period="2026-H1")).legend
    assert [source.status for source in legend.sources] == ["draft"]
