"""The delayed-clearance layer: where land holds projects up, how gravely, and who must act.

What counts as a problem and how its severity is read from the reports is defined in
``store.facts.clearance_problems``. Investment held up is the commune's share of the investment of
the items that have a problem there; an item counts once in a commune, however many problems it has.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, t
from layers.choropleth.classes import ClassBreaks, make_breaks, make_fixed_breaks
from layers.choropleth.investment import VND_PER_BILLION
from layers.choropleth.layer import (
    FRAME_COLUMNS,
    NOTHING,
    UNKNOWN,
    Layer,
    build_commune_rows,
    build_legend,
    format_class_labels,
)
from store.facts.clearance_problems import (
    MAX_SEVERITY,
    list_clearance_problems,
    sum_held_up_by_commune,
)
from store.facts.commune_shares import VND_PER_MVND, make_share_table
from store.facts.labels import format_vnd, translate_word
from store.facts.selection import Selection, has_item_filters, select_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.facts.clearance_problems import ClearanceProblem
    from store.facts.facts import Facts
    from store.facts.filters import Filters

SECTION: Final = {"number": "clearance", "severity": "severity", "money": "held_up"}


def build_clearance_layer(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> Layer:
    """Return the delayed-clearance layer under the filters.

    ``filters.clearance`` chooses the value: ``number`` of problems, ``severity`` (1 to 5) of the
    gravest, or ``money`` held up (billion VND). The frame's own columns: ``problems``, ``carried``
    (of them stated in an earlier period only), ``severity`` (0 for none), ``categories`` (tuple,
    most frequent first), ``held_items`` (tuple of items), ``held_up_vnd`` (Int64, <NA> where no
    amount is known), ``asked_to_act`` (tuple).
    """
    selection = select_items(facts, filters)
    problems = list_clearance_problems(facts, filters)
    rows = _build_rows(facts, selection, problems)
    none = rows["problems"] == 0
    if filters.clearance == "money":
        value = (rows["held_up_vnd"].astype("float64") / VND_PER_BILLION).mask(none, 0.0)
        breaks = make_breaks(value[~none], method="quantile")
    elif filters.clearance == "severity":
        value = rows["severity"].astype("float64")
        bounds = [float(level) for level in range(2, MAX_SEVERITY + 1)]
        breaks = make_fixed_breaks(bounds, low=1.0, high=float(MAX_SEVERITY), method="counts")
    else:
        value = rows["problems"].astype("float64")
        breaks = make_breaks(value[~none], method="counts")
    index = pd.Series(breaks.index(value), index=rows.index)
    index = index.where(value.notna(), UNKNOWN).mask(none, NOTHING)
    frame = rows.assign(
        value=value,
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
        run="clearance",
        layer=SECTION[filters.clearance],
        labels=_label_classes(breaks, filters, language),
        notes=_list_notes(problems, filters, language),
        language=language,
    )
    return Layer("clearance", frame, legend)


def select_held_up_items(
    selection: Selection, problems: Sequence[ClearanceProblem]
) -> pd.DataFrame:
    """Return the selected items with a problem: ``item`` and ``investment_mvnd``, each once."""
    named = {problem.item for problem in problems}
    items = selection.items
    return items.loc[items["item"].isin(named), ["item", "investment_mvnd"]]


def _build_rows(
    facts: Facts, selection: Selection, problems: Sequence[ClearanceProblem]
) -> pd.DataFrame:
    rows = build_commune_rows(facts, selection)
    here = [[problem for problem in problems if problem.code == code] for code in rows.index]
    amounts = sum_held_up_by_commune(problems, make_share_table(selection.items))
    return rows.assign(
        problems=[len(commune_problems) for commune_problems in here],
        carried=[sum(problem.carried for problem in commune_problems) for commune_problems in here],
        severity=[
            max((problem.severity for problem in commune_problems), default=0)
            for commune_problems in here
        ],
        categories=[
            _order_by_count(problem.category for problem in commune_problems)
            for commune_problems in here
        ],
        held_items=[
            _order_by_count(problem.item for problem in commune_problems)
            for commune_problems in here
        ],
        held_up_vnd=amounts.reindex(rows.index).astype("Int64"),
        asked_to_act=[
            _order_by_count(problem.asked_to_act for problem in commune_problems)
            for commune_problems in here
        ],
    )


def _order_by_count(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values that are not empty, each once, the most frequent first."""
    return tuple(value for value, _ in Counter(filter(None, values)).most_common())


def _label_classes(breaks: ClassBreaks, filters: Filters, language: str) -> tuple[str, ...]:
    if filters.clearance == "severity":
        return tuple(
            translate_word("severity_level", str(level), language)
            for level in range(1, breaks.size + 1)
        )
    return format_class_labels(
        breaks, lambda value: format_number(round(value), 0, language), language
    )


def _format_label(row: dict[str, object], language: str) -> str:
    if not row["problems"]:
        return t("layers.clearance.label_none", language)
    text = t(
        "layers.clearance.label",
        language,
        count=row["problems"],
        severity=translate_word("severity_level", str(row["severity"]), language),
    )
    amount = row["held_up_vnd"]
    if not pd.isna(amount):
        text += t(
            "layers.clearance.label_money",
            language,
            amount=format_vnd(float(str(amount)), language),
        )
    return text


def _list_notes(
    problems: Sequence[ClearanceProblem], filters: Filters, language: str
) -> tuple[str, ...]:
    notes = []
    carried = sum(problem.carried for problem in problems)
    if carried:
        notes.append(t("layers.clearance.note_carried", language, count=carried))
    unnamed = sum(not problem.item for problem in problems)
    if unnamed:
        notes.append(t("layers.clearance.note_unnamed", language, count=unnamed))
    elif has_item_filters(filters):
        notes.append(t("layers.clearance.note_left_out", language))
    not_placed = sum(not problem.code for problem in problems)
    if not_placed:
        notes.append(t("layers.clearance.note_not_placed", language, count=not_placed))
    return tuple(notes)


def sum_held_up_vnd(selection: Selection, problems: Sequence[ClearanceProblem]) -> int:
    """Return the whole investment of the selected items with a problem, in đồng, each once."""
    return int(select_held_up_items(selection, problems)["investment_mvnd"].sum()) * VND_PER_MVND
