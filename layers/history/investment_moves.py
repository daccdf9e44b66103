"""Why the investment on the map differs between two periods: what left, what came, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.i18n import DEFAULT_LANGUAGE, t
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_count, format_vnd
from store.facts.selection import resolve_period, select_items
from store.facts.stored.approved_facts import get_facts_known_at
from store.facts_cache import cache_on_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from store.facts.facts import Facts
    from store.facts.filters import Filters

MoveKind = Literal["left", "came", "known", "changed"]
_ORDER: Final[tuple[MoveKind, ...]] = ("left", "came", "known", "changed")


@dataclass(frozen=True)
class InvestmentMove:
    """Items that explain a difference in one way, largest first, with what they make in đồng.

    ``left`` are no longer chosen, ``came`` are new, of ``known`` only the amount is new, that of
    ``changed`` is another one. Items without an amount on the side that counts are in none.
    """

    kind: MoveKind
    items: tuple[str, ...]
    communes: tuple[str, ...]
    amount_vnd: int


@cache_on_facts(most=16)
def list_investment_moves(facts: Facts, filters: Filters, base: str) -> tuple[InvestmentMove, ...]:
    """Return what the investment of the filters' period differs by from that of ``base``."""
    before = _index_items(select_items(facts, filters.with_changes(period=base)).items)
    after = _index_items(select_items(facts, filters).items)
    moved: dict[MoveKind, dict[str, int]] = {kind: {} for kind in _ORDER}
    for item in before.keys() | after.keys():
        was, now = before.get(item), after.get(item)
        kind: MoveKind = (
            "left" if now is None
            else "came" if was is None
            else "known" if was[0] is None
            else "changed"
        )  # fmt: skip
        amounts = [side[0] if side else None for side in (was, now)]
        if kind == "left" and amounts[0] is not None:
            moved[kind][item] = -amounts[0]
        elif kind != "left" and amounts[1] is not None and amounts[0] != amounts[1]:
            moved[kind][item] = amounts[1] - (amounts[0] or 0)
    return tuple(_make_move(kind, moved[kind], before | after) for kind in _ORDER if moved[kind])


def describe_investment_moves(
    facts: Facts, filters: Filters, base: str, language: str = DEFAULT_LANGUAGE
) -> tuple[str, ...]:
    """Return each of ``list_investment_moves`` in a sentence, with the names of the items."""
    known = get_facts_known_at(facts, resolve_period(facts, filters))
    item_names = {**facts.item_names, **known.item_names}
    return tuple(
        t(
            f"changes.moves.{move.kind}",
            language,
            count=format_count(len(move.items), language),
            sign="−" if move.amount_vnd < 0 else "+",
            amount=format_vnd(abs(move.amount_vnd), language),
            communes=format_count(len(move.communes), language),
            names="; ".join(item_names[item] for item in move.items),
        )
        for move in list_investment_moves(facts, filters, base)
    )


_Item = tuple[int | None, tuple[str, ...]]


def _index_items(items: pd.DataFrame) -> dict[str, _Item]:
    known = items["investment_mvnd"].notna()
    return {
        str(item): (int(amount) if is_known else None, tuple(codes))
        for item, amount, is_known, codes in zip(
            items["item"], items["investment_mvnd"], known, items["communes"], strict=True
        )
    }


def _make_move(
    kind: MoveKind, amounts: Mapping[str, int], items: Mapping[str, _Item]
) -> InvestmentMove:
    ordered = sorted(amounts, key=lambda item: (-abs(amounts[item]), item))
    communes = sorted({code for item in ordered for code in items[item][1]})
    total = sum(amounts.values()) * VND_PER_MVND
    return InvestmentMove(kind, tuple(ordered), tuple(communes), total)
