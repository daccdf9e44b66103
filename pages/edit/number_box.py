"""A field for a number, typed as Vietnamese write it, with what was understood beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from layers.labels.reading_labels import format_exactly
from pages.shell.html import escape_markdown
from reports.grammar.typed_numbers import read_typed_number

if TYPE_CHECKING:
    from pages.shell.context import PageContext
    from reports.grammar.typed_numbers import Unit
    from reports.model.ranges import Range

_LONGEST: Final = 60
_ALIKE: Final = 1e-9


def ask_number(
    ctx: PageContext,
    label: str,
    value: float | None,
    faults: list[str],
    *,
    key: str,
    limits: Range | None = None,
    unit: Unit = "",
    width: int | None = None,
) -> float | None:
    """Return the number in a field, by default ``value``; say beneath how it was understood.

    A number that stands as it was filled in is returned as it was, with all its decimals. What is
    no number of the range is said and added to ``faults``: then nothing may be saved.
    """
    shown = "" if value is None else format_exactly(value, ctx.language)
    with st.container(width=width or "stretch", key=f"{key}-box", gap=None):
        text = st.text_input(
            label,
            shown,
            max_chars=_LONGEST,
            placeholder=ctx.t("pages.number.placeholder"),
            key=key,
        )
        if text.strip() == shown:
            return value
        typed = read_typed_number(text, unit, ctx.language)
        fault = _find_fault(ctx, typed.value, typed.fault, limits, unit)
        if fault:
            st.markdown(f":red[{escape_markdown(fault)}]")
            faults.append(fault)
            return value
        if typed.value is not None:
            understood = format_understood(ctx, typed.value, unit)
            st.caption(escape_markdown(understood))
    return typed.value


def format_understood(ctx: PageContext, value: float, unit: Unit) -> str:
    """Return how a typed number was understood, in words with its unit."""
    written = format_exactly(value, ctx.language)
    if unit == "mvnd":
        billions = format_exactly(value / 1000, ctx.language)
        return ctx.t("pages.number.understood_mvnd", number=written, billions=billions)
    return ctx.t(f"pages.number.understood{'_' if unit else ''}{unit}", number=written)


def _find_fault(
    ctx: PageContext, value: float | None, fault: str, limits: Range | None, unit: str
) -> str:
    """Return in words why a number cannot be taken, '' where it can."""
    if fault in {"unreadable", "unit"}:
        return ctx.t(f"pages.number.{fault}{'_' if unit else ''}{unit}")
    if value is None or limits is None:
        return ""
    if limits.whole and abs(value - round(value)) > _ALIKE:
        return ctx.t("pages.number.whole")
    outside = limits.fault(value)
    if outside is None:
        return ""
    written = format_exactly(value, ctx.language)
    return ctx.t(f"reports.fault.{outside[0]}", value=written, **outside[1])
