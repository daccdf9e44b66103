"""What most readers ask for, made before they do: all facts by default filters, then the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from geo.boundaries.active import get_web_layer
from geo.i18n import DEFAULT_LANGUAGE
from geo.surroundings.surroundings import get_surroundings
from layers.choropleth.layer import LAYER_KEYS
from layers.details.place_search import search_places
from layers.history.s_curve import build_s_curve
from layers.leaflet.asset_files import find_asset_file
from layers.leaflet.project_symbols import pack_item_symbols
from layers.leaflet.scene import pack_layer_part
from layers.leaflet.view_address import DEFAULT_LAYER
from layers.side_lists.clearance_list import list_clearance_groups
from layers.side_lists.investment_list import list_money_bars
from layers.side_lists.progress_list import list_late_rows
from layers.summary.figure_choice import FIGURE_LAYERS, narrow_to_figure
from layers.summary.key_figures import list_key_figures
from layers.summary.period_coverage import list_period_coverage
from layers.summary.summary import summarise_period
from layers.tables.item_table import build_item_table
from layers.watchlist.watchlist import build_watchlist
from store.analysis.contradictions import list_contradictions
from store.analysis.milestones.milestone_delays import list_delays
from store.facts.filters import Filters
from store.imports.contradiction_decisions import list_contradiction_decisions
from web.upkeep import READER_RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from layers.choropleth.layer import LayerKey
    from store.facts.facts import Facts


SECONDS_GIVEN: Final = 2.0
"""How long a view that nobody asked for waits at most for those who are asking for something."""


def make_usual_views(facts: Facts) -> None:
    """Make the boundaries, the map's three layers, the briefing, the list and the search."""
    find_asset_file(get_web_layer().version, "communes.json")
    if not facts.periods.empty:
        _make_views(facts)
    get_surroundings()  # last: a new installation builds them for seconds, in which readers wait


def _make_views(facts: Facts) -> None:
    filters, language = Filters(), DEFAULT_LANGUAGE
    settled = frozenset(list_contradiction_decisions())
    steps: tuple[Callable[[], object], ...] = (
        *(  # the one that opens first is first
            partial(pack_layer_part, facts, key, filters, language) for key in LAYER_KEYS
        ),
        lambda: pack_item_symbols(facts, filters, language),
        lambda: list_key_figures(facts, filters, language=language),
        lambda: list_delays(facts),
        lambda: list_contradictions(facts),
        lambda: build_watchlist(facts, filters, settled=settled, language=language),
        lambda: list_period_coverage(facts, language),
        lambda: list_clearance_groups(facts, filters, language),
        lambda: list_late_rows(facts, filters, language),
        lambda: list_money_bars(facts, filters, "item", language),
        lambda: build_item_table(facts, filters, language=language),
        lambda: summarise_period(facts, filters, settled=settled, language=language),
        lambda: build_s_curve(facts, filters, language=language),
        lambda: search_places(facts, "hai phong"),
    )
    for make in steps:
        READER_RUNS.wait_for_none(SECONDS_GIVEN)
        make()


def list_next_views(facts: Facts) -> Iterator[tuple[Callable[[], object], ...]]:
    """Yield for each choice one press away from the map as it opens what makes its views.

    The newest periods first, then the key figures and the single kinds.
    """
    if facts.periods.empty:
        return
    filters, language = Filters(), DEFAULT_LANGUAGE
    periods = facts.periods["period"].tolist()[::-1]
    kinds = facts.items["kind"].value_counts().index.tolist()
    choices: list[tuple[Filters, tuple[LayerKey, ...]]] = [
        (narrow_to_figure(facts, filters, figure), (layer,))
        for figure, layer in FIGURE_LAYERS.items()
    ]
    layers = (DEFAULT_LAYER, *(key for key in LAYER_KEYS if key != DEFAULT_LAYER))
    choices += [(filters.with_changes(kinds=(kind,)), layers) for kind in kinds]
    choices[:0] = [(filters.with_changes(period=period), layers) for period in periods]
    for chosen, keys in choices:
        yield _list_makers(facts, keys, chosen, language)


def _list_makers(
    facts: Facts, layers: tuple[LayerKey, ...], filters: Filters, language: str
) -> tuple[Callable[[], object], ...]:
    """Return what makes layers with all that stands beside the map."""
    return (
        lambda: pack_layer_part(facts, layers[0], filters, language),
        lambda: pack_item_symbols(facts, filters, language),
        lambda: list_key_figures(facts, filters, language=language),
        lambda: _make_list(facts, layers[0], filters, language),
        *(partial(pack_layer_part, facts, layer, filters, language) for layer in layers[1:]),
    )


def _make_list(facts: Facts, layer: LayerKey, filters: Filters, language: str) -> None:
    """Make the list that stands beside the map of a layer."""
    if layer == "clearance":
        list_clearance_groups(facts, filters, language)
    elif layer == "progress":
        list_late_rows(facts, filters, language)
    else:
        list_money_bars(facts, filters, "item", language)
