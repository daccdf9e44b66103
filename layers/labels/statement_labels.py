"""What a report says of one field, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, format_money, t
from reports.model.dates import parse_span
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import (
    describe_figure_corrections,
    format_observation,
    format_quantity,
    format_vnd,
    format_when,
    translate_word,
)
from store.facts.sources import find_observation

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.statements import Statement


def format_statement(
    facts: Facts, field: str, statement: Statement, language: str = DEFAULT_LANGUAGE
) -> str:
    """Return the value of a statement as a reader sees it; '' for a mere mention."""
    row = find_observation(facts, statement.sources[0].observation) if statement.sources else None
    if row is not None and row["value"] == statement.value:
        return format_observation(row, language)
    if parse_span(statement.value) is not None and field.startswith("milestone"):
        return format_when(statement.value, language)
    if field == "clearance":
        return translate_word("obstacle", statement.value, language)
    return statement.value


def format_stated_count(
    statement: Statement, unit: str = "", language: str = DEFAULT_LANGUAGE
) -> str:
    """Return a stated count: ``9/31 dự án``, ``8.398,7 tỷ đồng``, with what its document prints.

    The latter only where the document prints another number than the one that is read.
    """
    if unit == "million_vnd":
        text = format_money(float(statement.value), language)
    else:
        text = format_quantity(float(statement.value), language)
        if statement.total is not None:
            text = f"{text}/{format_quantity(statement.total, language)}"
        text = f"{text} {translate_word('measure_unit', unit, language)}"
    return f"{text.strip()} {describe_figure_corrections(statement.sources, language)}".strip()


def format_field_label(field: str, component: str = "", language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a field, with the part of the item that it is about."""
    own = field in {"clearance", "places", "year_goal"}
    label = t(f"{'changes' if own else 'layers'}.field.{field}", language)
    if component:
        label = t("layers.value.component", language, label=label, component=component)
    return label


def format_count_label(field: str, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a count, whose field is ``subject/measure``."""
    subject, _, measure = field.partition("/")
    named = {
        "subject": translate_word("subject", subject, language),
        "measure": translate_word("measure", measure, language),
    }
    return t("changes.count.label", language, **named)


def format_item_name(
    name: str, investment_mvnd: int | None, language: str = DEFAULT_LANGUAGE
) -> str:
    """Return an item's name with its investment, where that is known."""
    if investment_mvnd is None:
        return name
    amount = format_vnd(investment_mvnd * VND_PER_MVND, language)
    return t("changes.name.with_money", language, name=name, money=amount)
