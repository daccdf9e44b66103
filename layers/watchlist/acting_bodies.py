"""Who is named for an item: asked by a report, given a case of the register, or in the lead.

To be asked to deal with something and to lead a project by the year's programme are two facts. Each
has its own label, period and sources.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.i18n import t
from store.facts.labels import get_period_label
from store.facts.sources import find_observation, find_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from layers.watchlist.reason import WatchContext, WatchReason
    from store.facts.sources import Source

Role = Literal["asked", "case", "lead"]


@dataclass(frozen=True)
class ActingBodies:
    """The bodies that one period names in one role.

    ``label`` says the role, and the period where it is not the one shown. ``period`` is '' for
    cases of the register, which are no documents and have no ``sources``.
    """

    role: Role
    label: str
    bodies: tuple[str, ...]
    period: str
    carried: bool
    sources: tuple[Source, ...]

    @property
    def text(self) -> str:
        """The bodies in one line."""
        return "; ".join(self.bodies)


def list_acting_bodies(
    context: WatchContext, row: pd.Series, reasons: Iterable[WatchReason]
) -> tuple[ActingBodies, ...]:
    """Return who is named for an item, those asked in the period shown first, leads last.

    ``row`` is the item's row of the snapshot.
    """
    told = (
        *_list_stated_bodies(context, "asked", row.asked_to_act_obs),
        *_list_reason_bodies(reasons),
        *_list_stated_bodies(context, "lead", row.lead_obs),
    )
    return _group_bodies(context, told)


def _group_bodies(
    context: WatchContext, told: Iterable[tuple[Role, str, str, tuple[Source, ...]]]
) -> tuple[ActingBodies, ...]:
    """Return the bodies by role and period, each where it is told first."""
    ranks = context.facts.period_ranks
    named: dict[tuple[Role, str], dict[str, list[Source]]] = defaultdict(dict)
    known: set[tuple[Role, str]] = set()
    for role, body, period, sources in told:
        if (role, body) not in known or body in named[role, period]:
            known.add((role, body))
            named[role, period].setdefault(body, []).extend(sources)
    order = {"asked": 0, "case": 1, "lead": 2}
    keys = [key for key in named if named[key]]
    keys.sort(key=lambda key: (order[key[0]], -ranks.get(key[1], len(ranks))))
    return tuple(_make_bodies(context, role, period, named[role, period]) for role, period in keys)


def list_leads(context: WatchContext, row: pd.Series) -> tuple[ActingBodies, ...]:
    """Return the bodies that lead an item by the programme or an annex, as the above does."""
    return _group_bodies(context, _list_stated_bodies(context, "lead", row.lead_obs))


def _list_stated_bodies(
    context: WatchContext, role: Role, observations: Iterable[str]
) -> Iterator[tuple[Role, str, str, tuple[Source, ...]]]:
    """Yield the bodies of a column of the snapshot, each with its period and place."""
    for observation in observations:
        row = find_observation(context.facts, observation)
        sources = find_sources(context.facts, (observation,))
        for body in _split_bodies(str(row["value"]) if row else ""):
            yield role, body, sources[0].period, sources


def _list_reason_bodies(
    reasons: Iterable[WatchReason],
) -> Iterator[tuple[Role, str, str, tuple[Source, ...]]]:
    for reason in reasons:
        for text in reason.bodies:
            for body in _split_bodies(text):
                if reason.sources:
                    yield "asked", body, reason.sources[0].period, reason.sources
                else:
                    yield "case", body, "", ()


def _split_bodies(text: str) -> list[str]:
    """Return the bodies of a text that may name several."""
    return [body for one in text.split(";") if (body := one.strip())]


def _make_bodies(
    context: WatchContext, role: Role, period: str, bodies: dict[str, list[Source]]
) -> ActingBodies:
    carried = bool(period) and period != context.period
    named = role == "lead" or carried
    label = t(
        f"leader.body.{role}_of" if named and period else f"leader.body.{role}",
        context.language,
        period=get_period_label(context.facts, period, context.language),
    )
    sources = dict.fromkeys(source for found in bodies.values() for source in found)
    return ActingBodies(role, label, tuple(bodies), period, carried, tuple(sources))
