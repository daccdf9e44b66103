"""Where the money goes: ranked bars by item, by source of funds and by former district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import DEFAULT_LANGUAGE, t
from layers.choropleth.layer import list_item_shares
from layers.details.places import format_district_name, map_communes_to_districts
from layers.labels.short_names import shorten_name
from store.column_values import list_cells
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_vnd
from store.facts.selection import select_items
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.filters import Filters

BarGroup = Literal["item", "funding", "district"]
BAR_GROUPS: Final[tuple[BarGroup, ...]] = ("item", "funding", "district")
MOST_BARS: Final = 40


@dataclass(frozen=True)
class MoneyBar:
    """One bar: ``vnd`` đồng of ``items`` items; ``share`` and ``length`` are percent.

    ``share`` is that of the whole, ``length`` that of the longest bar. ``key`` is the item, the
    source of funds or the former district; '' where there is none.
    ``text`` is the amount in the reader's language.
    """

    key: str
    label: str
    vnd: int
    text: str
    items: int
    share: float
    length: float


@dataclass(frozen=True)
class MoneyBars:
    """The bars, the longest first, of ``known`` items with an amount out of ``items``.

    What the longest ``MOST_BARS`` leave out is one bar at the end with the key ''.
    """

    bars: tuple[MoneyBar, ...]
    vnd: int
    text: str
    known: int
    items: int


@cache_on_reports(most=64)
def list_money_bars(
    facts: Facts, filters: Filters, group: BarGroup, language: str = DEFAULT_LANGUAGE
) -> MoneyBars:
    """Return the investment under the filters by item, source of funds or former district.

    By district an item over several counts in each with its equal shares, so that every group adds
    up to the same.
    """
    items = select_items(facts, filters).items
    known = items[items["investment_mvnd"].notna()]
    total = int(known["investment_mvnd"].sum()) * VND_PER_MVND
    amounts = known["investment_mvnd"].astype("int64") * VND_PER_MVND
    if group == "district":
        shares = list_item_shares(facts, filters)
        shares = shares[shares["share_vnd"].notna()]
        districts = shares["code"].map(map_communes_to_districts(facts)).fillna("")
        sums = shares["share_vnd"].astype("int64").groupby(districts.to_numpy()).sum()
        counts = shares["item"].groupby(districts.to_numpy()).nunique()
        rest = total - int(sums.sum())
        if rest:
            placed = set(shares["item"].tolist())
            sums[""] = sums.get("", 0) + rest
            counts[""] = counts.get("", 0) + int((~known["item"].isin(placed)).sum())
    else:
        keys = known["item" if group == "item" else "funding"].to_numpy()
        sums, counts = amounts.groupby(keys).sum(), known["item"].groupby(keys).nunique()
    names = dict(list_cells(known, "item", "name"))
    ranked = sorted(
        ((int(vnd), str(key)) for key, vnd in sums.items()), key=lambda one: (-one[0], one[1])
    )
    longest = max((vnd for vnd, _ in ranked), default=0)
    bars = [
        MoneyBar(
            key=key,
            label=_name_group(facts, group, key, names, language),
            vnd=vnd,
            text=format_vnd(vnd, language),
            items=int(counts[key]),
            share=100 * vnd / total if total else 0.0,
            length=100 * vnd / longest if longest else 0.0,
        )
        for vnd, key in ranked
    ]
    return MoneyBars(
        _cut_bars(bars, total, longest, language),
        total,
        format_vnd(total, language),
        len(known),
        len(items),
    )


def _cut_bars(
    bars: list[MoneyBar], total: int, longest: int, language: str
) -> tuple[MoneyBar, ...]:
    if len(bars) <= MOST_BARS:
        return tuple(bars)
    rest = bars[MOST_BARS:]
    vnd = sum(bar.vnd for bar in rest)
    last = MoneyBar(
        key="",
        label=t("layers.side.rest", language, count=len(rest)),
        vnd=vnd,
        text=format_vnd(vnd, language),
        items=sum(bar.items for bar in rest),
        share=100 * vnd / total if total else 0.0,
        length=min(100 * vnd / longest, 100.0) if longest else 0.0,
    )
    return (*bars[:MOST_BARS], last)


def _name_group(
    facts: Facts, group: BarGroup, key: str, names: dict[str, str], language: str
) -> str:
    if group == "item":
        return shorten_name(names[key])
    if not key:
        return t(f"layers.side.no_{group}", language)
    if group == "funding":
        return t(f"layers.funding.{key}", language)
    return format_district_name(facts, key, language)
