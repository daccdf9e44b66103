"""What the reports say of the chosen items: values by period, clearance, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reports.model.schema import FIELDS
from store.analysis.contradictions import list_contradictions
from store.exports.tables.columns import (
    CITED,
    ITEM,
    declare_commune,
    declare_item_name,
    declare_period,
    declare_source,
    declare_word,
)
from store.exports.tables.table import (
    ExportColumn,
    ExportInput,
    Row,
    TableDeclaration,
    frame_to_records,
)
from store.facts.clearance_problems import list_clearance_problems
from store.facts.labels import format_observation, format_when, translate_word
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from store.analysis.contradiction import Contradiction
    from store.facts.statements import Statement


def select_observations(given: ExportInput) -> pd.DataFrame:
    """Return the observations of the chosen items up to the period, in order of item and time.

    Only the period's own where the filters do not carry earlier values.
    """
    facts, selection = given.facts, given.selection
    ranks = facts.period_ranks
    now = ranks.get(selection.period, -1)
    seen = facts.observations[facts.observations["item"].isin(selection.items["item"])]
    rank = seen["period"].map(ranks)
    seen = seen[rank <= now] if given.filters.carry else seen[rank == now]
    rank = seen["period"].map(ranks)
    order = {field: rank for rank, field in enumerate(FIELDS)}
    ordered = seen.assign(_rank=rank, _field=seen["field"].map(order)).sort_values(
        ["item", "_rank", "_field", "doc", "line_from", "obs"]
    )
    return ordered.drop(columns=["_rank", "_field"]).reset_index(drop=True)


def _list_observations(given: ExportInput) -> Iterator[Row]:
    current = compute_values_at(given.facts, given.selection.period, carry=given.filters.carry)
    used = set(current.loc[current["chosen"], "obs"])
    disputed = set(current.loc[current["conflicted"].astype(bool), "obs"])
    for row in frame_to_records(select_observations(given)):
        yield row | {"used": row["obs"] in used, "disputed_value": row["obs"] in disputed}


def _read_signs(given: ExportInput, row: Row) -> str:
    return "; ".join(translate_word("sign", sign, given.language) for sign in row["signs"])


def _list_contradictions(given: ExportInput) -> Iterator[Row]:
    """Yield where the reports up to the period contradict one another on the chosen items."""
    ranks = given.facts.period_ranks
    now = ranks.get(given.selection.period, -1)
    chosen = set(given.selection.items["item"].tolist())
    for contradiction in list_contradictions(given.facts):
        latest = max(ranks.get(contradiction.a.period, -1), ranks.get(contradiction.b.period, -1))
        if chosen & set(contradiction.items) and latest <= now:
            yield vars(contradiction) | {
                "of": contradiction,
                "period_a": contradiction.a.period,
                "period_b": contradiction.b.period,
            }


def _read_subject(given: ExportInput, row: Row) -> str:
    subject: str = row["subject"]
    own_words = row["curated"] or row["worded"]
    return subject if own_words else translate_word("field", subject, given.language)


def _declare_side(letter: str) -> tuple[ExportColumn, ...]:
    """Return the columns of one side of a contradiction."""
    return (
        *declare_period(f"period_{letter}", 18),
        ExportColumn(f"value_{letter}", "long", 34,
                     read=lambda given, row: _format_side(row["of"], row[letter], given.language)),
        *declare_source(f"source_{letter}", 48, lambda _, row: row[letter].sources),
    )  # fmt: skip


def _format_side(contradiction: Contradiction, statement: Statement, language: str) -> str:
    """Return what one side says: its own words where curated, else the field's words."""
    field = FIELDS.get(contradiction.subject)
    if contradiction.curated or contradiction.worded or field is None:
        return statement.value
    if (
        field.kind == "when"
        and contradiction.topic == "milestone"
        and statement.value[:1].isdigit()
    ):
        return format_when(statement.value, language)
    return (
        translate_word(contradiction.subject, statement.value, language)
        if field.kind == "word"
        else statement.value
    )


OBSERVATIONS: Final = TableDeclaration(
    "observations",
    (
        ITEM,
        declare_item_name(40),
        *declare_period("period", 20),
        *declare_word("field", 26, "layers.field"),
        ExportColumn("component", "long", 22),
        ExportColumn("value_text", "long", 30,
                     read=lambda given, row: format_observation(row, given.language)),
        ExportColumn("value", "code", 18, coded=True),
        ExportColumn("number_value", "number", 14, read="number"),
        ExportColumn("total", "number", 12),
        ExportColumn("unit", "text", 12),
        *declare_word("basis", 24, "layers.basis"),
        *declare_word("qualifier", 12, "exports.qualifier"),
        ExportColumn("used", "flag", 10),
        ExportColumn("disputed_value", "flag", 12),
        ExportColumn("cell", "text", 22),
        *CITED,
        ExportColumn("note", "long", 36),
    ),
    _list_observations,
)  # fmt: skip
"""Every value of every chosen item, period by period, with its place."""

CLEARANCE: Final = TableDeclaration(
    "clearance",
    (
        ExportColumn("problem", "code", 16),
        *declare_commune("code"),
        ITEM,
        declare_item_name(40),
        *declare_word("category", 26, "layers.obstacle"),
        ExportColumn("statement", "long", 40),
        ExportColumn("asked_to_act", "long", 30),
        ExportColumn("problem_area_ha", "number", 12, read="area_ha"),
        ExportColumn("households", "integer", 10),
        *declare_period("period", 20),
        ExportColumn("carried", "flag", 12),
        *declare_period("since", 20),
        ExportColumn("age_days", "integer", 10),
        ExportColumn("severity", "integer", 8, read=lambda _given, row: len(row["signs"])),
        ExportColumn("signs", "long", 36, read=_read_signs),
        *CITED,
    ),
    lambda given: map(vars, list_clearance_problems(given.facts, given.filters)),
)
"""The clearance problems that the filters choose, most severe first in each commune."""

CONTRADICTIONS: Final = TableDeclaration(
    "contradictions",
    (
        ExportColumn("contradiction", "code", 14, read="id"),
        *declare_word("topic", 18, "changes.topic"),
        ExportColumn("subject", "long", 30, read=_read_subject),
        ITEM,
        ExportColumn("name", "long", 36),
        *_declare_side("a"),
        *_declare_side("b"),
        ExportColumn("note", "long", 36),
    ),
    _list_contradictions,
)
