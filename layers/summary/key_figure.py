"""What one key figure is, and the words by which it says what it carries over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, t
from store.facts.labels import format_count, format_vnd, get_period_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.facts.facts import Facts
    from store.facts.sources import Source


@dataclass(frozen=True)
class CarriedOver:
    """How much of a figure earlier periods state and the period shown does not repeat.

    ``count`` of ``total`` parts; ``periods`` are those that state them, in order of time.
    """

    count: int = 0
    total: int = 0
    periods: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the figure is of the period shown."""
        return 0 < self.count == self.total


NOT_CARRIED: Final = CarriedOver()


@dataclass(frozen=True)
class KeyFigure:
    """One key figure. Texts are in the reader's language; ``value`` is NaN where unknown.

    ``key``: ``items``, ``investment``, ``progress``, ``misses``, ``clearance_communes`` or
    ``held_up``. ``unit`` of ``value``: ``count``, ``vnd`` or ``percent``. ``text`` is the value as
    shown, ``detail`` the line under it (of how many, how many unknown, what is carried over, what
    the map does not show), ``help`` the definition. ``carried`` says how much of it is of an
    earlier period; ``sources`` are there where a report states the figure itself.
    """

    key: str
    label: str
    value: float
    unit: str
    text: str
    detail: str
    help: str
    carried: CarriedOver = NOT_CARRIED
    sources: tuple[Source, ...] = ()


def make_key_figure(
    key: str,
    value: float,
    unit: str,
    text: str,
    details: Sequence[str],
    *,
    language: str,
    carried: CarriedOver = NOT_CARRIED,
    sources: tuple[Source, ...] = (),
) -> KeyFigure:
    """Return a key figure with its label and definition; empty ``details`` are left out."""
    return KeyFigure(
        key=key,
        label=t(f"layers.figure.{key}", language),
        value=value,
        unit=unit,
        text=text,
        detail="; ".join(filter(None, details)),
        help=t(f"layers.figure.{key}_help", language),
        carried=carried,
        sources=sources,
    )


def count_carried(facts: Facts, stated: Sequence[str], period: str) -> CarriedOver:
    """Return how many parts of a figure are carried over, from the period that states each."""
    ranks = facts.period_ranks
    earlier = [one for one in stated if one and one != period]
    return CarriedOver(
        len(earlier), len(stated), tuple(sorted(set(earlier), key=lambda one: ranks.get(one, -1)))
    )


def describe_carried(facts: Facts, carried: CarriedOver, language: str = DEFAULT_LANGUAGE) -> str:
    """Return that a figure, or a part of it, is of earlier periods; '' where it is not."""
    if not carried.count:
        return ""
    return t(
        f"layers.figure.carried_{'all' if carried.is_whole else 'some'}",
        language,
        count=format_count(carried.count, language),
        periods=", ".join(get_period_label(facts, period, language) for period in carried.periods),
    )


def format_known_vnd(value: float, language: str) -> str:
    """Return an amount in đồng, or the word for unknown where it is NaN."""
    return t("layers.value.unknown", language) if pd.isna(value) else format_vnd(value, language)
