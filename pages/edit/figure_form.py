"""The fields of one figure, each asked for in the way that its kind is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.labels.field_labels import format_column_label, format_field_value
from pages.edit.number_box import ask_number
from pages.edit.save import form_key
from pages.shell.html import escape_markdown
from reports.model.ranges import LINES, WORK
from reports.model.schema import BASES, FIELDS, QUALIFIERS
from store.audit.rows import format_cell
from store.facts.labels import translate_word
from store.templates.columns import find_unit

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from store.audit.rows import Row

MOST_CHARS: Final = 400
MOST_TEXT_CHARS: Final = 4000


def show_figure_form(ctx: PageContext, row: Row, obs: str) -> dict[str, Any] | None:
    """Return what stands in the form of a figure: the columns that may be corrected.

    ``None`` where something that was typed is no number.
    """
    field, key = str(row["field"]), f"{obs}-{form_key()}"
    faults: list[str] = []
    typed: dict[str, Any] = {"value": ask_value(ctx, field, str(row["value"]), key, faults)}
    typed |= _ask_details(ctx, row, field, key, faults)
    typed["note"] = _ask_text(ctx, "note", row["note"], key, MOST_TEXT_CHARS)
    return None if faults else typed


def show_new_figure_form(ctx: PageContext, period: str, key: str) -> dict[str, Any] | None:
    """Return what stands in the form of a new figure.

    ``None`` where the period has no document, or something that was typed is no number.
    """
    documents = ctx.facts.documents
    docs = list(documents.loc[documents["period"] == period, "doc"])
    if not docs:
        st.info(ctx.t("edit.figure.no_document"))
        return None
    key = f"{key}-{form_key()}"
    typed: dict[str, Any] = {}
    faults: list[str] = []
    with st.container(horizontal=True, key=f"edit.new_row-{key}"):
        typed["field"] = st.selectbox(
            format_column_label("field", ctx.language),
            list(FIELDS),
            format_func=lambda field_name: translate_word("field", field_name, ctx.language),
            key=f"edit.field-{key}",
        )
        typed["doc"] = st.selectbox(
            format_column_label("doc", ctx.language),
            docs,
            format_func=lambda document: format_field_value(
                ctx.facts, "doc", document, language=ctx.language
            ),
            key=f"edit.doc-{key}",
        )
        for name in ("line_from", "line_to"):
            line = ask_number(
                ctx,
                format_column_label(name, ctx.language),
                None,
                faults,
                limits=LINES,
                key=f"edit.{name}-{key}",
                width=150,
            )
            typed[name] = None if line is None else int(line)
    field = str(typed["field"])
    typed["raw"] = _ask_text(ctx, "raw", "", key, MOST_TEXT_CHARS)
    typed["value"] = ask_value(ctx, field, "", f"{key}-{field}", faults)
    empty: dict[str, Any] = dict.fromkeys(("component", "basis", "qualifier"), "")
    empty |= {"total": None, "unit": ""}
    typed |= _ask_details(ctx, empty, field, f"{key}-{field}", faults)
    return None if faults else typed


def ask_value(ctx: PageContext, field: str, value: str, key: str, faults: list[str]) -> str:
    """Return the value typed, as the store keeps it: plain digits, a word or a text.

    What is no number of the field is added to ``faults``.
    """
    known, label = FIELDS[field], translate_word("field", field, ctx.language)
    if known.kind == "word":
        options = sorted(known.allowed, key=lambda word: translate_word(field, word, ctx.language))
        options = options if value else ["", *options]
        return st.selectbox(
            escape_markdown(label),
            options,
            index=options.index(value) if value in options else 0,
            format_func=lambda word: (
                translate_word(field, word, ctx.language) or ctx.t("edit.value.empty")
            ),
            key=f"edit.value-{key}",
        )
    if known.kind == "number":
        unit = find_unit(field)
        words = ctx.t(f"edit.figure.unit_{unit}") if unit else ""
        typed = ask_number(
            ctx,
            escape_markdown(f"{label}{words}"),
            float(value) if value else None,
            faults,
            limits=known.limits,
            unit=unit,
            key=f"edit.value-{key}",
        )
        if typed is None:
            return ""
        return value if value and float(value) == typed else format_cell(typed)
    if known.kind == "when":
        return st.text_input(
            escape_markdown(f"{label} ({ctx.t('edit.figure.when')})"),
            value,
            max_chars=10,
            key=f"edit.value-{key}",
        ).strip()
    return " ".join(
        st.text_area(
            escape_markdown(label),
            value,
            max_chars=MOST_TEXT_CHARS,
            height=90,
            key=f"edit.value-{key}",
        ).split()
    )


def _ask_details(
    ctx: PageContext, row: Row, field: str, key: str, faults: list[str]
) -> dict[str, Any]:
    """Return what goes with the value: of what part, out of how much, how it is said."""
    typed: dict[str, Any] = {}
    with st.container(horizontal=True, key=f"edit.details-{key}"):
        typed["component"] = _ask_text(ctx, "component", row["component"], key, MOST_CHARS)
        if FIELDS[field].kind in {"number", "when"}:
            typed["qualifier"] = _ask_choice(ctx, "qualifier", ("", *QUALIFIERS), row, key)
        if field.endswith("_pct"):
            typed["basis"] = _ask_choice(ctx, "basis", ("", *BASES), row, key)
        if field == "physical_done":
            total = ask_number(
                ctx,
                format_column_label("total", ctx.language),
                row["total"],
                faults,
                limits=WORK,
                key=f"edit.total-{key}",
            )
            typed["total"] = "" if total is None else total
            typed["unit"] = _ask_text(ctx, "unit", row["unit"], key, MOST_CHARS)
    return typed


def _ask_choice(ctx: PageContext, name: str, options: tuple[str, ...], row: Row, key: str) -> str:
    return st.selectbox(
        format_column_label(name, ctx.language),
        options,
        index=options.index(row[name]) if row[name] in options else 0,
        format_func=lambda choice: format_field_value(
            ctx.facts, name, choice, language=ctx.language
        ),
        key=f"edit.{name}-{key}",
    )


def _ask_text(ctx: PageContext, name: str, value: str, key: str, most: int) -> str:
    label = format_column_label(name, ctx.language)
    return " ".join(st.text_input(label, value, max_chars=most, key=f"edit.{name}-{key}").split())
