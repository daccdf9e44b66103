"""The investment layer: how much of the items' total investment lies in each commune.

Total investment (``tổng mức đầu tư``) is what the reports give for the whole of a project. An item
over several communes is shown in each and counted once, by equal shares
(``store.facts.commune_shares``). An item without an amount adds nothing and is counted as unknown;
a commune whose items are all without one is unknown, not zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_percent, t
from layers.choropleth.classes import ClassBreaks, find_next_round_number, make_breaks
from layers.choropleth.layer import (
    FRAME_COLUMNS,
    NOTHING,
    Layer,
    build_commune_rows,
    build_legend,
    format_class_labels,
    join_items_to_communes,
)
from store.facts.commune_shares import (
    VND_PER_MVND,
    InvestmentBalance,
    compute_balance,
    make_share_table,
)
from store.facts.labels import format_quantity, format_vnd
from store.facts.selection import Selection, select_items

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

VND_PER_BILLION: Final = 1000 * VND_PER_MVND


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
    rows = _build_rows(facts, selection)
    value = rows["investment_vnd"].astype("float64") / VND_PER_BILLION
    breaks = _compute_breaks(value, rows, selection)
    nothing = rows["items"] == 0
    index = pd.Series(breaks.index(value), index=rows.index)
    # Items that are said to cost nothing are in the lowest class, not outside the classes.
    index = index.mask(value == 0, 0).mask(nothing, NOTHING)
    frame = rows.assign(
        value=value.mask(nothing, 0.0),
        class_index=index.astype("int64"),
        label=[_format_label(row, language) for row in rows.to_dict("records")],
    )
    own = [name for name in frame.columns if name not in FRAME_COLUMNS]
    frame = frame[[*FRAME_COLUMNS, *own]].reset_index(drop=True)
    legend = build_legend(
        facts,
        selection.period,
        frame["class_index"],
        breaks,
        run="investment",
        layer="investment",
        labels=format_class_labels(
            breaks, lambda value: format_quantity(value, language), language
        ),
        outlier_note=format_outlier_note(facts, filters, selection, language),
        notes=_list_notes(selection, language),
        language=language,
    )
    return Layer("investment", frame, legend)


def compute_investment_balance(facts: Facts, filters: Filters) -> InvestmentBalance:
    """Return how the selected items' investment adds up over communes and what is not placed."""
    return compute_balance(select_items(facts, filters).items)


def _build_rows(facts: Facts, selection: Selection) -> pd.DataFrame:
    rows = build_commune_rows(facts, selection)
    shares = join_items_to_communes(make_share_table(selection.items), selection)
    likely = facts.places[facts.places["certainty"] == "likely"]
    doubtful = set(zip(likely["item"], likely["commune"], strict=True))
    shares = shares.assign(
        whole_vnd=shares["investment_mvnd"] * VND_PER_MVND,
        shared=shares["communes"] > 1,
        unknown=shares["share_vnd"].isna(),
        likely=[pair in doubtful for pair in zip(shares["item"], shares["code"], strict=True)],
    )
    groups = shares.groupby("code")
    sums = groups[["share_vnd", "whole_vnd"]].sum(min_count=1).reindex(rows.index)
    counts = groups[["shared", "unknown", "likely"]].sum().reindex(rows.index).fillna(0)
    ordered = shares.dropna(subset=["share_vnd"]).sort_values(
        ["share_vnd", "item"], ascending=[False, True]
    )
    largest = ordered.drop_duplicates("code").set_index("code")["item"]
    return rows.assign(
        investment_vnd=sums["share_vnd"].astype("Int64"),
        whole_vnd=sums["whole_vnd"].astype("Int64"),
        shared=counts["shared"].astype("int64"),
        unknown_items=counts["unknown"].astype("int64"),
        likely_items=counts["likely"].astype("int64"),
        largest=largest.reindex(rows.index).fillna(""),
    )


def _compute_breaks(value: pd.Series, rows: pd.DataFrame, selection: Selection) -> ClassBreaks:
    """Return quantile classes, and one more for an outlier's communes if it dwarfs the rest."""
    positive = value > 0
    if not positive.any():  # only zeros, if anything: one class of them
        return make_breaks(value, method="quantile")
    apart = positive & rows["largest"].isin(selection.outliers)
    usual = make_breaks(value[positive & ~apart], method="quantile")
    if not apart.any() or not usual.size or value[apart].min() <= usual.high:
        return make_breaks(value[positive], method="quantile")
    bound = find_next_round_number(usual.high, float(value[apart].min()))
    high = float(value[positive].max())
    return ClassBreaks(usual.low, high, (*usual.bounds, bound), "quantile", usual.size + 1)


def _format_label(row: dict[str, object], language: str) -> str:
    if not row["items"]:
        return t("layers.value.no_items", language)
    amount, unknown = row["investment_vnd"], row["unknown_items"]
    if pd.isna(amount):
        return t("layers.investment.label_unknown", language, count=row["items"])
    text = t(
        "layers.investment.label",
        language,
        amount=format_vnd(float(str(amount)), language),
        count=row["items"],
    )
    if unknown:
        text += t("layers.investment.label_more_unknown", language, count=unknown)
    return text


def _list_notes(selection: Selection, language: str) -> tuple[str, ...]:
    sums = compute_balance(selection.items)
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


def format_outlier_note(facts: Facts, filters: Filters, selection: Selection, language: str) -> str:
    """Return the sentence that names the outliers, and that they are left out if so; '' if none."""
    shown = [item for item in selection.outliers if item in set(selection.items["item"])]
    named = selection.left_out if filters.leave_out_outlier else tuple(shown)
    if not named:
        return ""
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
