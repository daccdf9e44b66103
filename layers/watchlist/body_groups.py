"""The watch list by who must act: every body with what it is asked for, and what nobody is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.i18n import t
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_vnd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.watchlist.watchlist import WatchlistRow
    from store.facts.sources import Source


@dataclass(frozen=True)
class BodyGroup:
    """What is held up and who is named for it; ``body`` is '' where no report names anybody.

    ``investment_mvnd`` is the known investment of its rows, ``None`` where none is known, and
    ``money`` the same in words of the reader's language; ``unknown`` rows have no known amount. A
    row that names several bodies stands under each, so that groups do not add up.
    """

    body: str
    rows: tuple[WatchlistRow, ...]
    investment_mvnd: int | None
    unknown: int
    money: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of its rows once, in order."""
        return tuple(dict.fromkeys(source for row in self.rows for source in row.sources))


def group_rows_by_body(rows: Iterable[WatchlistRow], *, language: str) -> tuple[BodyGroup, ...]:
    """Return what is held up by the body named, the largest investment first.

    What nobody is named for comes before all: who acts there is still to be decided. Rows whose
    reports only need clearing up are left out.
    """
    by_body: dict[str, list[WatchlistRow]] = {}
    for row in rows:
        if row.holding:
            named = [body.strip() for body in row.asked_to_act.split(";") if body.strip()]
            for body in dict.fromkeys(named or [""]):
                by_body.setdefault(body, []).append(row)
    groups = (_make_group(body, same, language) for body, same in by_body.items())
    return tuple(sorted(groups, key=_get_sort_key))


def _make_group(body: str, rows: list[WatchlistRow], language: str) -> BodyGroup:
    amounts = [row.investment_mvnd for row in rows if row.investment_mvnd is not None]
    unknown = len(rows) - len(amounts)
    if not amounts:
        money = t("map.watch.no_money", language)
    else:
        money = format_vnd(sum(amounts) * VND_PER_MVND, language)
        if unknown:
            money = t("leader.bodies.money_partly", language, money=money, count=unknown)
    return BodyGroup(body, tuple(rows), sum(amounts) if amounts else None, unknown, money)


def _get_sort_key(group: BodyGroup) -> tuple[bool, int, int, str]:
    return bool(group.body), -(group.investment_mvnd or 0), -len(group.rows), group.body
