"""What a report says of one field, in words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.i18n import DEFAULT_LANGUAGE, money, t
from reports.model.dates import span_of
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import quantity, value_text, vnd, when_text, word

if TYPE_CHECKING:
    from store.facts.facts import Facts
    from store.facts.statements import Said


def said_text(facts: Facts, field: str, said: Said, language: str = DEFAULT_LANGUAGE) -> str:
    """Return the value of a statement as a reader sees it; '' for a mere mention."""
    row = _rows(facts).get(said.sources[0].observation) if said.sources else None
    if row is not None and row["value"] == said.value:
        return value_text(row, language)
    if span_of(said.value) is not None and field.startswith("milestone"):
        return when_text(said.value, language)
    if field == "clearance":
        return word("obstacle", said.value, language)
    return said.value


def count_text(said: Said, unit: str = "", language: str = DEFAULT_LANGUAGE) -> str:
    """Return a stated count: ``9/31 dự án``, ``8.398,7 tỷ đồng``."""
    if unit == "million_vnd":
        return money(float(said.value), language)
    text = quantity(float(said.value), language)
    if said.total is not None:
        text = f"{text}/{quantity(said.total, language)}"
    return f"{text} {word('measure_unit', unit, language)}".strip()


def field_label(field: str, component: str = "", language: str = DEFAULT_LANGUAGE) -> str:
    """Return the name of a field, with the part of the item that it is about."""
    own = field in {"clearance", "places", "year_goal"}
    label = t(f"{'changes' if own else 'layers'}.field.{field}", language)
    if component:
        label = t("layers.value.component", language, label=label, component=component)
    return label


def name_text(name: str, investment_mvnd: int | None, language: str = DEFAULT_LANGUAGE) -> str:
    """Return an item's name with its investment, where that is known."""
    if investment_mvnd is None:
        return name
    amount = vnd(investment_mvnd * VND_PER_MVND, language)
    return t("changes.name.with_money", language, name=name, money=amount)


@lru_cache(maxsize=4)
def _rows(facts: Facts) -> dict[str, dict[str, Any]]:
    return {row["obs"]: row for row in facts.observations.to_dict("records")}
