"""The observations as whole numbers, in the order in which one of several values is chosen.

Made once of the facts, so that what holds at a period is found by comparing numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from reports.model.schema import FIELDS
from store.column_values import look_up_numbers
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from store.facts.facts import Facts

_MANY: Final = frozenset(name for name, field in FIELDS.items() if field.many)
_TIMES: Final = frozenset(name for name, field in FIELDS.items() if field.kind == "when")
_CARRIED: Final = frozenset(name for name, field in FIELDS.items() if field.carried)
_NO_LINE: Final = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class ObservationOrder:
    """One entry per observation, sorted; nothing of it is to be changed.

    ``rows`` are positions in ``facts.observations``. ``period`` and ``issued`` are the ranks of
    period and document. ``carries``: the field's value holds until another is reported;
    ``is_time``: it is a time. ``strand`` numbers what is said of one thing over the periods: item
    and field, and component and basis where the field has one value only. ``group`` (never
    falling) numbers the values of which one is chosen: item, field, component, basis, and the
    value itself where there may be many. ``item``, ``field``, ``component``, ``basis`` and
    ``value`` are places in ``items``, ``fields``, ``components``, ``bases`` and ``texts``;
    ``whole``: of the item as a whole. ``obs`` is the place of the observation's id among all.
    """

    rows: NDArray[np.int64]
    period: NDArray[np.int64]
    issued: NDArray[np.int64]
    carries: NDArray[np.bool_]
    is_time: NDArray[np.bool_]
    strand: NDArray[np.int64]
    group: NDArray[np.int64]
    item: NDArray[np.int64]
    field: NDArray[np.int64]
    component: NDArray[np.int64]
    basis: NDArray[np.int64]
    value: NDArray[np.int64]
    whole: NDArray[np.bool_]
    obs: NDArray[np.int64]
    items: pd.Index
    fields: pd.Index
    components: pd.Index
    bases: pd.Index
    texts: pd.Index


ON_PAPER: Final = frozenset({"approved", "established"})
"""Statuses that stay true of what has been started since: they do not undo it."""
BEGUN: Final = frozenset({"started", "under_construction", "inaugurated", "in_operation"})


@cache_on_reports()
def find_outdated_statuses(facts: Facts) -> frozenset[str]:
    """Return the observations that say only that an item is approved or established, once begun.

    A report that tells on which day a park was established says nothing against its start, which
    the same period or an earlier one has told.
    """
    seen = facts.observations[facts.observations["field"] == "status"]
    ranks = seen["period"].map(facts.period_ranks)
    begun = ranks.where(seen["value"].isin(BEGUN))
    first = begun.groupby([seen["item"], seen["component"]]).transform("min")
    return frozenset(seen.loc[seen["value"].isin(ON_PAPER) & (first <= ranks), "obs"])


@cache_on_reports()
def order_observations(facts: Facts) -> ObservationOrder:
    """Return the observations in order: by group, then by issue, precision, line and id."""
    seen = facts.observations
    codes = {
        name: pd.factorize(seen[name], sort=True)
        for name in ("item", "field", "component", "basis", "value", "obs")
    }
    item, field, component, basis, value, obs = (places for places, _ in codes.values())
    fields, texts = pd.Index(codes["field"][1]), pd.Index(codes["value"][1])
    many, is_time, carries = (
        np.asarray(fields.isin(names), dtype=bool)[field] for names in (_MANY, _TIMES, _CARRIED)
    )
    precision = np.array([_rank_precision(str(text)) for text in texts.tolist()], dtype=np.int64)
    precise = np.where(is_time, precision[value] if len(texts) else 0, 0)
    # Values of a field that may have many stand side by side, each a thing of its own.
    key = np.where(many, value, -1)
    issued = look_up_numbers(seen["doc"], facts.document_ranks)
    line = seen["line_from"].astype("Int64").to_numpy("int64", na_value=_NO_LINE)
    order = np.lexsort((obs, line, precise, issued, key, basis, component, field, item))
    parts = np.where(many, -1, component), np.where(many, -1, basis)
    return ObservationOrder(
        rows=order,
        period=look_up_numbers(seen["period"], facts.period_ranks)[order],
        issued=issued[order],
        carries=carries[order],
        is_time=is_time[order],
        strand=_number_groups(item, field, *parts)[order],
        group=_number_runs([codes[order] for codes in (item, field, component, basis, key)]),
        item=item[order],
        field=field[order],
        component=component[order],
        basis=basis[order],
        value=value[order],
        whole=(seen["component"] == "").to_numpy(dtype=bool)[order],
        obs=obs[order],
        items=pd.Index(codes["item"][1]),
        fields=fields,
        components=pd.Index(codes["component"][1]),
        bases=pd.Index(codes["basis"][1]),
        texts=texts,
    )


def _rank_precision(value: str) -> int:
    """Return how precise a time is: 0 for a year (or no time), then quarter, month and day."""
    return 1 if "Q" in value else {7: 2, 10: 3}.get(len(value), 0)


def _number_runs(columns: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return sorted rows numbered from 0, those that are equal in all columns alike."""
    starts = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        starts[1:] |= column[1:] != column[:-1]
    return np.cumsum(starts)


def _number_groups(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return rows in any order numbered from 0, those that are equal in all columns alike."""
    order = np.lexsort(columns[::-1])
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = _number_runs([column[order] for column in columns])
    return numbers
