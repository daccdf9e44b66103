"""The investment layer: how much of the items' total investment lies in each commune.

Total investment (``tổng mức đầu tư``) is what the reports give for the whole of a project. An item
over several communes is shown in each and counted once, by equal shares
(``store.facts.commune_shares``). An amount is no rate: by default it is the area of a circle, and
the fill of the commune only where the reader chooses so. An item without an amount adds nothing and
is counted as unknown; a commune whose items are all without one is unknown, not zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, format_percent, t
from layers.choropleth.layer import (
    FRAME_COLUMNS,
    NOTHING,
    ClassLook,
    Highlight,
    Layer,
    build_commune_rows,
    build_legend,
    format_class_labels,
    list_item_shares,
)
from store.analysis.map_classes import make_breaks, make_investment_breaks
from store.analysis.palettes import NOTHING_COLOUR
from store.column_values import iterate_rows, list_cells
from store.facts.commune_shares import VND_PER_MVND, InvestmentBalance, compute_balance
from store.facts.labels import format_quantity, format_vnd
from store.facts.selection import Selection, has_item_filters, select_items
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

VND_PER_BILLION: Final = 1000 * VND_PER_MVND
MOST_NAMED: Final = 8
"""So many communes, the largest amounts, are named with their amount."""


def build_investment_layer(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> Layer:
    """Return the investment layer under the filters; ``value`` in billion VND.

    The frame's own columns: ``investment_vnd`` (Int64, the commune's shares in đồng, exact),
    ``whole_vnd`` (Int64, the items' whole amounts), ``shared`` (items that other communes share),
    ``unknown_items`` (items without an amount), ``likely_items`` (items whose place is likely,
    not certain), ``largest`` (item with the largest share, '' for none).
    """
    selection = select_items(facts, filters)
    shares = list_item_shares(facts, filters)
    rows = _build_rows(facts, selection, shares)
    value = rows["investment_vnd"].to_numpy(float, na_value=np.nan) / VND_PER_BILLION
    circles = filters.investment == "circles"
    breaks = make_investment_breaks(value)
    nothing = rows["items"].to_numpy() == 0
    # Items that are said to cost nothing are in the lowest class, not outside the classes.
    index = np.where(nothing, NOTHING, np.where(value == 0, 0, breaks.index(value)))
    first = None
    if circles:  # all amounts look alike: the circles tell them apart
        first = ClassLook(t("layers.investment.known", language), NOTHING_COLOUR)
        breaks = make_breaks([])
        index = np.where(index >= 0, 0, index)
    cells = list_cells(rows, "items", "investment_vnd", "unknown_items")
    frame = rows.assign(
        value=np.where(nothing, 0.0, value),
        class_index=index,
        label=[_format_label(count, vnd, unknown, language) for count, vnd, unknown in cells],
    )
    own = [name for name in frame.columns if name not in FRAME_COLUMNS]
    frame = frame[[*FRAME_COLUMNS, *own]].reset_index(drop=True)
    ranked = frame[frame["in_area"] & (frame["value"] > 0)].sort_values("value", ascending=False)
    legend = build_legend(
        facts,
        selection.period,
        frame.loc[frame["in_area"], "class_index"],
        breaks,
        run="investment",
        layer="investment",
        labels=format_class_labels(
            breaks, lambda value: format_quantity(value, language), language
        ),
        first=first,
        narrowed=has_item_filters(filters),
        outlier_note=format_outlier_note(facts, filters, selection, language),
        notes=_list_notes(compute_balance(selection.items), language),
        language=language,
    )
    return Layer(
        "investment",
        frame,
        legend,
        drawing="circles" if circles else "classes",
        highlights=tuple(
            Highlight(row.code, format_short_billions(row.investment_vnd, language))
            for row in iterate_rows(ranked.head(MOST_NAMED))
        ),
        largest=float(ranked["value"].max()) if len(ranked) else 0.0,
    )


def _build_rows(facts: Facts, selection: Selection, shares: pd.DataFrame) -> pd.DataFrame:
    rows = build_commune_rows(facts, selection)
    doubtful = _list_likely_places(facts)
    amounts = dict(list_cells(selection.items, "item", "investment_mvnd"))
    tallies = {code: _Tally() for code in rows.index}
    for code, item, share, communes in list_cells(shares, "code", "item", "share_vnd", "communes"):
        tally = tallies[code]
        tally.shared += communes > 1
        tally.likely += (item, code) in doubtful
        if pd.isna(share):
            tally.unknown += 1
        else:
            tally.ranked.append((-share, item))
            tally.whole += amounts[item] * VND_PER_MVND
    found = [tallies[code] for code in rows.index]
    return rows.assign(
        investment_vnd=_make_amounts([tally.investment for tally in found]),
        whole_vnd=_make_amounts([tally.whole if tally.ranked else None for tally in found]),
        shared=[tally.shared for tally in found],
        unknown_items=[tally.unknown for tally in found],
        likely_items=[tally.likely for tally in found],
        largest=pd.array([min(tally.ranked)[1] if tally.ranked else "" for tally in found], "str"),
    )


@cache_on_reports()
def _list_likely_places(facts: Facts) -> frozenset[tuple[str, str]]:
    """Return the items and communes of places that are likely, not certain."""
    likely = facts.places[facts.places["certainty"] == "likely"]
    return frozenset(list_cells(likely, "item", "commune"))


@dataclass
class _Tally:
    """What is counted in one commune: ``ranked`` are its items, the largest share first."""

    shared: int = 0
    likely: int = 0
    unknown: int = 0
    whole: int = 0
    ranked: list[tuple[int, str]] = field(default_factory=list)

    @property
    def investment(self) -> int | None:
        """The sum of the shares, ``None`` where none is known."""
        return -sum(share for share, _ in self.ranked) if self.ranked else None


def _make_amounts(amounts: list[int | None]) -> pd.api.extensions.ExtensionArray:
    return pd.array(amounts, dtype="Int64")


def _format_label(items: int, amount: int | None, unknown: int, language: str) -> str:
    if not items:
        return t("layers.value.no_items", language)
    if pd.isna(amount):
        return t("layers.investment.label_unknown", language, count=items)
    text = t(
        "layers.investment.label",
        language,
        amount=format_vnd(float(str(amount)), language),
        count=items,
    )
    if unknown:
        text += t("layers.investment.label_more_unknown", language, count=unknown)
    return text


def _list_notes(sums: InvestmentBalance, language: str) -> tuple[str, ...]:
    notes = [t("layers.investment.note_shares", language)]
    if sums.not_placed_vnd:
        notes.append(
            t(
                "layers.investment.note_not_placed",
                language,
                amount=format_vnd(sums.not_placed_vnd, language),
                count=sums.not_placed_items,
            )
        )
    if sums.unknown_items:
        notes.append(t("layers.investment.note_unknown", language, count=sums.unknown_items))
    return tuple(notes)


def format_short_billions(vnd: float, language: str = DEFAULT_LANGUAGE) -> str:
    """Return an amount in đồng as it stands beside a name on the map: ``2.405 tỷ``."""
    billions = float(vnd) / VND_PER_BILLION
    whole = math.floor(billions + 0.5)  # half a billion is rounded up, as readers do
    amount = format_number(whole or billions, 0 if whole else 1, language)
    return t("layers.value.billions", language, amount=amount)


def _count_known(selection: Selection) -> int:
    return int(selection.items["investment_mvnd"].notna().sum())


def format_outlier_note(facts: Facts, filters: Filters, selection: Selection, language: str) -> str:
    """Return the sentence that names the outliers, and that they are left out if so; '' if none."""
    shown = [item for item in selection.outliers if item in set(selection.items["item"].tolist())]
    named = selection.left_out if filters.leave_out_outlier else tuple(shown)
    if not named or (not filters.leave_out_outlier and len(named) == _count_known(selection)):
        return ""  # with nothing else beside it, nothing is large
    key = "left_out" if filters.leave_out_outlier else "outlier"
    everything = select_items(facts, filters.with_changes(leave_out_outlier=False)).items
    amounts = everything.set_index("item")["investment_mvnd"]
    total = float(amounts.sum())
    outliers = [
        t(
            "layers.investment.outlier_item",
            language,
            name=everything.set_index("item")["name"][item],
            amount=format_vnd(float(amounts[item]) * VND_PER_MVND, language),
            share=format_percent(100 * float(amounts[item]) / total, language),
        )
        for item in named
    ]
    return t(f"layers.investment.{key}", language, items="; ".join(outliers))
