"""Every item as known at a period: one row per item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from store.facts.stored.approved_facts import get_facts_known_at
from store.facts.values import compute_values, select_main_percentages
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Hashable

    from store.facts.facts import Facts

SHARES: Final = {
    "construction": "actual_construction_pct",
    "planned_construction": "planned_construction_pct",
    "clearance": "actual_clearance_pct",
    "planned_clearance": "planned_clearance_pct",
}
SINGLES: Final = (
    "investment_mvnd",
    "land_payment_mvnd",
    "area_ha",
    "forecast",
    "status",
    "milestone_start",
    "milestone_inauguration",
    "milestone_finish",
)
MANY: Final = {"obstacles": "obstacle", "asked_to_act": "asked_to_act"}
NUMBERS: Final = frozenset({"investment_mvnd", "land_payment_mvnd", "area_ha"})


def build_item_snapshot(
    facts: Facts, period: str, *, carry: bool = True, as_approved: bool = True
) -> pd.DataFrame:
    """Return one row per item that the reports have named by ``period``, sorted by ``item``.

    Columns: those of ``facts.items``; ``investment_mvnd`` and ``land_payment_mvnd`` (Int64, million
    VND), ``area_ha``, ``forecast`` (of this period only), ``status``, ``milestone_start``,
    ``milestone_inauguration``, ``milestone_finish`` ('' or <NA> where unknown); ``construction``,
    ``planned_construction``, ``clearance``, ``planned_clearance`` (percent, see
    ``store.facts.values``; NaN where unknown), each with ``…_basis``, ``…_component`` and
    ``…_comparable``; ``obstacles`` and ``asked_to_act`` (tuples). Every one of these has ``…_obs``
    (id of the observation, a tuple for the tuples), ``…_period`` (where the value is from) and
    ``…_conflicted``. ``communes`` is the tuple of the item's commune codes, ``reported`` says that
    the period's own documents speak of the item, ``listed`` that no report has taken it off its
    list, ``opened`` that it is inaugurated or in operation. A percentage from before the
    opening is not carried past it: the report of the opening says no percentage.

    ``carry=False`` keeps only what the period's own documents say, and the items they name. An
    approved period says what was known when it was approved; ``as_approved=False`` what is now.
    """
    known = get_facts_known_at(facts, period) if as_approved else facts
    return _compute_snapshot(known, period, carry).copy()


@cache_on_facts()
def find_first_ranks(facts: Facts) -> dict[str, int]:
    """Return for every item the rank of the first period that names it.

    An item without an observation is named by the document that places it, and a zone of which
    reports only say what lies in it by the first item there. What no dated row names at all is
    known from the newest period on.
    """
    ranks = facts.period_ranks
    doc_period = dict(zip(facts.documents["doc"], facts.documents["period"], strict=True))
    seen = pd.concat(
        [
            facts.observations[["item", "period"]],
            facts.clearance[["item", "period"]],
            facts.places.assign(period=facts.places["doc"].map(doc_period))[["item", "period"]],
        ]
    ).dropna()
    firsts = seen.assign(rank=seen["period"].map(ranks)).groupby("item")["rank"].min()
    items = facts.items.assign(rank=facts.items["item"].map(firsts))
    in_zone = items[items["zone"] != ""].groupby("zone")["rank"].min()
    dated = items["rank"].fillna(items["zone"].map(in_zone)).fillna(len(ranks) - 1)
    return {str(item): int(rank) for item, rank in zip(items["item"], dated, strict=True)}


@cache_on_facts(most=32)
def _compute_snapshot(facts: Facts, period: str, carry: bool) -> pd.DataFrame:
    values = compute_values(facts, period, carry)
    now = facts.period_ranks.get(period, -1)
    first = facts.items["item"].map(find_first_ranks(facts))
    spoken_of = set(facts.observations.loc[facts.observations["period"] == period, "item"])
    spoken_of |= set(facts.clearance.loc[facts.clearance["period"] == period, "item"])
    frame = facts.items[first <= now] if carry else facts.items
    frame = frame.assign(reported=frame["item"].isin(spoken_of))
    if not carry:
        frame = frame[frame["reported"]]
    frame = frame.sort_values("item").set_index("item", drop=False).rename_axis(None)
    chosen = values[values["chosen"] & (values["component"] == "")]
    for name in SINGLES:
        frame = _add_single_value(frame, facts, chosen, name)
    for name, field in SHARES.items():
        frame = _add_share(frame, select_main_percentages(facts, values, field), name)
    for name, field in MANY.items():
        frame = _add_many_values(frame, values[values["field"] == field], name)
    status = frame["status"]
    frame = frame.assign(
        communes=_list_communes(facts, frame.index),
        listed=status != "removed_from_list",
        opened=status.isin(["inaugurated", "in_operation"]),
    )
    return _drop_stale_shares(frame, facts).reset_index(drop=True)


def _add_single_value(
    frame: pd.DataFrame, facts: Facts, chosen: pd.DataFrame, name: str
) -> pd.DataFrame:
    values = chosen[chosen["field"] == name]
    if values["item"].duplicated().any():  # the same field on several bases: the latest document
        issued = values["doc"].map(facts.document_ranks)
        when = values["period"].map(facts.period_ranks)
        values = values.assign(_when=when, _issued=issued).sort_values(["_when", "_issued", "obs"])
        values = values.drop_duplicates("item", keep="last")
    values = values.set_index("item")
    if name in NUMBERS:
        value = values["number"].reindex(frame.index)
        value = value if name == "area_ha" else value.round().astype("Int64")
    else:
        value = values["value"].reindex(frame.index).fillna("")
    return frame.assign(**{name: value, **_make_marks(frame, values, name)})


def _add_share(frame: pd.DataFrame, shares: pd.DataFrame, name: str) -> pd.DataFrame:
    return frame.assign(
        **{
            name: shares["number"].reindex(frame.index).astype("float64"),
            f"{name}_basis": shares["basis"].reindex(frame.index).fillna(""),
            f"{name}_component": shares["component"].reindex(frame.index).fillna(""),
            f"{name}_comparable": frame.index.isin(shares.index[shares["comparable"]]),
            **_make_marks(frame, shares, name),
        }
    )


def _make_marks(frame: pd.DataFrame, values: pd.DataFrame, name: str) -> dict[str, object]:
    return {
        f"{name}_obs": values["obs"].reindex(frame.index).fillna(""),
        f"{name}_period": values["period"].reindex(frame.index).fillna(""),
        f"{name}_conflicted": frame.index.isin(values.index[values["conflicted"].astype(bool)]),
    }


def _add_many_values(frame: pd.DataFrame, statements: pd.DataFrame, name: str) -> pd.DataFrame:
    values: dict[Hashable, tuple[str, ...]] = {}
    ids: dict[Hashable, tuple[str, ...]] = {}
    periods: dict[Hashable, str] = {}
    for item, rows in statements.groupby("item"):
        values[item] = tuple(dict.fromkeys(rows["value"]))
        ids[item] = tuple(rows["obs"])
        periods[item] = str(rows["period"].iloc[0])
    return frame.assign(
        **{
            name: [values.get(item, ()) for item in frame.index],
            f"{name}_obs": [ids.get(item, ()) for item in frame.index],
            f"{name}_period": [periods.get(item, "") for item in frame.index],
            f"{name}_conflicted": False,
        }
    )


def _list_communes(facts: Facts, items: pd.Index) -> list[tuple[str, ...]]:
    by_item = facts.places.groupby("item")["commune"].agg(lambda codes: tuple(sorted(set(codes))))
    return [by_item.get(item, ()) for item in items]


def _drop_stale_shares(frame: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Return the frame without construction shares older than the report of the opening."""
    ranks = facts.period_ranks
    share = frame["construction_period"].map(ranks)
    status = frame["status_period"].map(ranks)
    stale = frame["opened"] & (share < status)
    return frame.assign(
        construction=frame["construction"].mask(stale),
        construction_comparable=frame["construction_comparable"] & ~stale,
    )
