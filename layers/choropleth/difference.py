"""One map of what is different between two periods, where both are known, and what moved it.

A difference is told only of what both periods say: an item that a report names for the first time
was not nothing before, and one that a later report is silent on has not gone. What a report takes
off its list has. A commune in which something is known at one period only is not comparable.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.investment import VND_PER_BILLION
from layers.choropleth.layer import (
    NOTHING,
    UNKNOWN,
    Highlight,
    Layer,
    LegendClass,
    list_item_shares,
)
from layers.choropleth.registry import build_layer
from store.analysis.palettes import UNKNOWN_COLOUR
from store.analysis.period_diff import compare_periods
from store.column_values import list_cells, mark_members
from store.facts.labels import format_quantity, get_period_label
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    import pandas as pd

    from layers.choropleth.layer import LayerKey, Legend, Pattern
    from store.facts.facts import Facts
    from store.facts.filters import Filters

_LOOKS: Final[tuple[tuple[str, Pattern], ...]] = (
    ("#7b3f00", ""),
    ("#b8782c", ""),
    (UNKNOWN_COLOUR, "dots"),
    ("#3f8e95", ""),
    ("#0b5563", ""),
)
"""From much less over the same to much more; told apart without red and green.

That a report states no change says something: it is told from the pale ground of where none speaks.
"""

_NAMES: Final = ("less_much", "less", "same", "more", "more_much")
_ONE_SIZE: Final = ("less_any", "same", "more_any")
"""The classes; where all changes are of one size there is no much and little."""

MOST_NAMED: Final = 20
"""So many communes, those that changed most, are named on the map."""


@dataclass(frozen=True)
class ItemMove:
    """What one item does to the map; ``amount`` in billion VND, ``None`` where none is known.

    ``what``: ``gone`` (a report takes it off the list), ``changed``, or ``fresh`` (known now, not
    said before, so that nothing is subtracted). ``communes`` are where it lies.
    """

    what: str
    item: str
    name: str
    amount: float | None
    communes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class LayerDifference:
    """The map (a layer of its own classes), the items behind it, and how many communes each way.

    ``layer.frame`` has the columns of the layer at the later period; its ``value`` is the
    difference, NaN where there is none. ``moves`` are of the investment layer only.
    """

    layer: Layer
    moves: tuple[ItemMove, ...]
    less: int
    more: int
    incomparable: int


@cache_on_reports(most=32)
def compute_layer_difference(
    facts: Facts, filters: Filters, base: str, key: LayerKey, *, language: str = DEFAULT_LANGUAGE
) -> LayerDifference:
    """Return a layer at the filters' period less the same at ``base``; shared.

    Amounts are in the legend's unit (billion VND, percentage points, problems). Raises
    ``StoreError`` where ``base`` is no earlier period.
    """
    before = build_layer(facts, key, filters.with_changes(period=base), language=language)
    after = build_layer(facts, key, filters, language=language)
    moves: tuple[ItemMove, ...] = ()
    if key == "investment":
        shares, moves = _compare_shares(facts, filters, base, after.legend.period)
        amount, unclear = _sum_by_commune(after.frame["code"], shares)
    else:
        amount, unclear = _compare_values(before.frame, after.frame, key)
    empty = (before.frame["class_index"] == NOTHING) & (after.frame["class_index"] == NOTHING)
    unclear |= amount.isna() & ~empty
    index, limit = _classify(amount)
    same = (len(_NAMES) if limit else len(_ONE_SIZE)) // 2
    index = index.mask(empty & amount.fillna(0).eq(0), NOTHING).mask(unclear, UNKNOWN)
    legend = _build_legend(facts, after, base, index, limit=limit, language=language)
    frame = after.frame.assign(
        value=amount.where(~unclear),
        class_index=index.astype("int64"),
        label=[
            _format_label(was, now, 0.0 if number in {NOTHING, same} else change, language)
            if number != UNKNOWN
            else t("leader.difference.label_unknown", language, was=was, now=now)
            for was, now, change, number in zip(
                before.frame["label"], after.frame["label"], amount, index, strict=True
            )
        ],
    )
    # What the layer at the period singles out and draws as circles says nothing of the change.
    layer = replace(
        after,
        frame=frame,
        legend=legend,
        drawing="classes",
        highlights=_name_changed(frame, same, language),
        outlined=False,
        largest=0.0,
        carried=frozenset(),
    )
    return LayerDifference(
        layer,
        moves,
        less=int(((index >= 0) & (index < same)).sum()),
        more=int((index > same).sum()),
        incomparable=int((index == UNKNOWN).sum()),
    )


def _name_changed(frame: pd.DataFrame, same: int, language: str) -> tuple[Highlight, ...]:
    """Return the communes with a change, the largest first, each with what it is."""
    changed = frame[(frame["class_index"] >= 0) & (frame["class_index"] != same)]
    order = changed["value"].abs().sort_values(ascending=False, kind="stable").index
    largest = changed.loc[order[:MOST_NAMED]]
    return tuple(
        Highlight(code, _format_change(change, language))
        for code, change in list_cells(largest, "code", "value")
    )


def _compare_shares(
    facts: Facts, filters: Filters, base: str, period: str
) -> tuple[pd.DataFrame, tuple[ItemMove, ...]]:
    """Return what each item adds to each commune (``code, amount``, NaN: unclear), and the moves.

    ``amount`` is in billion VND.
    """
    sides = [
        list_item_shares(facts, filters.with_changes(period=one))[["item", "code", "share_vnd"]]
        for one in (base, period)
    ]
    both = sides[0].merge(sides[1], on=["item", "code"], how="outer", suffixes=("_was", "_now"))
    was = both["share_vnd_was"].astype("Float64") / VND_PER_BILLION
    now = both["share_vnd_now"].astype("Float64") / VND_PER_BILLION
    gone = {change.item for change in compare_periods(facts, base, period).gone}
    left = mark_members(both["item"], gone)
    amount = (now - was).mask(left & now.isna(), -was)
    known = was.notna() | now.notna()
    shares = both.assign(amount=amount.astype("float64"), known=known)[known]
    parts: dict[str, list[tuple[str, float]]] = {}
    for item, code, part in list_cells(shares, "item", "code", "amount"):
        parts.setdefault(item, []).append((code, part))
    moves = []
    for item, rows in parts.items():
        codes, amounts = zip(*rows, strict=True)
        total = None if any(map(math.isnan, amounts)) else math.fsum(amounts)
        if total is not None and not any(amounts):
            continue
        what = "gone" if item in gone else "fresh" if total is None else "changed"
        moves.append(ItemMove(what, item, facts.item_names[item], total, codes))
    return shares, tuple(sorted(moves, key=lambda move: (-abs(move.amount or 0), move.item)))


def _sum_by_commune(codes: pd.Series, shares: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    by_code = shares.groupby("code")["amount"]
    amount = codes.map(by_code.sum(min_count=1))
    unclear = codes.map(by_code.apply(lambda group: group.isna().any())).fillna(value=False)
    return amount, unclear.astype(bool)


def _compare_values(
    before: pd.DataFrame, after: pd.DataFrame, key: LayerKey
) -> tuple[pd.Series, pd.Series]:
    """Return the differences of values, and where only one of the two is known."""
    sides = []
    for frame in (before, after):
        known = frame["class_index"] >= 0
        if key == "clearance":  # none stated is counted: what is compared is what reports state
            known |= frame["class_index"] == NOTHING
        sides.append(frame["value"].where(known))
    was, now = sides
    return now - was, was.notna() ^ now.notna()


def _classify(amount: pd.Series) -> tuple[pd.Series, float]:
    """Return each commune's class (the middle one for none) and what a large change is more than.

    A change is large from the median of all changes on; 0 where all are of one size.
    """
    size = amount.abs().round(6).fillna(0)
    changed = size[size > 0]
    limit = float(changed.median()) if len(set(changed)) > 1 else 0.0
    step = (size > 0).astype(int)
    if limit:
        step += (size > limit).astype(int)
    sign = amount.fillna(0).map(lambda value: (value > 0) - (value < 0))
    return (2 if limit else 1) + sign * step, limit


def _build_legend(
    facts: Facts, after: Layer, base: str, index: pd.Series, *, limit: float, language: str
) -> Legend:
    counts = index.value_counts()
    names, looks = (_NAMES, _LOOKS) if limit else (_ONE_SIZE, _LOOKS[::2])
    classes = tuple(
        LegendClass(
            t(f"leader.difference.{name}", language, limit=format_quantity(limit, language)),
            colour,
            int(counts.get(number, 0)),
            number,
            pattern=pattern,
        )
        for number, (name, (colour, pattern)) in enumerate(zip(names, looks, strict=True))
    )
    legend = after.legend
    return replace(
        legend,
        title=t(
            "leader.difference.title",
            language,
            layer=legend.title,
            before=get_period_label(facts, base, language),
            after=legend.period_label,
        ),
        classes=classes,
        unknown=replace(
            legend.unknown,
            label=t("leader.difference.unknown", language),
            count=int(counts.get(UNKNOWN, 0)),
        ),
        nothing=replace(
            legend.nothing,
            label=t("leader.difference.nothing", language),
            count=int(counts.get(NOTHING, 0)),
        ),
        outlier_note="",
        brief=(),
        others=(),
        carried=None,
        notes=(t("leader.difference.note", language),),
    )


def _format_label(was: str, now: str, change: float, language: str) -> str:
    if not change:
        return t("leader.difference.label_same", language, now=now)
    return t(
        "leader.difference.label",
        language,
        amount=_format_change(change, language),
        was=was,
        now=now,
    )


def _format_change(change: float, language: str) -> str:
    sign = "+" if change > 0 else "−"
    return f"{sign}{format_quantity(abs(round(change, 2)), language)}"
