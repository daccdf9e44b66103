"""What most readers ask for, made before they do: all facts by default filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.boundaries.active import get_web_layer
from geo.i18n import DEFAULT_LANGUAGE
from geo.surroundings.surroundings import get_surroundings
from layers.choropleth.layer import LAYER_KEYS
from layers.details.place_search import search_places
from layers.history.s_curve import build_s_curve
from layers.leaflet.asset_files import find_asset_file
from layers.leaflet.layer_parts import pack_layer_part
from layers.leaflet.project_symbols import pack_item_symbols
from layers.side_lists.clearance_list import list_clearance_groups
from layers.side_lists.investment_list import list_money_bars
from layers.side_lists.progress_list import list_late_rows
from layers.summary.key_figures import list_key_figures
from layers.summary.period_coverage import list_period_coverage
from layers.summary.summary import summarise_period
from layers.tables.item_table import build_item_table
from layers.watchlist.watchlist import build_watchlist
from store.facts.filters import Filters
from store.imports.contradiction_decisions import list_contradiction_decisions

if TYPE_CHECKING:
    from store.facts.facts import Facts


def make_usual_views(facts: Facts) -> None:
    """Make the boundaries, the map's three layers, the briefing, the list and the search."""
    find_asset_file(get_web_layer().version, "communes.json")
    if not facts.periods.empty:
        _make_views(facts)
    get_surroundings()  # last: a new installation builds them for seconds, in which readers wait


def _make_views(facts: Facts) -> None:
    filters, language = Filters(), DEFAULT_LANGUAGE
    settled = frozenset(list_contradiction_decisions())
    for key in LAYER_KEYS:  # the one that opens first is first
        pack_layer_part(facts, key, filters, language)
    pack_item_symbols(facts, filters, language)
    list_key_figures(facts, filters, language=language)
    build_watchlist(facts, filters, settled=settled, language=language)
    list_period_coverage(facts, language)
    list_clearance_groups(facts, filters, language)
    list_late_rows(facts, filters, language)
    list_money_bars(facts, filters, "item", language)
    build_item_table(facts, filters, language=language)
    summarise_period(facts, filters, settled=settled, language=language)
    build_s_curve(facts, filters, language=language)
    search_places(facts, "hai phong")
