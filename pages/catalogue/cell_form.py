"""The fields in which the value of a cell of the table is given, and where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.i18n import t
from layers.labels.field_labels import format_field_value
from pages.edit.number_box import ask_number
from reports.model.ranges import LINES
from store.facts.labels import translate_word
from store.facts_cache import cache_on_facts
from store.templates.many_rows import ManyRows

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.facts.facts import Facts
    from store.templates.columns import TemplateColumn

_MOST_CHARS: Final = 400
_MAY_BE_UNKNOWN: Final = frozenset({"observations", "places"})
CELLS: Final = {
    "short_name": "name",
    "name": "name",
    "status": "status",
    "forecast": "forecast",
    "investment_bvnd": "investment_mvnd",
    "construction": "actual_construction_pct",
    "planned_construction": "planned_construction_pct",
    "clearance": "actual_clearance_pct",
    "planned_clearance": "planned_clearance_pct",
    "communes": "communes",
    "district": "communes",
    "asked_to_act": "asked_to_act",
    "phase": "phase",
    "funding": "funding",
    "area_ha": "area_ha",
    "start": "milestone_start",
    "inauguration": "milestone_inauguration",
    "finish": "milestone_finish",
}
"""What of an item can be changed where a cell of the table is chosen, by the table's column."""


def format_heading(column: TemplateColumn, language: str) -> str:
    """Return a column's heading without how its cells are to be written."""
    heading = t(f"templates.column.{column.key}", language)
    return heading.partition(" (")[0] if column.kind != "number" else heading


def ask_value(
    ctx: PageContext, items: tuple[str, ...], period: str, column: TemplateColumn, key: str
) -> ManyRows | None:
    """Return what is asked for, ``None`` before a value is chosen.

    A figure or a place may be given no value: it is unknown then.
    """
    if column.table in _MAY_BE_UNKNOWN and st.toggle(ctx.t("bench.many.empty"), key=f"{key}-empty"):
        return ManyRows(period, items, column.key, "")
    text = _ask_text(ctx, column, key)
    adding = False
    if column.kind in {"communes", "texts"}:
        adding = (
            st.segmented_control(
                ctx.t("bench.many.how"),
                ("add", "replace"),
                default="add",
                required=True,
                format_func=lambda how: ctx.t(f"bench.many.{how}"),
                key=f"{key}-how",
            )
            == "add"
        )
    source, ready = None, True
    if column.table == "observations":
        source, ready = ask_source(ctx, period, key)
    whole = bool(text) and ready
    return ManyRows(period, items, column.key, text, adding, source) if whole else None


def _ask_text(ctx: PageContext, column: TemplateColumn, key: str) -> str:
    """Return the value as the text that would stand in a cell."""
    label, pick = ctx.t("bench.many.value"), ctx.t("bench.many.pick")
    key = f"{key}-value"
    if column.kind == "communes":
        names = ctx.facts.commune_names
        communes = sorted(names, key=lambda code: names[code])
        return "; ".join(
            st.multiselect(
                label,
                communes,
                format_func=names.__getitem__,
                placeholder=pick,
                select_all=False,
                key=key,
            )
        )
    if column.kind == "word":
        words = column.words
        word = st.selectbox(
            label,
            words,
            index=None,
            format_func=lambda word: translate_word(column.section, word, ctx.language),
            placeholder=pick,
            key=key,
        )
        return translate_word(column.section, str(word)) if word else ""
    if column.kind == "texts":
        body = st.selectbox(
            label,
            list_bodies(ctx.facts),
            index=None,
            accept_new_options=True,
            placeholder=ctx.t("bench.many.body_hint"),
            key=key,
        )
        return str(body or "").strip()[:_MOST_CHARS]
    hint = ctx.t("bench.many.when_hint") if column.kind == "when" else ""
    return st.text_input(label, placeholder=hint, max_chars=_MOST_CHARS, key=key).strip()


@cache_on_facts()
def list_bodies(facts: Facts) -> tuple[str, ...]:
    """Return the bodies that were asked to act, those asked most often first."""
    rows = facts.observations
    asked = rows.loc[rows["field"] == "asked_to_act", "value"]
    return tuple(str(body) for body in asked.value_counts().index)


def ask_source(ctx: PageContext, period: str, key: str) -> tuple[tuple[str, int] | None, bool]:
    """Return the document and line that state what is new, ``None`` where the change itself does.

    The other value says whether that is known: a document needs its line.
    """
    documents = ctx.facts.documents
    docs = ["", *documents.loc[documents["period"] == period, "doc"]]

    def name(doc: str) -> str:
        own = ctx.t("bench.many.source_own")
        return format_field_value(ctx.facts, "doc", doc, language=ctx.language) if doc else own

    doc = st.selectbox(ctx.t("bench.many.source"), docs, format_func=name, key=f"{key}-doc")
    if not doc:
        return None, True
    label = ctx.t("bench.many.line")
    line = ask_number(ctx, label, None, [], limits=LINES, key=f"{key}-line", width=150)
    return ((doc, int(line)), True) if line else (None, False)
