"""The fields of one figure, each asked for in the way that its kind is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from layers.labels.field_labels import column_label, said
from pages.edit.save import form_key
from pages.shell.html import plain
from reports.model.ranges import LINES, WORK
from reports.model.schema import BASES, FIELDS, QUALIFIERS
from store.audit.rows import cell_text
from store.facts.labels import word

if TYPE_CHECKING:
    from pages.shell.context import Context
    from store.audit.rows import Row

MOST_CHARS: Final = 400
MOST_TEXT_CHARS: Final = 4000


def figure_form(ctx: Context, row: Row, obs: str) -> dict[str, Any]:
    """Return what stands in the form of a figure: the columns that may be corrected."""
    field, key = str(row["field"]), f"{obs}-{form_key()}"
    typed: dict[str, Any] = {"value": _value(ctx, field, str(row["value"]), key)}
    typed |= _details(ctx, row, field, key)
    typed["note"] = _text(ctx, "note", row["note"], key, MOST_TEXT_CHARS)
    return typed


def new_figure_form(ctx: Context, period: str, key: str) -> dict[str, Any] | None:
    """Return what stands in the form of a new figure, ``None`` where the period has no document."""
    documents = ctx.facts.documents
    docs = list(documents.loc[documents["period"] == period, "doc"])
    if not docs:
        st.info(ctx.t("edit.figure.no_document"))
        return None
    key = f"{key}-{form_key()}"
    typed: dict[str, Any] = {}
    with st.container(horizontal=True, key=f"edit.new_row-{key}"):
        typed["field"] = st.selectbox(
            column_label("field", ctx.language),
            list(FIELDS),
            format_func=lambda one: word("field", one, ctx.language),
            key=f"edit.field-{key}",
        )
        typed["doc"] = st.selectbox(
            column_label("doc", ctx.language),
            docs,
            format_func=lambda one: said(ctx.facts, "doc", one, language=ctx.language),
            key=f"edit.doc-{key}",
        )
        for name in ("line_from", "line_to"):
            typed[name] = st.number_input(
                column_label(name, ctx.language),
                min_value=int(LINES.low),
                max_value=int(LINES.high),
                value=None,
                step=1,
                key=f"edit.{name}-{key}",
                width=130,
            )
    field = str(typed["field"])
    typed["raw"] = _text(ctx, "raw", "", key, MOST_TEXT_CHARS)
    typed["value"] = _value(ctx, field, "", f"{key}-{field}")
    empty = dict.fromkeys(("component", "basis", "qualifier"), "")
    typed |= _details(ctx, empty | {"total": None, "unit": ""}, field, f"{key}-{field}")
    return typed


def _value(ctx: Context, field: str, value: str, key: str) -> str:
    """Return the value typed, as the store keeps it: plain digits, a word or a text."""
    known, label = FIELDS[field], word("field", field, ctx.language)
    if known.kind == "word":
        options = sorted(known.allowed, key=lambda one: word(field, one, ctx.language))
        options = options if value else ["", *options]
        return st.selectbox(
            plain(label),
            options,
            index=options.index(value) if value in options else 0,
            format_func=lambda one: word(field, one, ctx.language) or ctx.t("edit.value.empty"),
            key=f"edit.value-{key}",
        )
    if known.kind == "number":
        whole = field.endswith("_mvnd")
        unit = " (%)" if field.endswith("_pct") else " (ha)" if field.endswith("_ha") else ""
        unit = ctx.t("edit.figure.million") if whole else unit
        typed = st.number_input(
            plain(f"{label}{unit}"),
            min_value=None if known.limits is None else float(known.limits.low),
            max_value=None if known.limits is None else float(known.limits.high),
            value=float(value) if value else None,
            step=1.0,
            format="%.0f" if whole else "%.10g",
            key=f"edit.value-{key}",
        )
        if typed is None:
            return ""
        return value if value and float(value) == typed else cell_text(float(typed))
    if known.kind == "when":
        return st.text_input(
            plain(f"{label} ({ctx.t('edit.figure.when')})"),
            value,
            max_chars=10,
            key=f"edit.value-{key}",
        ).strip()
    return " ".join(
        st.text_area(
            plain(label), value, max_chars=MOST_TEXT_CHARS, height=90, key=f"edit.value-{key}"
        ).split()
    )


def _details(ctx: Context, row: Row, field: str, key: str) -> dict[str, Any]:
    """Return what goes with the value: of what part, out of how much, how it is said."""
    typed: dict[str, Any] = {}
    with st.container(horizontal=True, key=f"edit.details-{key}"):
        typed["component"] = _text(ctx, "component", row["component"], key, MOST_CHARS)
        if FIELDS[field].kind in {"number", "when"}:
            typed["qualifier"] = _choice(ctx, "qualifier", ("", *QUALIFIERS), row, key)
        if field.endswith("_pct"):
            typed["basis"] = _choice(ctx, "basis", ("", *BASES), row, key)
        if field == "physical_done":
            total = st.number_input(
                column_label("total", ctx.language),
                min_value=float(WORK.low),
                max_value=float(WORK.high),
                value=None if row["total"] is None else float(row["total"]),
                step=1.0,
                format="%.10g",
                key=f"edit.total-{key}",
            )
            typed["total"] = "" if total is None else total
            typed["unit"] = _text(ctx, "unit", row["unit"], key, MOST_CHARS)
    return typed


def _choice(ctx: Context, name: str, options: tuple[str, ...], row: Row, key: str) -> str:
    return st.selectbox(
        column_label(name, ctx.language),
        options,
        index=options.index(row[name]) if row[name] in options else 0,
        format_func=lambda one: said(ctx.facts, name, one, language=ctx.language),
        key=f"edit.{name}-{key}",
    )


def _text(ctx: Context, name: str, value: str, key: str, most: int) -> str:
    label = column_label(name, ctx.language)
    return " ".join(st.text_input(label, value, max_chars=most, key=f"edit.{name}-{key}").split())
