"""What the reports say of the chosen items: values by period, clearance, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from reports.model.schema import FIELDS
from store.analysis.contradictions import list_contradictions
from store.exports.tables.field_records import frame_to_records
from store.exports.tables.items import format_commune_names, format_sources
from store.exports.tables.table import ColumnFactory, ExportTable, make_table
from store.facts.clearance_problems import list_clearance_problems
from store.facts.labels import format_observation, format_when, get_period_label, translate_word
from store.facts.sources import make_source
from store.facts.values import compute_values_at

if TYPE_CHECKING:
    import pandas as pd

    from store.analysis.contradiction import Contradiction
    from store.facts.facts import Facts
    from store.facts.filters import Filters
    from store.facts.selection import Selection
    from store.facts.statements import Statement


def select_observations(facts: Facts, filters: Filters, selection: Selection) -> pd.DataFrame:
    """Return the observations of the chosen items up to the period, in order of item and time.

    Only the period's own where the filters do not carry earlier values.
    """
    ranks = facts.period_ranks
    now = ranks.get(selection.period, -1)
    seen = facts.observations[facts.observations["item"].isin(selection.items["item"])]
    rank = seen["period"].map(ranks)
    seen = seen[rank <= now] if filters.carry else seen[rank == now]
    rank = seen["period"].map(ranks)
    order = {field: at for at, field in enumerate(FIELDS)}
    ordered = seen.assign(_rank=rank, _field=seen["field"].map(order)).sort_values(
        ["item", "_rank", "_field", "doc", "line_from", "obs"]
    )
    return ordered.drop(columns=["_rank", "_field"]).reset_index(drop=True)


def make_observations_table(
    facts: Facts, filters: Filters, selection: Selection, language: str
) -> ExportTable:
    """Return every value of every chosen item, period by period, with its place."""
    make = ColumnFactory(language)
    columns = [
        make.one("item", "code", 14),
        make.one("name", "long", 40),
        *make.word("period", 20),
        *make.word("field", 26),
        make.one("component", "long", 22),
        make.one("value_text", "long", 30),
        make.one("value", "code", 18),
        make.one("number_value", "number", 14),
        make.one("total", "number", 12),
        make.one("unit", "text", 12),
        *make.word("basis", 24),
        *make.word("qualifier", 12),
        make.one("used", "flag", 10),
        make.one("disputed_value", "flag", 12),
        make.one("cell", "text", 22),
        make.one("source", "text", 22),
        make.one("doc", "code", 14),
        make.one("line_from", "integer", 9),
        make.one("line_to", "integer", 9),
        make.one("raw", "long", 44),
        make.one("note", "long", 36),
    ]
    names = facts.item_names
    current = compute_values_at(facts, selection.period, carry=filters.carry)
    used = set(current.loc[current["chosen"], "obs"])
    disputed = set(current.loc[current["conflicted"].astype(bool), "obs"])
    rows = [
        row
        | {
            "name": names[row["item"]],
            "period_text": get_period_label(facts, row["period"], language),
            "field_text": translate_word("field", row["field"], language),
            "value_text": format_observation(row, language),
            "number_value": row["number"],
            "basis_text": translate_word("basis", row["basis"], language),
            "qualifier_text": _translate_qualifier(row["qualifier"], language),
            "used": row["obs"] in used,
            "disputed_value": row["obs"] in disputed,
            "source": format_sources(
                [make_source(facts, row["doc"], int(row["line_from"]), int(row["line_to"]))],
                language,
            ),
        }
        for row in frame_to_records(select_observations(facts, filters, selection))
    ]
    return make_table("observations", t("exports.sheet.observations", language), columns, rows)


def make_clearance_table(facts: Facts, filters: Filters, language: str) -> ExportTable:
    """Return the clearance problems that the filters choose, most severe first in each commune."""
    make = ColumnFactory(language)
    columns = [
        make.one("problem", "code", 16),
        make.one("commune", "code", 9),
        make.one("commune_name", "text", 24),
        make.one("item", "code", 14),
        make.one("name", "long", 40),
        *make.word("category", 26),
        make.one("statement", "long", 40),
        make.one("asked_to_act", "long", 30),
        make.one("problem_area_ha", "number", 12),
        make.one("households", "integer", 10),
        *make.word("period", 20),
        make.one("carried", "flag", 12),
        *make.word("since", 20),
        make.one("age_days", "integer", 10),
        make.one("severity", "integer", 8),
        make.one("signs", "long", 36),
        make.one("source", "text", 22),
        make.one("doc", "code", 14),
        make.one("line_from", "integer", 9),
        make.one("line_to", "integer", 9),
        make.one("raw", "long", 44),
    ]
    names = facts.item_names
    rows = [
        vars(one)
        | {
            "commune": one.code,
            "commune_name": format_commune_names(facts, [one.code] if one.code else []),
            "name": names.get(one.item, ""),
            "category_text": translate_word("obstacle", one.category, language),
            "problem_area_ha": one.area_ha,
            "period_text": get_period_label(facts, one.period, language),
            "since_text": get_period_label(facts, one.since, language),
            "severity": one.severity,
            "signs": "; ".join(translate_word("sign", sign, language) for sign in one.signs),
            "source": format_sources([one.make_source(facts)], language),
        }
        for one in list_clearance_problems(facts, filters)
    ]
    return make_table("clearance", t("exports.sheet.clearance", language), columns, rows)


def make_contradictions_table(facts: Facts, selection: Selection, language: str) -> ExportTable:
    """Return where the reports up to the period contradict one another on the chosen items."""
    make = ColumnFactory(language)
    columns = [
        make.one("contradiction", "code", 14),
        *make.word("topic", 18),
        make.one("subject", "long", 30),
        make.one("item", "code", 14),
        make.one("name", "long", 36),
        *make.word("period_a", 18),
        make.one("value_a", "long", 34),
        make.one("source_a", "text", 24),
        *make.word("period_b", 18),
        make.one("value_b", "long", 34),
        make.one("source_b", "text", 24),
        make.one("note", "long", 36),
    ]
    ranks = facts.period_ranks
    now = ranks.get(selection.period, -1)
    chosen = set(selection.items["item"])
    rows = [
        _make_contradiction_row(facts, one, language)
        for one in list_contradictions(facts)
        if chosen & set(one.items)
        and max(ranks.get(one.a.period, -1), ranks.get(one.b.period, -1)) <= now
    ]
    return make_table("contradictions", t("exports.sheet.contradictions", language), columns, rows)


def _make_contradiction_row(facts: Facts, one: Contradiction, language: str) -> dict[str, object]:
    def side(said: Statement, letter: str) -> dict[str, object]:
        return {
            f"period_{letter}": said.period,
            f"period_{letter}_text": get_period_label(facts, said.period, language),
            f"value_{letter}": _format_side(one, said, language),
            f"source_{letter}": format_sources(said.sources, language),
        }

    return {
        "contradiction": one.id,
        "topic": one.topic,
        "topic_text": t(f"changes.topic.{one.topic}", language),
        "subject": one.subject if one.curated else translate_word("field", one.subject, language),
        "item": one.item,
        "name": one.name,
        "note": one.note,
        **side(one.a, "a"),
        **side(one.b, "b"),
    }


def _format_side(one: Contradiction, said: Statement, language: str) -> str:
    """Return what one side says: its own words where curated, else the field's words."""
    field = FIELDS.get(one.subject)
    if one.curated or field is None:
        return said.value
    if field.kind == "when" and one.topic == "milestone" and said.value[:1].isdigit():
        return format_when(said.value, language)
    return translate_word(one.subject, said.value, language) if field.kind == "word" else said.value


def _translate_qualifier(name: str, language: str) -> str:
    return t(f"exports.qualifier.{name}", language) if name else ""
