"""The delayed-clearance layer: where land holds projects up, how gravely, and who must act.

What counts as a problem and how its severity is read from the reports is defined in
``store.facts.clearance_problems``. Investment held up is the commune's share of the investment of
the items that have a problem there; an item counts once in a commune, however many problems it has.
Of an item in several communes reports often say that land is missing, but not where: its communes
are a class of their own (``ALONG``), and its money is no commune's.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.i18n import DEFAULT_LANGUAGE, format_number, t
from layers.choropleth.held_up import compute_held_up_balance
from layers.choropleth.investment import VND_PER_BILLION, format_short_billions
from layers.choropleth.layer import (
    ALONG,
    CARRIED,
    FRAME_COLUMNS,
    NOTHING,
    UNKNOWN,
    ClassLook,
    Highlight,
    Layer,
    LegendClass,
    build_commune_rows,
    build_legend,
    format_class_labels,
    list_item_shares,
)
from layers.labels.reading_labels import format_reading, translate_term
from store.analysis.map_classes import ClassBreaks, make_breaks, make_fixed_breaks
from store.analysis.palettes import RUNS
from store.column_values import list_cells
from store.facts.clearance_problems import (
    MAX_SEVERITY,
    list_clearance_problems,
)
from store.facts.commune_shares import sum_held_up_by_commune
from store.facts.labels import format_vnd, translate_word
from store.facts.selection import Selection, has_item_filters, select_items
from store.imports.item_statements import list_commune_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.choropleth.held_up import HeldUpBalance
    from store.facts.clearance_problems import ClearanceProblem
    from store.facts.facts import Facts
    from store.facts.filters import Filters

_LEFT: Final = frozenset({"households_remaining", "land_remaining"})
_MOST_LEFT: Final = 2
SECTION: Final = {"number": "clearance", "severity": "severity", "money": "held_up"}

_INK: Final = RUNS["clearance"][1]


def build_clearance_layer(
    facts: Facts, filters: Filters, *, language: str = DEFAULT_LANGUAGE
) -> Layer:
    """Return the delayed-clearance layer under the filters.

    ``filters.clearance`` chooses the value: ``number`` of problems, ``severity`` (1 to 5) of the
    gravest, or ``money`` held up (billion VND). The frame's own columns: ``problems``, ``carried``
    (of them stated in an earlier period only), ``severity`` (0 for none), ``categories`` (tuple,
    most frequent first), ``held_items`` (tuple of items), ``along_items`` (tuple of items stuck
    somewhere along their route, which the commune is on), ``held_up_vnd`` (Int64, <NA> where no
    amount is known), ``asked_to_act`` (tuple).
    """
    selection = select_items(facts, filters)
    problems = list_clearance_problems(facts, filters)
    rows = _build_rows(facts, filters, selection, problems)
    none = rows["problems"] == 0
    if filters.clearance == "money":
        value = (rows["held_up_vnd"].astype("float64") / VND_PER_BILLION).mask(none, 0.0)
        breaks = make_breaks(value[~none], method="natural")
    elif filters.clearance == "severity":
        value = rows["severity"].astype("float64")
        bounds = [float(level) for level in range(2, MAX_SEVERITY + 1)]
        breaks = make_fixed_breaks(bounds, low=1.0, high=float(MAX_SEVERITY), method="counts")
    else:
        value = rows["problems"].astype("float64")
        breaks = make_breaks(value[~none], method="counts")
    index = pd.Series(breaks.index(value), index=rows.index)
    index = index.where(value.notna(), UNKNOWN).mask(none, NOTHING)
    index = index.mask(none & rows["along_items"].map(bool), ALONG)
    frame = rows.assign(
        value=value,
        class_index=index.astype("int64"),
        label=[
            _format_label(row, language) or _format_quiet(facts, filters, selection, code, language)
            for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
        ],
    )
    own = [name for name in frame.columns if name not in FRAME_COLUMNS]
    frame = frame[[*FRAME_COLUMNS, *own]].reset_index(drop=True)
    section = SECTION[filters.clearance]
    balance = compute_held_up_balance(facts, filters)
    legend = build_legend(
        facts,
        selection.period,
        frame.loc[frame["in_area"], "class_index"],
        breaks,
        run="clearance",
        layer=section,
        labels=_label_classes(breaks, filters, language),
        others=((ALONG, ClassLook(t("layers.clearance.along", language), _INK, "hatch")),),
        unknown=ClassLook(t(f"layers.{section}.unknown", language), _INK, "dots"),
        brief=_list_brief(problems, balance, language),
        notes=_list_notes(facts, problems, filters, language),
        narrowed=has_item_filters(filters),
        language=language,
    )
    is_carried = (frame["problems"] > 0) & (frame["carried"] == frame["problems"])
    if is_carried.any():
        count = int((is_carried & frame["in_area"]).sum())
        words = t("layers.clearance.carried", language)
        entry = LegendClass(words, _INK, count, CARRIED, pattern="stripes")
        legend = replace(legend, carried=entry)
    return Layer(
        "clearance",
        frame,
        legend,
        highlights=_list_highlights(frame, language),
        outlined=True,
        carried=frozenset(frame.loc[is_carried, "code"]),
    )


def _build_rows(
    facts: Facts, filters: Filters, selection: Selection, problems: Sequence[ClearanceProblem]
) -> pd.DataFrame:
    rows = build_commune_rows(facts, selection)
    by_code: dict[str, list[ClearanceProblem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    here = [by_code.get(code, []) for code in rows.index]
    along = compute_held_up_balance(facts, filters).route_communes
    amounts = sum_held_up_by_commune(problems, list_item_shares(facts, filters))
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
        along_items=[along.get(code, ()) for code in rows.index],
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
        breaks, lambda value: format_number(math.floor(value + 0.5), 0, language), language
    )


def _format_quiet(
    facts: Facts, filters: Filters, selection: Selection, code: str, language: str
) -> str:
    """Return the label of a commune without a problem: what is still to be handed over, if stated.

    A document that states it does not say that it is late.
    """
    label = t("layers.clearance.label_none", language)
    if has_item_filters(filters):
        return label
    shown = list_commune_statements(facts, code, selection.period, carry=filters.carry)
    left = (
        f"{translate_term('field', one.statement.field, language)}: "
        f"{format_reading(one.statement, language)}"
        for one in shown
        if one.statement.field in _LEFT and one.statement.value
    )
    return "; ".join((label, *list(left)[:_MOST_LEFT]))


def _format_label(row: dict[str, object], language: str) -> str:
    """Return what a commune's problems are; '' for a commune without one."""
    along = row["along_items"]
    if not row["problems"]:
        return t("layers.clearance.label_along", language) if along else ""
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
    return text + (t("layers.clearance.label_along_too", language) if along else "")


def _list_highlights(frame: pd.DataFrame, language: str) -> tuple[Highlight, ...]:
    """Return all late communes, the most severe and then the most money first, with the money."""
    late = frame[(frame["problems"] > 0) & frame["in_area"]]
    ranked = late.sort_values(["severity", "held_up_vnd"], ascending=False, na_position="last")
    return tuple(
        Highlight(code, "" if pd.isna(vnd) else format_short_billions(vnd, language))
        for code, vnd in list_cells(ranked, "code", "held_up_vnd")
    )


def _list_brief(
    problems: Sequence[ClearanceProblem], balance: HeldUpBalance, language: str
) -> tuple[str, ...]:
    """Return how the money adds up, where some of it is no commune's, and what is carried over."""
    brief = []
    parts = {
        "along": balance.along_route_vnd,
        "elsewhere": balance.elsewhere_vnd,
        "not_placed": balance.not_placed_vnd,
    }
    if any(parts.values()):
        sums = [
            t(f"layers.held_up.sum_{name}", language, amount=_format_billions(amount, language))
            for name, amount in ({"placed": balance.on_map_vnd} | parts).items()
            if amount
        ]
        total = _format_billions(balance.total_vnd, language)
        brief.append(t("layers.held_up.sum", language, total=total, parts=" + ".join(sums)))
    carried = sum(problem.carried for problem in problems)
    if carried:
        brief.append(t("layers.clearance.note_carried", language, count=carried))
    return tuple(brief)


def _format_billions(vnd: int, language: str) -> str:
    billions = vnd / VND_PER_BILLION
    return format_number(billions, 0 if float(billions).is_integer() else 1, language)


def _list_notes(
    facts: Facts, problems: Sequence[ClearanceProblem], filters: Filters, language: str
) -> tuple[str, ...]:
    notes = []
    along = compute_held_up_balance(facts, filters).route_items
    unnamed = sum(not problem.item for problem in problems)
    if unnamed:
        notes.append(t("layers.clearance.note_unnamed", language, count=unnamed))
    elif has_item_filters(filters):
        notes.append(t("layers.clearance.note_left_out", language))
    nowhere = [problem for problem in problems if not problem.code]
    stuck_along = sum(problem.item in along for problem in nowhere)
    if stuck_along:
        notes.append(t("layers.clearance.note_along", language, count=stuck_along))
    if len(nowhere) > stuck_along:
        count = len(nowhere) - stuck_along
        notes.append(t("layers.clearance.note_not_placed", language, count=count))
    return tuple(notes)
